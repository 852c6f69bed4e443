/**
 * Choosing and starting a TensorFlow.js backend. Importing this module loads none.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { overrides } from "./cpu/overrides.ts";
import { registerGradients } from "./gradients/register.ts";
import { fixLayers } from "./layers.ts";
import { installOverrides } from "./overrides.ts";
import { setBackend } from "./set_backend.ts";
import { type Adapter, findAdapter } from "./webgpu/adapter.ts";

export type { Adapter };

/** A backend that this package can train on. */
export type BackendName = "webgpu" | "wasm" | "cpu";

/** A backend, or `auto`: WebGPU on a real GPU, wasm otherwise. */
export type BackendChoice = "auto" | BackendName;

/** What was started, and why. */
export interface StartedBackend {
  /** The backend's name, as TensorFlow.js has it. */
  readonly name: BackendName;
  /** One line for people: what was taken and why. */
  readonly reason: string;
  /** The WebGPU adapter's description, when the backend is WebGPU. */
  readonly adapter?: string;
}

/** How to start it. */
export interface StartOptions {
  /**
   * Threads for wasm, this one included: a whole number from 1 to 256. The numbers are the same for
   * any number of threads. Further threads keep the program running until it exits, or until wasm is
   * started again with one; more than one needs a thread that may block, which a page's own may not.
   *
   * @default {1}
   */
  readonly threads?: number;
  /**
   * URL of the folder with TensorFlow.js's wasm files, for a page that has its own copy; resolved
   * against the page's.
   *
   * @default {the npm package's}
   */
  readonly wasm?: string | URL;
}

/** The most threads: more than the cores of most machines, and few enough to be started. */
const MOST_THREADS = 256;

const CHOICES: readonly string[] = ["auto", "webgpu", "wasm", "cpu"];

/**
 * Starts a backend and makes it the one in use, with this package's gradient kernels where
 * TensorFlow.js lacks them, is wrong or is slow. Starting again, also another one, is allowed; starts
 * that are asked for at once come one after another.
 *
 * `webgpu` and `cpu` need no permission, `wasm` needs permission to read its program.
 *
 * @throws {RangeError} If the choice is not one of the four, or the number of threads is not a whole
 * number from 1 to 256.
 * @throws {Error} If `webgpu` is asked for and there is no adapter, or several threads and there is no
 * `Worker` or no `SharedArrayBuffer`, as in Node and in pages that are not cross-origin isolated, or
 * this thread may not block, or wasm was started with one before.
 *
 * @example
 * ```ts
 * import { startBackend } from "@residual/connection";
 * import { assertEquals } from "@std/assert";
 *
 * const { name } = await startBackend("cpu");
 * assertEquals(name, "cpu");
 * ```
 */
export async function startBackend(
  choice: BackendChoice,
  { threads = 1, wasm }: StartOptions = {},
): Promise<StartedBackend> {
  if (!CHOICES.includes(choice)) {
    throw new RangeError(
      `Cannot start the backend "${choice}": must be one of ${CHOICES.join(", ")}`,
    );
  }
  if (!Number.isInteger(threads) || threads < 1 || threads > MOST_THREADS) {
    throw new RangeError(
      `Cannot start the backend on ${threads} threads: a whole number from 1 to ${MOST_THREADS} ` +
        "is needed",
    );
  }
  const started = settled.then(() => start(choice, { threads, wasm }));
  settled = started.catch(() => {});
  return await started;
}

/** Resolves when no start is under way: of two at once, TensorFlow.js takes one for failed. */
let settled: Promise<unknown> = Promise.resolve();

async function start(
  choice: BackendChoice,
  { threads, wasm }: StartOptions & { readonly threads: number },
): Promise<StartedBackend> {
  const adapter = choice === "auto" || choice === "webgpu" ? await findAdapter() : undefined;
  const chosen = chooseBackend(choice, adapter);
  registerGradients();
  fixLayers();
  if (chosen.name === "webgpu") {
    const { startWebgpu } = await import("./webgpu/start.ts");
    registerIfRemoved("webgpu");
    await startWebgpu();
  } else if (chosen.name === "wasm") {
    const { startWasm } = await import("./wasm/start.ts");
    registerIfRemoved("wasm");
    await startWasm({ threads, wasm });
  } else {
    registerIfRemoved("cpu");
    installOverrides("cpu", overrides);
    await startCpu();
  }
  const several = chosen.name === "wasm" && threads > 1;
  return several ? { ...chosen, reason: `${chosen.reason}, on ${threads} threads` } : chosen;
}

/** How TensorFlow.js makes an instance of each backend that was started here. */
const factories = new Map<BackendName, () => tf.KernelBackend | Promise<tf.KernelBackend>>();

/** TensorFlow.js's order of preference. */
const PRIORITIES: Readonly<Record<BackendName, number>> = { cpu: 1, wasm: 2, webgpu: 3 };

/** Registers a backend again that `tf.removeBackend` has taken out, with its way of being made. */
function registerIfRemoved(name: BackendName): void {
  const registered = tf.findBackendFactory(name);
  const known = factories.get(name);
  if (registered != null) factories.set(name, registered);
  else if (known !== undefined) tf.registerBackend(name, known, PRIORITIES[name]);
}

/**
 * Decides which backend a choice means on a machine with this WebGPU adapter, or with none.
 *
 * @throws {Error} If `webgpu` is asked for and there is no adapter.
 */
export function chooseBackend(choice: BackendChoice, adapter?: Adapter): StartedBackend {
  if (choice === "auto") return chooseAutomatically(adapter);
  if (choice !== "webgpu") return { name: choice, reason: `${choice}, as asked` };
  if (adapter === undefined) {
    throw new Error(
      "Cannot start the backend webgpu: it needs a WebGPU adapter, got none. Install the GPU's " +
        "Vulkan driver or, without a GPU, a software adapter (Debian and Ubuntu: apt-get install " +
        "mesa-vulkan-drivers libvulkan1), or take wasm",
    );
  }
  const kind = adapter.software ? " (a software adapter: correct but slow)" : "";
  return {
    name: "webgpu",
    reason: `webgpu, as asked, on ${adapter.description}${kind}`,
    adapter: adapter.description,
  };
}

function chooseAutomatically(adapter?: Adapter): StartedBackend {
  if (adapter === undefined) return { name: "wasm", reason: "wasm: no WebGPU adapter here" };
  const { description, software } = adapter;
  if (software) {
    return { name: "wasm", reason: `wasm: the WebGPU adapter is only software, ${description}` };
  }
  return { name: "webgpu", reason: `webgpu: there is a GPU, ${description}`, adapter: description };
}

async function startCpu(): Promise<void> {
  await setBackend("cpu");
  // Its first use advises to install a native addon for Node, which Deno cannot use.
  (tf.backend() as unknown as { firstUse: boolean }).firstUse = false;
}
