import { assertEquals, assertThrows } from "@std/assert";
import { evidenceOf, pairedRuns } from "../../../experiments/claims/evidence.ts";
import { records } from "./a_record.ts";

const small = { steps: 20, every: { x: (_: number, seed: number) => seed } };

Deno.test("runs come paired by seed, in rising order, and in the order of the cases", () => {
  const all = records({ "a/one": small, "a/two": small }, 12);
  const pairs = pairedRuns(evidenceOf(all.toReversed()), ["a/two", "a/one"]);
  assertEquals(pairs.length, 12);
  assertEquals(pairs[10].map(({ name }) => name), ["a/two, seed 10", "a/one, seed 10"]);
  assertEquals(pairs[10].map(({ every }) => every.mean("x")), [10, 10]);
});

Deno.test("a run's diagnostics go to its record of every step", () => {
  const all = records({ "a/one": { ...small, diagnostics: { block: 7 } } }, 1);
  const [[run]] = pairedRuns(evidenceOf(all), ["a/one"]);
  assertEquals([run.every.column("x").length, run.diagnostics.column("block")], [
    20,
    [7, 7, 7, 7],
  ]);
});

Deno.test("cases that have more seeds than others are paired as far as these go", () => {
  const all = [...records({ "a/one": small }, 5), ...records({ "a/two": small }, 3)];
  const pairs = pairedRuns(evidenceOf(all), ["a/one", "a/two"]);
  assertEquals(pairs.map((pair) => pair.map(({ name }) => name)), [
    ["a/one, seed 0", "a/two, seed 0"],
    ["a/one, seed 1", "a/two, seed 1"],
    ["a/one, seed 2", "a/two, seed 2"],
  ]);
});

Deno.test("a case without records, and cases with other seeds, are refused by name", () => {
  const four = records({ "a/one": small }, 4);
  const later = records({ "a/two": small }, 3).map((record) => ({
    ...record,
    configuration: { ...record.configuration, seed: Number(record.configuration.seed) + 2 },
  }));
  const evidence = evidenceOf([...four, ...later]);
  const message = (...cases: string[]) =>
    assertThrows(() => pairedRuns(evidence, cases), RangeError).message;
  assertEquals(message("b/one"), "Cannot pair the runs of b/one: at least one is needed, got none");
  assertEquals(
    message("a/one", "a/two"),
    "Cannot pair seeds: a/one must have those of a/two, 2, 3, 4, got 0, 1, 2, 3",
  );
});

Deno.test("a run that is there twice is refused", () => {
  const all = records({ "a/one": { ...small, diagnostics: { block: 7 } } }, 1);
  const message = (record: typeof all[number]) =>
    assertThrows(() => evidenceOf([...all, record]), RangeError).message;
  assertEquals(message(all[0]), "Cannot place a second record of a/one, seed 0");
  assertEquals(message(all[1]), "Cannot place a second record of diagnostics of a/one, seed 0");
});

Deno.test("a record of no experiment is refused", () => {
  const [record] = records({ "a/one": small }, 1);
  const { experiment: _, ...configuration } = record.configuration;
  assertEquals(
    assertThrows(() => evidenceOf([{ ...record, configuration }]), RangeError).message,
    "Cannot place a record: it must name experiment, case and seed, got undefined/one, seed 0",
  );
});

for (
  const [what, part, name, own, changed] of [
    ["TensorFlow.js", "environment", "tensorflow", "4.22.0", "4.21.0"],
    ["backend", "environment", "backend", "wasm", "webgpu"],
    ["data", "configuration", "data_sha256", "d1", "d2"],
  ] as const
) {
  Deno.test(`records of two kinds of ${what} are refused`, () => {
    const [one, two] = records({ "a/one": small }, 2);
    const other = { ...two, [part]: { ...two[part], [name]: changed } };
    assertEquals(
      assertThrows(() => evidenceOf([one, other]), RangeError).message,
      `Cannot compare records unless all have one ${what}: a/one, seed 0 has ${own}, ` +
        `a/one, seed 1 has ${changed}`,
    );
  });
}
