import { assertEquals, assertThrows } from "@std/assert";
import { every } from "../../src/train/schedule.ts";
import { test } from "../support/on_backend.ts";
import { batches, residualModel, trained } from "./models.ts";

Deno.test("every(3) is steps 0, 3, 6, …", () => {
  const steps = Array.from({ length: 8 }, (_, step) => step);
  assertEquals(steps.filter(every(3)), [0, 3, 6]);
});

for (const n of [0, -1, 1.5, NaN, Infinity]) {
  Deno.test(`every(${n}) is refused`, () => {
    const { message } = assertThrows(() => every(n), RangeError);
    assertEquals(
      message,
      `Cannot measure every ${n} steps: a whole number of at least 1 is needed`,
    );
  });
}

test("between the scheduled steps measures are null, and the loss is recorded", async () => {
  const { columns } = (await trained(residualModel(), batches(5), { schedule: every(2) })).record;
  for (const name of ["x_in", "x_res"]) {
    assertEquals(columns[name].map((value) => value !== null), [true, false, true, false, true]);
  }
  assertEquals(columns.loss.map((value) => value !== null), [true, true, true, true, true]);
});

test("what is measured does not depend on the schedule", async () => {
  const all = (await trained(residualModel(), batches(5))).record.columns;
  const some = (await trained(residualModel(), batches(5), { schedule: every(2) })).record.columns;
  assertEquals(some.loss, all.loss);
  assertEquals(some.x_in, all.x_in.map((value, step) => step % 2 === 0 ? value : null));
});

test("a schedule of one's own is asked once a step", async () => {
  const asked: number[] = [];
  const schedule = (step: number) => asked.push(step) > 3;
  const { columns } = (await trained(residualModel(), batches(5), { schedule })).record;
  assertEquals(asked, [0, 1, 2, 3, 4]);
  assertEquals(columns.x_in.map((value) => value !== null), [false, false, false, true, true]);
});
