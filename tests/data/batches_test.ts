import { assertEquals, assertLessOrEqual, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { batches, type BatchesOptions, type ImageBatch } from "../../src/data/batches.ts";
import { imageEncoder } from "../../src/data/encode.ts";
import type { LabeledImages } from "../../src/data/labeled_images.ts";
import { testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";
import pillow from "./pillow.json" with { type: "json" };

await tf.setBackend("cpu");

/** Image i is of the one gray value i, its label is i modulo 10. */
function constantImages(count: number, side = 4): LabeledImages {
  const images = Uint8Array.from({ length: count * side * side }, (_, i) => i / (side * side));
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
  return { images, labels, count, height: side, width: side };
}

/** Takes all batches, disposes of them, and gives what `look` saw of each. */
function collect<T>(taken: Iterable<ImageBatch>, look: (batch: ImageBatch) => T): T[] {
  return Array.from(taken, (batch) => {
    const seen = look(batch);
    tf.dispose([batch.xs, batch.ys]);
    return seen;
  });
}

/** Registers a test that also checks that no tensor is left. */
function test(name: string, body: () => void): void {
  Deno.test(name, () => {
    const before = tf.memory().numTensors;
    body();
    assertEquals(tf.memory().numTensors, before, "tensors were left");
  });
}

test("batches are of 32 images of 32×32 in 3 channels unless told otherwise", () => {
  const shapes = collect(batches(constantImages(64)), ({ xs, ys }) => [xs.shape, ys.shape]);
  assertEquals(shapes, [[[32, 32, 32, 3], [32]], [[32, 32, 32, 3], [32]]]);
});

test("batches hold float32 images and int32 labels", () => {
  const types = collect(batches(constantImages(1)), ({ xs, ys }) => [xs.dtype, ys.dtype]);
  assertEquals(types, [["float32", "int32"]]);
});

test("batches come in file order", () => {
  const taken = batches(constantImages(7), { size: 3, side: 1, channels: 1 });
  const seen = collect(taken, ({ xs, ys }) => ({
    greys: Array.from(xs.dataSync(), (x) => Math.round(x * 255)),
    labels: [...ys.dataSync()],
  }));
  assertEquals(seen.flatMap(({ greys }) => greys), [0, 1, 2, 3, 4, 5, 6]);
  assertEquals(seen.flatMap(({ labels }) => labels), [0, 1, 2, 3, 4, 5, 6]);
});

test("batches end with the images that are left over", () => {
  const sizes = collect(batches(constantImages(80)), ({ ys }) => ys.size);
  assertEquals(sizes, [32, 32, 16]);
});

test("batches are as many as steps says, and no more than there are images for", () => {
  const count = (steps: number) =>
    collect(batches(constantImages(7), { size: 3, steps }), ({ ys }) => ys.size);
  assertEquals(count(2), [3, 3]);
  assertEquals(count(9), [3, 3, 1]);
});

test("batches begin with the first asked for, and steps counts from there", () => {
  const labels = (options: BatchesOptions) =>
    collect(batches(constantImages(7), { size: 2, ...options }), ({ ys }) => [...ys.dataSync()]);
  assertEquals(labels({ first: 0 }), [[0, 1], [2, 3], [4, 5], [6]]);
  assertEquals(labels({ first: 1, steps: 2 }), [[2, 3], [4, 5]]);
  assertEquals(labels({ first: 3, steps: 2 }), [[6]]);
});

test("batches are none where the first lies behind the last", () => {
  assertEquals(collect(batches(constantImages(7), { size: 2, first: 4 }), () => true), []);
});

test("batches pass over the images before the first, without reading them", () => {
  const data = constantImages(4);
  const taken = batches(data, { size: 1, side: 1, channels: 1, first: 2 });
  data.images.fill(255, 0, 2 * 4 * 4);
  assertEquals(collect(taken, ({ xs }) => Math.round(xs.dataSync()[0] * 255)), [2, 3]);
});

test("batches refuse a first that is not 0 or a positive integer", () => {
  for (const first of [-1, 0.5, NaN]) {
    assertThrows(
      () => batches(constantImages(1), { first }),
      RangeError,
      `Cannot make batches: first must be 0 or a positive integer, got ${first}`,
    );
  }
});

test("batches have the side and the channels asked for", () => {
  const taken = batches(constantImages(1), { side: 5, channels: 2 });
  assertEquals(collect(taken, ({ xs }) => xs.shape), [[1, 5, 5, 2]]);
});

test("batches give Pillow's bytes divided by 255 in float32, the same in each channel", () => {
  const [{ source, target }] = pillow;
  const images = Uint8Array.fromHex(source);
  const data = { images, labels: new Uint8Array([9]), count: 1, height: 28, width: 28 };
  const expected = [...Uint8Array.fromHex(target)].flatMap((gray) => {
    const value = Math.fround(gray / 255);
    return [value, value, value];
  });
  assertEquals(collect(batches(data), ({ xs }) => [...xs.dataSync()]), [expected]);
});

test("batches make no tensor before one is asked for, and two for each", () => {
  const before = tf.memory().numTensors;
  const taken = batches(constantImages(4), { size: 2 });
  assertEquals(tf.memory().numTensors, before);
  const first = taken.next();
  assertEquals(tf.memory().numTensors, before + 2);
  if (!first.done) tf.dispose([first.value.xs, first.value.ys]);
  taken.return();
});

test("batches read an image when its batch is asked for, not earlier", () => {
  const data = constantImages(2);
  const taken = batches(data, { size: 1, side: 1, channels: 1 });
  const values = collect(taken, ({ xs }) => {
    data.images.fill(255);
    return xs.dataSync()[0];
  });
  assertEquals(values, [0, 1]);
});

test("batches refuse options that are not positive integers, before the first batch", () => {
  const wrong: BatchesOptions[] = [{ size: 0 }, { side: 1.5 }, { channels: -3 }, { steps: NaN }];
  for (const options of wrong) {
    const [[name, value]] = Object.entries(options);
    assertThrows(
      () => batches(constantImages(1), options),
      RangeError,
      `Cannot make batches: ${name} must be a positive integer, got ${value}`,
    );
  }
});

test("batches refuse bytes or labels that are too few or too many for the count", () => {
  assertThrows(
    () => batches({ ...constantImages(3), count: 2 }),
    RangeError,
    "Cannot make batches: 2 images of 4×4 need 32 bytes and 2 labels, got 48 and 3",
  );
});

test("batches refuse an empty set", () => {
  assertThrows(
    () => batches(constantImages(0)),
    RangeError,
    "Cannot make batches: count must be a positive integer, got 0",
  );
});

test("batches refuse data and options that are no object, and images that are no bytes", () => {
  const data = constantImages(1);
  const wrong: [() => unknown, string][] = [
    [() => batches(null as unknown as LabeledImages), "data must be an object, got null"],
    [() => batches(data, null as unknown as BatchesOptions), "options must be an object, got null"],
    [
      () => batches({ ...data, labels: [1] as unknown as Uint8Array }),
      "labels must be a Uint8Array, got an array",
    ],
  ];
  for (const [call, got] of wrong) {
    assertThrows(call, TypeError, `Cannot make batches: ${got}`);
  }
});

test("batches refuse to be larger than memory, and count no more images than there are", () => {
  const needs = (options: BatchesOptions) => () => batches(constantImages(2), options);
  assertThrows(
    needs({ size: 2 ** 50, side: 2 ** 14, channels: 1 }),
    RangeError,
    "Cannot make batches: the images of a batch can take at most 2147483647 bytes at a time, " +
      "got 2147483648",
  );
  assertEquals(collect(needs({ size: 2 ** 50 })(), ({ ys }) => ys.size), [2]);
});

Deno.test("imageEncoder gives the float32 nearest to value/255, for all 256 values", () => {
  const values = imageEncoder({ from: [16, 16], side: 16, channels: 1 })(
    Uint8Array.from({ length: 256 }, (_, value) => value),
  );
  values.forEach((x, value) => {
    // x has 24 bits and 255 has 8, so that x·255 is exact in a double.
    const halfUnitInLastPlace = 2 ** (Math.floor(Math.log2(value / 255)) - 24);
    assertLessOrEqual(Math.abs(x * 255 - value), halfUnitInLastPlace * 255);
  });
});

Deno.test("imageEncoder repeats each value in its channels, pixel after pixel", () => {
  const encode = imageEncoder({ from: [1, 1], side: 1, channels: 3 });
  assertEquals([...encode(new Uint8Array([0, 255]))], [0, 0, 0, 1, 1, 1]);
});

const sizes: readonly [height: number, width: number, side: number, channels: number][] = [
  [28, 28, 32, 3],
  [28, 28, 28, 1],
  [3, 5, 7, 2],
  [1, 1, 4, 1],
  [31, 17, 100, 3],
  [40, 30, 20, 1], // which shrinks, on the host
];

for (const [height, width, side, channels] of sizes) {
  testOn(
    webgpu,
    `images of ${height}×${width} are scaled to ${side}×${side}×${channels} as on the host, ` +
      "bit for bit",
    async () => {
      const count = 7;
      const images = crypto.getRandomValues(new Uint8Array(count * height * width));
      const data = { images, labels: new Uint8Array(count), count, height, width };
      const encode = imageEncoder({ from: [height, width], side, channels });
      let start = 0;
      for (const { xs, ys } of batches(data, { size: 3, side, channels })) {
        const end = start + xs.shape[0] * height * width;
        const values = await xs.data();
        assertEquals([...values], [...encode(images.subarray(start, end))]);
        start = end;
        tf.dispose([xs, ys]);
      }
    },
  );
}
