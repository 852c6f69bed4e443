import { assert, assertEquals } from "@std/assert";
import { backend_util } from "@tensorflow/tfjs";
import {
  type ConvolutionPlan,
  planConvolution,
  tileColumn,
  tilePitch,
} from "../../../src/backend/webgpu/conv2d_plan.ts";

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
