import { assertEquals, assertLessOrEqual, assertThrows } from "@std/assert";
import { caption } from "../../figures/caption.ts";
import { sampleRecord } from "./sample.ts";

Deno.test("the article's own run is captioned by data, variant, seed, steps, backend and record", () => {
  assertEquals(caption(sampleRecord(1875)), [
    "MNIST, variant residual, seed 0",
    "1,875 steps on wasm, record 0123456789ab",
  ]);
});

Deno.test("the caption says that other data is not MNIST", () => {
  const record = sampleRecord(1875, { configuration: { data: "Fashion-MNIST" } });
  assertEquals(caption(record)[0], "not MNIST: Fashion-MNIST, variant residual, seed 0");
});

Deno.test("the caption of a short run names the article's number of steps", () => {
  const [, which] = caption(sampleRecord(300));
  assertEquals(which, "only 300 of the article's 1,875 steps on wasm, record 0123456789ab");
});

Deno.test("the caption of a run that ended early says after how many steps", () => {
  const [, which] = caption(sampleRecord(1200, { configuration: { steps: 1875 } }));
  assertEquals(which, "stopped after 1,200 of 1,875 steps on wasm, record 0123456789ab");
});

Deno.test("the caption cuts long names and shows no invisible characters", () => {
  const data = "\u202ecom.\u0000" + "x".repeat(500);
  const [what] = caption(sampleRecord(5, { configuration: { data } }));
  assertEquals(what.startsWith("not MNIST: \uFFFDcom.\uFFFDxxx"), true);
  assertLessOrEqual(what.length, 90);
});

Deno.test("the caption needs the record to say its data, variant, seed, steps and backend", () => {
  const { configuration: { seed: _, ...configuration }, ...rest } = sampleRecord(5);
  assertThrows(
    () => caption({ ...rest, configuration }),
    TypeError,
    "Cannot caption the experiment: the record must say its seed, got data, variant, steps",
  );
});
