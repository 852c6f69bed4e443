import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertGreaterOrEqual,
  assertMatch,
  assertNotMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { articleNetwork } from "../../../experiments/article/networks.ts";
import { VARIANTS } from "../../../experiments/article/settings.ts";
import { bench } from "../../../experiments/benchmarks/bench.ts";
import { stepFlop } from "../../../experiments/benchmarks/flop.ts";
import { growthSizes } from "../../../experiments/benchmarks/growth_worker.ts";
import { KernelClock } from "../../../experiments/benchmarks/kernel_clock.ts";
import { workOf } from "../../../experiments/benchmarks/kernel_work.ts";
import { markdown } from "../../../experiments/benchmarks/markdown.ts";
import { sizedNetwork } from "../../../experiments/benchmarks/sized_network.ts";
import { UsageError } from "../../../experiments/commands/flags.ts";
import { runHere } from "../../support/run_here.ts";
import { report } from "./a_report.ts";

Deno.test("bench --help prints every flag and measures nothing", async () => {
  const { status, out, err } = await runHere(bench, ["--quick", "--help"]);
  assertEquals([status, err], [0, ""]);
  for (const flag of ["quick", "out", "python", "help"]) {
    assertMatch(out, new RegExp(`^  --${flag} `, "m"));
  }
});

for (const args of [["--bogus"], ["--quick=1"], ["--out", ""], ["--python"]]) {
  Deno.test(`bench ${args.join(" ")} is refused as a mistake in the call`, async () => {
    await assertRejects(() => runHere(bench, args), UsageError);
  });
}

const text = markdown(report);

/** The cells of the row that begins with this name. */
function row(name: string): string[] {
  const line = text.split("\n").find((line) => line.startsWith(`| ${name} `))!;
  return line.split("|").slice(2, -1).map((cell) => cell.trim());
}

