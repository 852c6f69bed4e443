import { assertEquals } from "@std/assert";
import "@tensorflow/tfjs"; // with it loaded, not every kind of task lets timers run
import { createYield } from "../../src/platform/yield.ts";

Deno.test("a timer that is due runs in one of two pauses", async () => {
  const yieldToEventLoop = createYield();
  let late = 0;
  for (let i = 0; i < 20; i++) {
    let ran = false;
    const timer = setTimeout(() => ran = true, 1);
    const end = performance.now() + 3;
    while (performance.now() < end);
    await yieldToEventLoop();
    await yieldToEventLoop();
    if (!ran) late++;
    clearTimeout(timer);
  }
  assertEquals(late, 0);
});

Deno.test("promises that are settled come before the end of a pause", async () => {
  const yieldToEventLoop = createYield();
  const order: string[] = [];
  const pause = yieldToEventLoop().then(() => order.push("pause"));
  await Promise.resolve().then(() => order.push("promise"));
  await pause;
  assertEquals(order, ["promise", "pause"]);
});

Deno.test("a pause ends where there is no setImmediate, as in browsers", async () => {
  const original = globalThis.setImmediate;
  Reflect.deleteProperty(globalThis, "setImmediate");
  try {
    assertEquals(typeof setImmediate, "undefined");
    await createYield()();
  } finally {
    globalThis.setImmediate = original;
  }
});

Deno.test("after 100 ms of work a pause waits for a timer", async () => {
  const yieldToEventLoop = createYield();
  const end = performance.now() + 110;
  while (performance.now() < end);
  let ran = false;
  setTimeout(() => ran = true); // before the pause's own, and of the same 0 ms
  await yieldToEventLoop();
  assertEquals(ran, true);
});
