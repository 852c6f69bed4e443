import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals, assertGreaterOrEqual } from "@std/assert";
import { KernelClock } from "../../../experiments/benchmarks/kernel_clock.ts";

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
