/**
 * Runs TensorFlow.js's own tests of its core on one backend, on TensorFlow.js's kernels or with ours in
 * their place, and writes what each test came to as JSON. A process for each run: the tests leave state.
 *
 *     deno run … tests/conformance/suite.ts wasm ours BUNDLE OUTPUT
 *
 * @module
 */

import jasmineRequire from "jasmine-core/lib/jasmine-core/jasmine.js";

const [backend, kernels, bundle, output] = Deno.args;
/** TensorFlow.js's wasm files under addresses that a page can fetch. */
const wasm = Object.fromEntries(
  await Promise.all(["", "-simd", "-threaded-simd"].map(async (kind) => {
    const name = `tfjs-backend-wasm${kind}.wasm`;
    const file = import.meta.resolve(`@tensorflow/tfjs-backend-wasm/dist/${name}`);
    const bytes = await Deno.readFile(new URL(file));
    return [name, URL.createObjectURL(new Blob([bytes], { type: "application/wasm" }))];
  })),
);

/** What each test came to, by its name. */
const results: Record<string, string> = {};

const jasmine = jasmineRequire.core(jasmineRequire);
const env = jasmine.getEnv({ suppressLoadErrors: true });
Object.assign(globalThis, jasmineRequire.interface(jasmine, env), {
  CONFORMANCE: { backend, kernels, wasm },
  // The bundle is one for pages, and looks for what a page has.
  window: globalThis,
  postMessage: (data: unknown) =>
    setTimeout(() =>
      dispatchEvent(Object.assign(new Event("message"), { data, source: globalThis }))
    ),
  WorkerGlobalScope: class {},
  process: undefined,
  // TensorFlow.js's tests load jasmine as a module of Node.
  require: () => ({ core: () => jasmine }),
});
env.configure({ random: false });
env.addReporter({
  specDone: ({ fullName, status, failedExpectations }: Spec) => {
    if (fullName.startsWith("setTimeout ")) return; // how long a timer takes is the machine's
    if (status === "passed" || status === "failed") {
      results[fullName] = status === "passed" ? "" : failedExpectations[0]?.message ?? "failed";
    }
  },
});

interface Spec {
  readonly fullName: string;
  readonly status: string;
  readonly failedExpectations: readonly { readonly message: string }[];
}

const done = new Promise<void>((resolve) => env.addReporter({ jasmineDone: () => resolve() }));
await import(new URL(bundle, `file://${Deno.cwd()}/`).href);
// A test that fails may leave an error that nobody awaits.
for (const kind of ["unhandledrejection", "error"]) {
  addEventListener(kind, (event) => event.preventDefault());
}
await env.execute();
await done;
await Deno.writeTextFile(output, JSON.stringify(results));
Deno.exit(); // threads and devices would keep the process
