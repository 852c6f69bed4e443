import {
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { fileURLToPath } from "node:url";
import { type BackendChoice, chooseBackend, startBackend } from "../../src/backend/start.ts";
import { testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";

const gpu = { description: "A real GPU", software: false };
const software = { description: "llvmpipe", software: true };

Deno.test("auto takes WebGPU on a real GPU and names it", () => {
  assertEquals(chooseBackend("auto", gpu), {
    name: "webgpu",
    reason: "webgpu: there is a GPU, A real GPU",
    adapter: "A real GPU",
  });
});

Deno.test("auto takes wasm where the only adapter is software, and says so", () => {
  const { name, reason, adapter } = chooseBackend("auto", software);
  assertEquals([name, adapter], ["wasm", undefined]);
  assertEquals(reason, "wasm: the WebGPU adapter is only software, llvmpipe");
});

Deno.test("auto takes wasm where there is no adapter, and says so", () => {
  assertEquals(chooseBackend("auto"), { name: "wasm", reason: "wasm: no WebGPU adapter here" });
});

Deno.test("webgpu on a software adapter is taken and called slow", () => {
  const { name, reason } = chooseBackend("webgpu", software);
  assertEquals(name, "webgpu");
  assertEquals(reason, "webgpu, as asked, on llvmpipe (a software adapter: correct but slow)");
});

Deno.test("webgpu without an adapter is refused with what to install", () => {
  const { message } = assertThrows(() => chooseBackend("webgpu"), Error, "Cannot start");
  assertStringIncludes(message, "apt-get install mesa-vulkan-drivers libvulkan1");
  assertStringIncludes(message, "Vulkan driver");
});

Deno.test("wasm and cpu are taken as asked, whatever the adapter", () => {
  assertEquals(chooseBackend("wasm", gpu).name, "wasm");
  assertEquals(chooseBackend("cpu", gpu), { name: "cpu", reason: "cpu, as asked" });
});

Deno.test("a backend of another name is refused with the four that exist", async () => {
  await assertRejects(
    () => startBackend("webgl" as BackendChoice),
    RangeError,
    'Cannot start the backend "webgl": must be one of auto, webgpu, wasm, cpu',
  );
});

for (const threads of [0, 1.5, 257, 1e6, NaN, Infinity]) {
  Deno.test(`${threads} threads are refused before any is started`, async () => {
    await assertRejects(
      () => startBackend("wasm", { threads }),
      RangeError,
      `Cannot start the backend on ${threads} threads: a whole number from 1 to 256 is needed`,
    );
  });
}

Deno.test("cpu starts without TensorFlow.js's advice for Node", async () => {
  const warnings: unknown[] = [];
  const warn = console.warn;
  console.warn = (...message) => warnings.push(message);
  try {
    await startBackend("cpu");
    tf.scalar(1).dispose();
  } finally {
    console.warn = warn;
  }
  assertEquals(warnings, []);
});

testOn(
  [webgpu, "wasm", "cpu"],
  "a backend starts twice, is in use and computes",
  async (backend) => {
    assertEquals((await startBackend(backend)).name, backend);
    assertEquals(tf.getBackend(), backend);
    const square = tf.tidy(() => tf.square(tf.tensor1d([1, -3])));
    assertEquals([...await square.data()], [1, 9]);
    square.dispose();
  },
);

testOn([webgpu, "wasm", "cpu"], "cpu that is started after another backend is in use", async () => {
  await startBackend("cpu");
  assertEquals(tf.getBackend(), "cpu");
});

testOn(
  ["cpu", "wasm"],
  "a backend starts while TensorFlow.js starts another by itself",
  async (backend) => {
    await startBackend("wasm"); // which TensorFlow.js then takes by itself
    tf.engine().reset();
    assertThrows(() => tf.tensor1d([1]).dataSync(), Error, "has not yet been initialized");
    await startBackend(backend);
    assertEquals(tf.getBackend(), backend);
    assertEquals(tf.tidy(() => [...tf.square(tf.tensor1d([3])).dataSync()]), [9]);
  },
  { needs: ["read"] },
);

testOn(["wasm", webgpu], "a kernel that cpu alone has is refused, with the way out", (backend) => {
  const use = backend === "wasm"
    ? () => tf.tidy(() => tf.complex([1], [2]))
    : () => tf.tidy(() => tf.unique(tf.tensor1d([1, 1, 2])));
  assertThrows(use, Error, 'TensorFlow.js has none there; cpu has one: await startBackend("cpu")');
});

testOn(
  webgpu,
  "a lost WebGPU device ends a run with a sentence, and the steps before it are kept",
  async () => {
    const program = fileURLToPath(new URL("webgpu/lose_device.ts", import.meta.url));
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", program],
      stdin: "null",
    }).output();
    const [ended, steps, again] = new TextDecoder().decode(stdout).trim().split("\n");
    assertMatch(ended, /^Cannot compute on WebGPU: .+; start the program again, or take the/);
    assertEquals(Number(steps), 3);
    assertMatch(
      again,
      /^Cannot compute on WebGPU: its device was lost \(.+\); start the program/,
    );
  },
  { needs: ["run"] },
);

const AT_ONCE: Readonly<Record<string, (tensor: tf.Tensor) => unknown>> = {
  "dataSync": (tensor) => tensor.dataSync(),
  "arraySync": (tensor) => tensor.arraySync(),
  "bufferSync": (tensor) => tensor.bufferSync(),
  "a template string": (tensor) => `${tensor}`,
  "print": (tensor) => tensor.print(),
  "tf.print": (tensor) => tf.print(tensor),
  "dataSync of int32": (tensor) => tensor.toInt().dataSync(),
  "dataSync of bool": (tensor) => tensor.greater(0).dataSync(),
  "dataSync of complex64": (tensor) => tf.complex(tensor, tensor).dataSync(),
  "arraySync of a variable": (tensor) => {
    const variable = tf.variable(tensor.mul(2));
    try {
      return variable.arraySync();
    } finally {
      variable.dispose();
    }
  },
};

for (const [form, read] of Object.entries(AT_ONCE)) {
  testOn(webgpu, `${form} is refused, with the way to read a tensor`, async () => {
    const sum = tf.tidy(() => tf.matMul(tf.ones([64, 64]), tf.ones([64, 1])));
    const { message } = assertThrows(() => tf.tidy(() => void read(sum)), Error);
    assertEquals(
      message,
      "Cannot read a tensor on WebGPU at once: there must be a canvas, as in a page, got none; use " +
        "await tensor.data() or await tensor.array()",
    );
    assertEquals((await sum.data())[0], 64);
    sum.dispose();
  });
}

testOn(webgpu, "the device binds as many storage buffers as the adapter, up to 64", async () => {
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
  const { device } = tf.backend() as unknown as { readonly device: GPUDevice };
  assertEquals(
    device.limits.maxStorageBuffersPerShaderStage,
    Math.min(64, adapter!.limits.maxStorageBuffersPerShaderStage),
  );
});

testOn(webgpu, "a tensor whose numbers the program has given is read at once", () => {
  const given = tf.tensor1d([1, 2]);
  assertEquals(given.arraySync(), [1, 2]);
  given.dispose();
});
