import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { backend_util } from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { type BackendName, startBackend } from "../../../src/backend/start.ts";
import {
  type ConvolutionPlan,
  planConvolution,
  tileColumn,
  tilePitch,
} from "../../../src/backend/webgpu/conv2d_plan.ts";
import { convolutionProgram } from "../../../src/backend/webgpu/conv2d_program.ts";
import { integers } from "../../../src/backend/webgpu/wgsl.ts";
import { testOn } from "../../support/on_backend.ts";
import { webgpu } from "../../support/webgpu.ts";
import {
  assertClose,
  conv,
  type ConvCase,
  convCases,
  convolutionSum,
  describe,
  numbers,
} from "../oracle.ts";

/** Convolutions of several workgroups, or that few threads or TensorFlow.js's own kernel compute. */
const workgroupCases = [
  conv([3, 20, 40, 4], [3, 3, 4, 8], [[1, 1], "same"]), // two beside, two below each other
  conv([2, 17, 19, 3], [1, 1, 3, 20], [[1, 1], "same"]), // pixels and channels left over
  conv([3, 7, 9, 8], [1, 1, 8, 12], [[1, 1], "same"]), // a product of matrices
  conv([9, 8, 8, 4], [5, 5, 4, 4], [[1, 1], "same"]), // a tile for 32 threads, batches left over
  conv([2, 14, 33, 2], [9, 10, 2, 16], [[1, 1], "same"]), // an even filter, 32 threads
  conv([1, 24, 24, 1], [21, 21, 1, 4], [[1, 1], "valid"]), // larger than a tile
  conv([2, 6, 9, 4], [3, 3, 4, 8], [[1, 1], 2]), // an output larger than its input
];

/** A product of matrices with several pixels to a thread. */
const manyPixels = conv([1, 82, 101, 4], [1, 1, 4, 64], [[1, 1], "same"]);

for (const c of [...convCases, ...workgroupCases, manyPixels]) {
  testOn(
    webgpu,
    `the forward convolution, which carries the gradients back, is right: ${describe(c)}`,
    async () => {
      const { sum } = convolutionSum(c);
      const values = [...await outputOn("webgpu", c)];
      const dy = numbers(values.length, "spread");
      const actual = values.reduce((sum, value, i) => sum + value * dy[i], 0);
      const scale = values.reduce((sum, value) => sum + Math.abs(value), 0);
      assert(Math.abs(actual - sum) <= 1e-6 * scale, `got ${actual}, needed ${sum}`);
    },
  );
}

for (const c of workgroupCases) {
  for (const activation of ["linear", "relu", "sigmoid"] as const) {
    testOn(
      webgpu,
      `the cpu backend's values: ${describe(c)}, with bias and ${activation}`,
      async () => {
        const finish = { bias: true, activation };
        const [actual, expected] = [
          await outputOn("webgpu", c, finish),
          await outputOn("cpu", c, finish),
        ];
        assertClose(actual, expected, 1e-5);
      },
    );
  }
}

for (const c of [...convCases, ...workgroupCases]) {
  const info = tf.backend_util.computeConv2DInfo(c.x, c.filter, c.strides, 1, c.pad as number);
  const plans = [false, true].map((software) => planConvolution(info, { software }));
  if (c.strides.some((stride) => stride > 1) || plans.includes(undefined)) continue;
  testOn(webgpu, `plans for GPUs and for software give the same bits: ${describe(c)}`, async () => {
    const [x, filter] = [c.x, c.filter].map((shape) =>
      tf.tensor(numbers(tf.util.sizeFromShape(shape), c.values), shape)
    );
    const results = await Promise.all(plans.map(async (plan) => {
      const program = convolutionProgram(info, {
        plan: plan!,
        finish: { bias: false, relu: false },
      });
      const pads = integers(info.padInfo.top, info.padInfo.left);
      const across = integers(plan!.workgroups.across);
      const y = tf.engine().makeTensorFromTensorInfo(
        (tf.backend() as WebGPUBackend).runWebGPUProgram(program, [x, filter], "float32", [
          pads,
          across,
        ]),
      );
      const values = [...await y.data()];
      y.dispose();
      return values;
    }));
    tf.dispose([x, filter]);
    assertEquals(results[0], results[1]);
  });
}

testOn(webgpu, "ReLU without a bias gives the cpu backend's values", async () => {
  const finish = { bias: false, activation: "relu" } as const;
  const [c] = workgroupCases;
  assertClose(await outputOn("webgpu", c, finish), await outputOn("cpu", c, finish), 1e-5);
});

testOn(
  webgpu,
  "a dilated convolution is left to TensorFlow.js, with the cpu backend's values",
  async () => {
    const [c] = workgroupCases;
    const dilated = { bias: true, activation: "relu", dilations: 2 } as const;
    assertClose(await outputOn("webgpu", c, dilated), await outputOn("cpu", c, dilated), 1e-5);
  },
);

testOn(webgpu, "the forward convolution is the same bit for bit a second time", async () => {
  const [c] = workgroupCases;
  assertEquals(await outputOn("webgpu", c), await outputOn("webgpu", c));
});

