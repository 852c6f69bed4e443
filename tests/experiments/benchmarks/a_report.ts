/** A report of made-up round numbers. */

import type { Report } from "../../../experiments/benchmarks/report.ts";

/** Two contenders that were measured, one that is absent; two kernels above one per cent. */
export const report: Report = {
  machine: {
    processor: "Made-up 9000",
    cores: 2,
    load: 0.25,
    system: "linux x86_64",
    package: "@residual/connection@0.0.0",
    deno: "2.0.0",
    tensorflow: "4.0.0",
  },
  date: "2000-01-01T00:00:00.000Z",
  quick: false,
  flop: 1.6e9,
  contenders: [
    {
      name: "ours, wasm, 1 core",
      owner: "ours",
      milliseconds: 40,
      rounds: [50, 40, 30],
      gflops: 40,
      limit: 60,
      peak: 300,
      ratio: 1.25,
    },
    { name: "ours, WebGPU", owner: "ours", absent: "no adapter" },
    {
      name: "PyTorch, 1 thread",
      owner: "pytorch",
      milliseconds: 32,
      rounds: [32],
      gflops: 50,
      limit: 55,
      peak: 500,
      ratio: 1,
      note: "PyTorch 9",
    },
  ],
  profile: {
    limits: { gflops: 50, gigabytes: 10 },
    milliseconds: 40,
    steps: 10,
    kernels: [
      // 20 ms a step; 0.5 GFLOP in it need 10 ms, 50 MB need 5 ms.
      { kernel: "Conv2D 3×3, 3→5", calls: 20, milliseconds: 200, flop: 5e9, bytes: 5e8 },
      // 10 ms a step; 20 MB in it need 2 ms.
      { kernel: "MaxPoolGrad", calls: 10, milliseconds: 100, flop: 0, bytes: 2e8 },
      { kernel: "Neg", calls: 30, milliseconds: 2, flop: 0, bytes: 0 },
      { kernel: "Abs", calls: 10, milliseconds: 2, flop: 0, bytes: 0 },
    ],
  },
  growth: [{ batch: 8, side: 16, channels: 64, milliseconds: 4, gflops: 25 }],
  gpu: {
    adapter: "Made-up GPU",
    ours: [
      {
        way: "captured",
        batch: 32,
        depth: 1,
        milliseconds: 1,
        host: 0.5,
        dispatches: 88,
        bindGroups: 0,
        submissions: 1,
      },
    ],
    stock: [
      {
        way: "stock",
        batch: 32,
        depth: 1,
        milliseconds: 40,
        host: 39,
        dispatches: 300,
        bindGroups: 300,
        submissions: 20,
      },
    ],
    pytorch: {
      note: "PyTorch 9",
      steps: [{ way: "eager", batch: 32, depth: 1, milliseconds: 4 }],
    },
    kernels: [
      { kernel: "Convolution", dispatches: 9, microseconds: 300 },
      { kernel: "Sum", dispatches: 3, microseconds: 100 },
    ],
  },
  setup: { parts: [{ part: "imports", milliseconds: 400 }], toModel: 600, toFirstStep: 900 },
};
