/** How the wasm backend starts, and starts again after TensorFlow.js resets it. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { fileURLToPath } from "node:url";
import { startBackend } from "../../../src/backend/start.ts";
import { kernelsWasm } from "../../../src/backend/wasm/kernels_wasm.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";
import { testWith } from "../../support/test_with.ts";

const PACKAGE = new URL(
  ".",
  import.meta.resolve("@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm"),
);

/** What the program prints in a process of its own: a backend starts only once in each. */
async function started(...args: readonly [threads: string, wasm?: string, absent?: string]) {
  const program = fileURLToPath(new URL("start_with.ts", import.meta.url));
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--allow-read", program, ...args.map(String)],
    stdin: "null",
  }).output();
  return new TextDecoder().decode(stdout).trim();
}

for (const threads of ["1", "2"]) {
  testWith(`wasm starts from a folder of one's own, threads: ${threads}`, {
    needs: ["read", "write", "run"],
    fn: async () => {
      await using folder = await temporaryFolder();
      const name = "tfjs-backend-wasm-simd.wasm";
      await Deno.copyFile(new URL(name, PACKAGE), `${folder.path}/${name}`);
      // Sixteen places of two channels each: 9 taps at the 4 inner, 6 at the 8 sides, 4 at the 4 corners.
      assertEquals(await started(threads, `file://${folder.path}`), String(2 * 2 * (36 + 48 + 16)));
    },
  });

  testWith(`a folder without wasm's files is refused with its name, threads: ${threads}`, {
    needs: ["read", "run"],
    fn: async () => {
      const said = await started(threads, "file:///nowhere");
      assertStringIncludes(said, "Cannot start the backend wasm: its files tfjs-backend-wasm-simd");
      assertStringIncludes(said, "must be readable in file:///nowhere/, got ");
    },
  });
}

for (const absent of ["Worker", "SharedArrayBuffer"]) {
  testWith(`several threads are refused where there is no ${absent}`, {
    needs: ["read", "run"],
    fn: async () => {
      assertEquals(
        await started("2", "", absent),
        `Cannot run wasm on 2 threads: there must be a ${absent} here, got none; take 1 thread`,
      );
    },
  });
}

testWith("one thread needs no SharedArrayBuffer, which few pages have", {
  needs: ["read", "run"],
  fn: async () => assertEquals(await started("1", "", "SharedArrayBuffer"), "400"),
});

/** Calls that our kernels leave to TensorFlow.js's, and one that they cover. */
function compute(): number[][] {
  return tf.tidy(() => {
    const x = tf.range(0, 32).reshape([1, 4, 4, 2]) as tf.Tensor4D;
    const filter = tf.ones([2, 2, 2, 1]) as tf.Tensor4D;
    const strided = tf.conv2d(x, filter, 2, "valid");
    const dense = tf.conv2d(x, filter, 1, "valid");
    const gradient = tf.grad((x) => tf.conv2d(x as tf.Tensor4D, filter, 2, "valid").square().sum());
    return [tf.sum(x), tf.sum(x, 3), tf.sum(x, [0, 1, 2]), strided, dense, gradient(x)].map((y) =>
      Array.from(y.dataSync())
    );
  });
}

for (
  const [how, restart] of [
    ["the engine is reset", () => tf.engine().reset()],
    ["the backend is removed", () => tf.removeBackend("wasm")],
  ] as const
) {
  testWith(`wasm computes the same after ${how} and wasm is started again`, {
    needs: ["read"],
    fn: async () => {
      await startBackend("cpu");
      const expected = compute();
      await startBackend("wasm");
      assertEquals(compute(), expected);
      restart();
      await startBackend("wasm");
      assertEquals(compute(), expected);
      restart();
      await startBackend("cpu");
      assertEquals(compute(), expected);
      await startBackend("wasm");
      assertEquals(compute(), expected);
    },
  });
}

testWith("wasm on two threads computes the same after a reset, on two threads and on one", {
  needs: ["read", "run"],
  fn: async () => {
    const program = fileURLToPath(new URL("reset_threads.ts", import.meta.url));
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", "--allow-read", program],
      stdin: "null",
    }).output();
    const decoder = new TextDecoder();
    assertEquals(decoder.decode(stdout).trim(), "400 400 400", decoder.decode(stderr));
  },
});

testWith("the embedded wasm kernels are what their sources compile to (deno task kernels)", {
  needs: ["read", "env=CI"],
  fn: async () => {
    // Imported here because the compiler asks for CI's value as soon as it is imported.
    const { compileKernels } = await import("../../../dev/kernels/compile.ts");
    assertEquals(kernelsWasm.toHex(), (await compileKernels()).toHex());
  },
});

Deno.test("the wasm kernels import one memory and nothing else", () => {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(kernelsWasm));
  assertEquals(imports, [{ module: "env", name: "memory", kind: "memory" }]);
});