testOn(
  webgpu,
  "a convolution with ReLU keeps a NaN, in its own pixel and channels only",
  async () => {
    const y = tf.tidy(() => {
      const x = tf.tensor4d([-1, 2, NaN, 3], [1, 1, 4, 1]);
      const filter = tf.ones<tf.Rank.R4>([1, 1, 1, 4]);
      return tf.fused.conv2d({ x, filter, strides: 1, pad: "same", activation: "relu" });
    });
    const pixels = [0, 2, NaN, 3].flatMap((value) => [value, value, value, value]);
    assertEquals([...await y.data()], pixels);
    y.dispose();
  },
);

interface Finish {
  readonly bias: boolean;
  readonly activation: "linear" | "relu" | "sigmoid";
  readonly dilations?: number;
}

/** A case's output on a backend, by a plain or by a fused convolution, with a check for leaks. */
async function outputOn(
  backend: BackendName,
  c: ConvCase,
  finish?: Finish,
): Promise<ArrayLike<number> & Iterable<number>> {
  await startBackend(backend);
  const before = [tf.memory().numTensors, tf.backend().numDataIds()];
  const y = tf.tidy(() => convolved(c, finish));
  const values = await y.data();
  y.dispose();
  assertEquals([tf.memory().numTensors, tf.backend().numDataIds()], before, "tensors leak");
  return values;
}

function convolved(c: ConvCase, finish?: Finish): tf.Tensor4D {
  const operands = convolutionSum(c);
  const x = tf.tensor4d(Float32Array.from(operands.x), c.x);
  const filter = tf.tensor4d(Float32Array.from(operands.filter), c.filter);
  const { strides, pad } = c;
  const dimRoundingMode = typeof pad === "string" ? undefined : "floor";
  if (finish === undefined) {
    return tf.conv2d(x, filter, strides, pad, "NHWC", 1, dimRoundingMode);
  }
  const { activation, dilations } = finish;
  const bias = finish.bias ? tf.tensor1d(numbers(c.filter[3], "spread")) : undefined;
  const options = { strides, pad, dilations, dimRoundingMode, bias, activation } as const;
  return tf.fused.conv2d({ x, filter, ...options });
}

const sides = [4, 5, 7, 8, 9, 16, 31, 32, 100];
const filters = [1, 2, 3, 5, 7, 11];

function infoOf(side: number, filter: number, [inChannels, outChannels] = [16, 16]) {
  return backend_util.computeConv2DInfo(
    [9, side, side, inChannels],
    [filter, filter, inChannels, outChannels],
    1,
    1,
    "same",
  );
}

function eachPlan(check: (plan: ConvolutionPlan, info: backend_util.Conv2DInfo) => void): void {
  for (const side of sides) {
    for (const filter of filters) {
      for (const software of [false, true]) {
        const info = infoOf(side, filter);
        const plan = planConvolution(info, { software });
        assert(plan !== undefined, `no plan for a side of ${side} and a filter of ${filter}`);
        check(plan, info);
      }
    }
  }
}

Deno.test("every tile of a convolution fits the 16 KiB of memory that a workgroup surely has", () => {
  eachPlan((plan) => {
    const { depth, block, tile } = plan;
    assert(4 * depth * block.images * tile.height * tilePitch(plan) <= 16 * 1024);
  });
});

Deno.test("a convolution's workgroups cover every pixel of every image and no row twice over", () => {
  eachPlan(({ pixels, block, workgroups }, { batchSize, outHeight, outWidth }) => {
    for (
      const [size, each, count] of [
        [outWidth, block.across * pixels, workgroups.across],
        [outHeight, block.down, workgroups.down],
        [batchSize, block.images, workgroups.images],
      ]
    ) {
      assert(each * count >= size && each * (count - 1) < size);
    }
  });
});

Deno.test("a convolution's threads sum up at most 64 numbers, for channels that divide all", () => {
  for (const outChannels of [4, 8, 12, 16, 20, 24, 64]) {
    for (const side of [4, 32]) {
      for (const software of [false, true]) {
        const info = infoOf(side, 3, [3, outChannels]);
        const { pixels, channels } = planConvolution(info, { software })!;
        assert(pixels * channels <= 64);
        assertEquals([outChannels % channels, channels % 4], [0, 0]);
      }
    }
  }
});

Deno.test("no two columns of a tile are in one place", () => {
  eachPlan((plan) => {
    const columns = Array.from({ length: plan.tile.width }, (_, i) => tileColumn(i, plan));
    assertEquals(new Set(columns).size, plan.tile.width);
    assert(Math.max(...columns) < tilePitch(plan));
  });
});

Deno.test("there is no plan for output channels not in fours, narrow images and vast filters", () => {
  assertEquals(planConvolution(infoOf(8, 3, [4, 6])), undefined);
  assertEquals(planConvolution(infoOf(3, 3)), undefined);
  assertEquals(planConvolution(infoOf(64, 51)), undefined);
});
