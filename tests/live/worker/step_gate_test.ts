import { assertEquals, assertRejects } from "@std/assert";
import { Gate } from "../../../live/worker/step_gate.ts";

/** Passes a gate again and again; gives how often it has so far. */
function passing(gate: Gate): { readonly passed: () => number; readonly ended: Promise<unknown> } {
  let passed = 0;
  const pass = async () => {
    for (;;) {
      await gate.pass();
      passed++;
      await later();
    }
  };
  return { passed: () => passed, ended: pass() };
}

function later(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

async function eventually(turns = 10): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await later();
}

Deno.test("a gate lets nothing through until it is allowed", async () => {
  const controller = new AbortController();
  const { passed, ended } = passing(new Gate(controller.signal));
  await eventually();
  assertEquals(passed(), 0);
  controller.abort();
  await assertRejects(() => ended, DOMException);
});

Deno.test("a gate lets as many steps through as are allowed", async () => {
  const controller = new AbortController();
  const gate = new Gate(controller.signal);
  const { passed, ended } = passing(gate);
  gate.allow(2);
  await eventually();
  assertEquals(passed(), 2);
  gate.allow(1);
  await eventually();
  assertEquals(passed(), 3);
  controller.abort();
  await assertRejects(() => ended, DOMException);
});

Deno.test("a gate that was open holds when told to", async () => {
  const controller = new AbortController();
  const gate = new Gate(controller.signal);
  const { passed, ended } = passing(gate);
  gate.allow(Infinity);
  await eventually();
  gate.hold();
  const held = passed();
  await eventually();
  assertEquals(passed(), held);
  controller.abort();
  await assertRejects(() => ended, DOMException);
});

Deno.test("an aborted signal ends a run that is not waiting, too", async () => {
  const controller = new AbortController();
  const gate = new Gate(controller.signal);
  gate.allow(Infinity);
  controller.abort(new Error("enough"));
  await assertRejects(() => gate.pass(), Error, "enough");
});
