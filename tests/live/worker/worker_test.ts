import { assertEquals, assertRejects } from "@std/assert";
import type { Manifest, PartFile } from "../../../live/shared/files.ts";
import { progressiveDataset } from "../../../live/worker/progressive_dataset.ts";
import { Gate } from "../../../live/worker/step_gate.ts";

const part = (path: string, count: number): PartFile => ({ path, size: 1, sha256: "", count });

/** Images of two pixels: two parts of the training set, one of the test set. */
const MANIFEST: Manifest = {
  name: "MNIST",
  checksum: "abc",
  height: 1,
  width: 2,
  train: [part("train-0", 2), part("train-1", 1)],
  test: [part("test-0", 1)],
};

/** Each part's labels, then its pixels. */
const PARTS: Readonly<Record<string, number[]>> = {
  "train-0": [5, 0, 10, 11, 20, 21],
  "train-1": [4, 30, 31],
  "test-0": [7, 70, 71],
};

/** A loader that gives a part when told to. */
function byHand() {
  const waiting = new Map<string, PromiseWithResolvers<Uint8Array>>();
  const of = (path: string) => {
    const found = waiting.get(path) ?? Promise.withResolvers<Uint8Array>();
    waiting.set(path, found);
    return found;
  };
  return {
    load: ({ path }: PartFile) => of(path).promise,
    give: (path: string) => of(path).resolve(Uint8Array.from(PARTS[path])),
    fail: (path: string) => of(path).reject(new Error(`Cannot load ${path}`)),
  };
}

Deno.test("parts fill the data set in file order", async () => {
  const { load, give } = byHand();
  const { data, arrived, tested } = progressiveDataset(MANIFEST, load);
  Object.keys(PARTS).forEach(give);
  await arrived(3);
  await tested();
  assertEquals([...data.train.labels], [5, 0, 4]);
  assertEquals([...data.train.images], [10, 11, 20, 21, 30, 31]);
  assertEquals([data.train.count, data.test.count], [3, 1]);
  assertEquals([...data.test.labels, ...data.test.images], [7, 70, 71]);
});

Deno.test("the first images have arrived before the others", async () => {
  const { load, give } = byHand();
  const { data, arrived } = progressiveDataset(MANIFEST, load);
  give("train-0");
  await arrived(2);
  assertEquals([...data.train.labels], [5, 0, 0]);
});

Deno.test("more images than there are wait for the last of them", async () => {
  const { load, give } = byHand();
  const { data, arrived } = progressiveDataset(MANIFEST, load);
  Object.keys(PARTS).forEach(give);
  await arrived(64); // A last batch with fewer images asks for a whole one.
  assertEquals([...data.train.labels], [5, 0, 4]);
});

Deno.test("a part that cannot be loaded ends the wait for it and for those after it", async () => {
  const { load, give, fail } = byHand();
  const { arrived, tested } = progressiveDataset(MANIFEST, load);
  give("train-0");
  fail("train-1");
  await arrived(2);
  await assertRejects(() => arrived(3), Error, "Cannot load train-1");
  await assertRejects(() => tested(), Error, "Cannot load train-1");
});

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