Deno.test("the report opens with the machine, its load and the date", () => {
  assertMatch(text, /^# A training step/);
  assertStringIncludes(text, "Made-up 9000, 2 cores, linux x86_64");
  assertStringIncludes(text, "Deno 2.0.0, TensorFlow.js 4.0.0; 2000-01-01T00:00:00.000Z");
  assertStringIncludes(text, "kept 0.25 of the cores busy");
});

Deno.test("a contender's row has its time, its rounds' range, ratio, GFLOPS, their limit and peak memory", () => {
  assertEquals(row("ours, wasm, 1 core"), ["40", "30–50", "1.25×", "40", "60", "300"]);
});

Deno.test("a contender of one round has no range", () => {
  assertEquals(row("PyTorch, 1 thread")[1], "only one");
});

Deno.test("a report from a busy machine says that it is worth little", () => {
  const machine = { ...report.machine, load: 2 };
  assertStringIncludes(markdown({ ...report, machine }), "measure again when they are done");
  assertNotMatch(text, /measure again/);
});

Deno.test("an absent contender is in the table, and a note says why", () => {
  assertEquals(row("ours, WebGPU"), ["absent", "", "", "", "", ""]);
  assertStringIncludes(text, "- ours, WebGPU is absent: no adapter\n");
});

Deno.test("a note says what a contender ran on", () => {
  assertStringIncludes(text, "- PyTorch, 1 thread ran on PyTorch 9\n");
});

Deno.test("a product's distance is from the arithmetic's limit where that is the longer", () => {
  assertEquals(row("Conv2D 3×3, 3→5"), ["2", "20", "50.0 %", "25", "", "2"]);
});

Deno.test("another kernel's distance is from the memory's limit", () => {
  assertEquals(row("MaxPoolGrad"), ["1", "10", "25.0 %", "", "2", "5"]);
});

Deno.test("kernels below one per cent share a row", () => {
  assertEquals(row("2 others"), ["4", "0.4", "1.0 %", "", "", ""]);
  assertNotMatch(text, /Neg|Abs/);
});

Deno.test("what is left of the step is outside kernels, and the shares make a whole", () => {
  assertEquals(row("outside kernels"), ["", "9.6", "24.0 %", "", "", ""]);
  const wasm = text.slice(text.indexOf("## Ours on wasm, one core, by kernel"));
  const shares = [...wasm.matchAll(/([\d.]+) %/g)].map(([, share]) => Number(share));
  assertEquals(shares.reduce((sum, share) => sum + share), 100);
});

Deno.test("a size has its time, that of an image, and GFLOPS", () => {
  assertEquals(row("batch 8, images 16×16, 64 channels"), ["4", "0.5", "25"]);
});

Deno.test("getting going has its parts and both ways", () => {
  assertEquals(row("imports"), ["400"]);
  assertEquals(row("from import to a built model"), ["600"]);
  assertEquals(row("from the start of `figures` to its first step"), ["900"]);
});

Deno.test("a short measurement says so, a whole one does not", () => {
  assertNotMatch(text, /--quick/);
  assertStringIncludes(markdown({ ...report, quick: true }), "Short measurement (--quick)");
});

Deno.test("a report read back from JSON gives the same text", () => {
  assertEquals(markdown(JSON.parse(JSON.stringify(report))), text);
});

Deno.test("a step on the GPU has its ratio to PyTorch's eager one, and what it asks of the device", () => {
  const captured = row("ours, captured");
  assertEquals(captured, ["32", "1", "1", "0.25×", "0.5", "88", "0", "1"]);
  assertEquals(row("TensorFlow.js, eager"), ["32", "1", "40", "10×", "39", "300", "300", "20"]);
  assertEquals(row("Convolution"), ["9", "300", "75.0 %"]);
});

Deno.test("a machine without a GPU is said to have none", () => {
  const gpu = { absent: "only software" };
  assertStringIncludes(markdown({ ...report, gpu }), "Not measured: only software.\n");
});

// The networks that are timed: their size and the work of a step.

/** Forward, of one image, by hand: 2 · places · filter. */
const b1c1 = 2 * (32 * 32) * (3 * 3 * 3 * 16);
const others = [
  2 * (32 * 32) * (3 * 3 * 16 * 16), // b1c2
  2 * (32 * 32) * (16 * 64), // b1c3
  2 * (8 * 8) * (3 * 3 * 64 * 64), // b2c1
  2 * (8 * 8) * (3 * 3 * 64 * 64), // b2c2
  2 * 256 * 10, // cls
];
/** Three products of each, two of the first. */
const image = 2 * b1c1 + others.reduce((sum, flop) => sum + 3 * flop, 0);

for (const variant of VARIANTS) {
  Deno.test(`a step of 32 images on the article's ${variant} network is 1.617 GFLOP`, async () => {
    await tf.setBackend("cpu");
    const before = tf.memory().numTensors;
    const model = articleNetwork({ variant });
    assertEquals(stepFlop(model, 32), 32 * image);
    assertEquals(Math.round(32 * image / 1e6), 1617);
    model.dispose();
    assertEquals(tf.memory().numTensors, before);
  });
}

Deno.test("the network of sizes has the article's shapes at the article's sizes", async () => {
  await tf.setBackend("cpu");
  const before = tf.memory().numTensors;
  const models = [articleNetwork(), sizedNetwork({ side: 32, channels: 64 })];
  const [article, sized] = models.map((model) => model.weights.map(({ shape }) => shape));
  assertEquals(sized, article);
  models.forEach((model) => model.dispose());
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("twice the side is four times the convolutions' work and 256 to 1024 inputs of cls", async () => {
  await tf.setBackend("cpu");
  const before = tf.memory().numTensors;
  const model = sizedNetwork({ side: 64, channels: 64 });
  const cls = 3 * 2 * 256 * 10;
  assertEquals(stepFlop(model, 1), 4 * (image - cls) + 4 * cls);
  model.dispose();
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("one size changes at a time, and the article's own is among each", () => {
  const article = { batch: 32, side: 32, channels: 64 };
  for (const quick of [false, true]) {
    const sizes = growthSizes(quick);
    for (const size of sizes) {
      const changed = Object.entries(article).filter(([name, value]) =>
        size[name as keyof typeof article] !== value
      );
      assert(changed.length <= 1, JSON.stringify(size));
    }
    assertEquals(
      sizes.filter((size) => JSON.stringify(size) === JSON.stringify(article)).length,
      3,
    );
  }
});

Deno.test("the batch grows from 8 to 256", () => {
  const batches = growthSizes(false).map(({ batch }) => batch);
  assertEquals([Math.min(...batches), Math.max(...batches)], [8, 256]);
});

const of = (...shape: number[]) => ({ shape });

Deno.test("a convolution takes its filter once at each place of its output", () => {
  const work = workOf("Conv2D", { x: of(2, 4, 4, 3), filter: of(3, 3, 3, 5) }, [of(2, 4, 4, 5)]);
  assertEquals(work, {
    what: "3×3, 3→5",
    flop: 2 * (2 * 4 * 4) * (3 * 3 * 3 * 5),
    bytes: 4 * (2 * 4 * 4 * 3 + 3 * 3 * 3 * 5 + 2 * 4 * 4 * 5),
  });
});

Deno.test("both of a convolution's gradients are as much work as the convolution", () => {
  const [x, filter, dy] = [of(2, 4, 4, 3), of(3, 3, 3, 5), of(2, 4, 4, 5)];
  const forward = workOf("Conv2D", { x, filter }, [dy]);
  assertEquals(workOf("Conv2DBackpropInput", { dy, filter }, [x]), forward);
  assertEquals(workOf("Conv2DBackpropFilter", { x, dy }, [filter]), forward);
});

Deno.test("a fused convolution's bytes include the bias", () => {
  const inputs = { x: of(1, 2, 2, 1), filter: of(1, 1, 1, 1), bias: of(1) };
  assertEquals(workOf("FusedConv2D", inputs, [of(1, 2, 2, 1)]).bytes, 4 * (4 + 1 + 1 + 4));
});

for (const [a, b] of [[of(1, 2, 3), of(1, 3, 5)], [of(1, 3, 2), of(1, 5, 3)]]) {
  Deno.test(`the product of [${a.shape}] and [${b.shape}], 2×3 by 3×5, is 2·2·3·5 operations`, () => {
    assertEquals(workOf("BatchMatMul", { a, b }, [of(1, 2, 5)]).flop, 60);
  });
}

Deno.test("a batch of products counts each", () => {
  const work = workOf("BatchMatMul", { a: of(4, 2, 3), b: of(4, 3, 5) }, [of(4, 2, 5)]);
  assertEquals(work.flop, 4 * 60);
});

Deno.test("a list of inputs counts whole, and an absent input not at all", () => {
  const work = workOf("AddN", { many: [of(3), of(3)], none: undefined }, [of(3)]);
  assertEquals(work, { flop: 0, bytes: 4 * 9 });
});

Deno.test("another view of the same bytes moves none", () => {
  assertEquals(workOf("Reshape", { x: of(2, 3) }, [of(6)]), { flop: 0, bytes: 0 });
});

const scalar = { dataId: {}, shape: [], dtype: "float32" } as tf.TensorInfo;

/** Runs a test with kernels of these names on a made-up backend, which are gone afterward. */
function withKernels(kernels: Record<string, tf.KernelFunc>, test: (backend: string) => void) {
  const backend = "made-up";
  for (const [kernelName, kernelFunc] of Object.entries(kernels)) {
    tf.registerKernel({ kernelName, backendName: backend, kernelFunc });
  }
  try {
    test(backend);
  } finally {
    for (const name of Object.keys(kernels)) tf.unregisterKernel(name, backend);
  }
}

function call(kernel: string, backend: string): tf.TensorInfo | tf.TensorInfo[] {
  return tf.getKernel(kernel, backend).kernelFunc({ inputs: {}, backend: {} });
}

Deno.test("a kernel under the clock gives what it gave", () => {
  withKernels({ Plain: () => scalar, Several: () => [scalar, scalar] }, (backend) => {
    new KernelClock(backend);
    assertEquals(call("Plain", backend), scalar);
    assertEquals(call("Several", backend), [scalar, scalar]);
  });
});

Deno.test("calls and bytes are added up from the last reset on", () => {
  withKernels({ Plain: () => scalar }, (backend) => {
    const clock = new KernelClock(backend);
    call("Plain", backend);
    clock.reset();
    call("Plain", backend);
    call("Plain", backend);
    const [{ kernel, calls, bytes }] = clock.times;
    assertEquals({ kernel, calls, bytes }, { kernel: "Plain", calls: 2, bytes: 8 });
  });
});

Deno.test("a kernel's time is without that of a kernel called from within", () => {
  // A clock that only the inner kernel moves: by 5 ms.
  const { now } = performance;
  let time = 0;
  const inner = () => {
    time += 5;
    return scalar;
  };
  const outer = (): tf.TensorInfo => call("Inner", "made-up") as tf.TensorInfo;
  withKernels({ Inner: inner, Outer: outer }, (backend) => {
    performance.now = () => time;
    try {
      const clock = new KernelClock(backend);
      call("Outer", backend);
      const found = Object.fromEntries(clock.times.map((row) => [row.kernel, row.milliseconds]));
      assertEquals(found, { Inner: 5, Outer: 0 });
    } finally {
      performance.now = now;
    }
  });
});

Deno.test("on a real backend a sum is seen, and its result is right", async () => {
  await tf.setBackend("cpu");
  const registered = tf.getKernelsForBackend("cpu");
  const before = tf.memory().numTensors;
  const clock = new KernelClock("cpu");
  try {
    const sum = tf.tidy(() => tf.tensor1d([1, 2, 3]).sum().dataSync()[0]);
    assertAlmostEquals(sum, 6);
    assertEquals(clock.times.find(({ kernel }) => kernel === "Sum")?.calls, 1);
    for (const { milliseconds } of clock.times) assertGreaterOrEqual(milliseconds, 0);
  } finally {
    for (const kernel of registered) {
      tf.unregisterKernel(kernel.kernelName, "cpu");
      tf.registerKernel(kernel);
    }
  }
  assertEquals(tf.memory().numTensors, before);
});
