import { assert, assertEquals } from "@std/assert";
import { interruptible } from "../../../experiments/article/interruptible.ts";

/** Keeps the thread busy. */
function work(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

Deno.test("interruptible gives the same batches in the same order", async () => {
  assertEquals(await Array.fromAsync(interruptible([1, 2, 3])), [1, 2, 3]);
  assertEquals(await Array.fromAsync(interruptible([])), []);
});

Deno.test("interruptible lets a timer run between two batches of 110 ms", async () => {
  let ran = false;
  setTimeout(() => ran = true);
  const seen: boolean[] = [];
  for await (const _ of interruptible([1, 2])) {
    seen.push(ran);
    work(110);
  }
  assertEquals(seen, [false, true]);
});

Deno.test("interruptible does not ask for the next batch before it is wanted", async () => {
  let asked = 0;
  const batches = interruptible((function* () {
    for (;;) yield ++asked;
  })());
  await batches.next();
  await batches.return();
  assert(asked === 1);
});
