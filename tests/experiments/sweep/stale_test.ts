import { assertEquals } from "@std/assert";
import { staleReasons, type Today } from "../../../experiments/sweep/stale.ts";

const source = { key: "now", files: { "a.ts": "1", "b.ts": "2", "d.ts": "4" } };
const environment = { package: "p@2", source: "now", tensorflow: "4.22.0", backend: "wasm" };
const today: Today = { configuration: { seed: 1, steps: 3 }, environment, source };

const reasons = (
  was: Partial<Today["environment"]>,
  configuration: Today["configuration"] = today.configuration,
  recorded?: Today["recorded"],
) =>
  staleReasons(
    { configuration, environment: { ...environment, ...was } as Today["environment"] },
    { ...today, recorded },
  );

Deno.test("a record of today's code, configuration and platform is not stale", () => {
  assertEquals(reasons({}), []);
});

Deno.test("the package's version alone makes no record stale", () => {
  assertEquals(reasons({ package: "p@1" }), []);
});

Deno.test("a setting that changed, came or went makes a record stale", () => {
  assertEquals(reasons({}, { seed: 2, old: "x" }), [
    "seed is 2, today's is 1",
    "steps is not there, today's is 3",
    'old is "x", today\'s is not there',
  ]);
});

Deno.test("another TensorFlow.js or backend makes a record stale", () => {
  assertEquals(reasons({ tensorflow: "4.21.0", backend: "webgpu" }), [
    'tensorflow is "4.21.0", today\'s is "4.22.0"',
    'backend is "webgpu", today\'s is "wasm"',
  ]);
});

Deno.test("another source makes a record stale, and the kept hashes say where", () => {
  assertEquals(reasons({ source: "then" }), ["source is then, today's is now"]);
  const recorded = { key: "then", files: { "a.ts": "1", "b.ts": "0", "c.ts": "3" } };
  assertEquals(reasons({ source: "then" }, today.configuration, recorded), [
    "source is then, today's is now: b.ts changed, c.ts removed, d.ts added",
  ]);
});

Deno.test("hashes of another source than the record's explain nothing", () => {
  const recorded = { key: "other", files: {} };
  assertEquals(reasons({ source: "then" }, today.configuration, recorded), [
    "source is then, today's is now",
  ]);
});
