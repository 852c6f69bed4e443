/**
 * Starts TensorFlow.js's wasm backend with our kernels in place of those it lacks, has wrong or has
 * slow.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { installOverrides, refuseMissingKernels } from "../overrides.ts";
import { setBackend } from "../set_backend.ts";
import { setThreads, type WasmBackend } from "./heap.ts";
import { isShared } from "./module.ts";
import { overrides } from "./overrides.ts";
import { shareMemory } from "./shared_memory.ts";

/** On how many threads, and where TensorFlow.js's wasm files are if not in the npm package. */
export interface WasmOptions {
  readonly threads: number;
  readonly wasm?: string | URL;
}

const [FILE, ...OTHER_FILES] = [
  "tfjs-backend-wasm-simd.wasm",
  "tfjs-backend-wasm.wasm",
  "tfjs-backend-wasm-threaded-simd.wasm",
] as const;

/**
 * Makes wasm the backend in use. Needs permission to read TensorFlow.js's wasm file.
 *
 * @throws {Error} If that file cannot be loaded.
 * @throws {Error} If several threads are asked for and cannot be had, or the backend runs already
 * without a shared heap.
 */
export async function startWasm({ threads, wasm }: WasmOptions): Promise<void> {
  if (threads > 1) checkThreads(threads);
  if (!("wasm" in tf.engine().registry)) {
    // The threaded build, which TensorFlow.js would take in some pages, adds in another order.
    tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
    if (threads > 1) await shareHeap(wasm);
    else if (wasm !== undefined) setWasmPaths(folderOf(wasm));
  }
  if (!await setBackend("wasm")) throw unloadable(wasm);
  const backend = tf.backend() as unknown as WasmBackend;
  if (threads > 1 && !isShared(backend.wasm.asm.memory)) {
    throw new Error(
      `Cannot run wasm on ${threads} threads: the backend was started for one, which cannot be changed`,
    );
  }
  installOverrides("wasm", overrides);
  refuseMissingKernels("wasm");
  await setThreads(backend, threads);
}

function checkThreads(threads: number): void {
  const missing = ["Worker", "SharedArrayBuffer"].find((name) => !(name in globalThis));
  if (missing !== undefined) {
    throw new Error(
      `Cannot run wasm on ${threads} threads: there must be a ${missing} here, got none; take 1 thread`,
    );
  }
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1); // returns at once: the cell has 0
  } catch (cause) {
    throw new Error(
      `Cannot run wasm on ${threads} threads: this thread must be one that may block, got a page's ` +
        "own; start wasm in a worker, or take 1 thread",
      { cause },
    );
  }
}

/** Has TensorFlow.js load its wasm file with a memory that threads can share. */
async function shareHeap(wasm?: string | URL): Promise<void> {
  const file = wasm === undefined ? ownFile() : folderOf(wasm) + FILE;
  const shared = shareMemory(
    await load(file).catch((cause) => {
      throw unloadable(wasm, cause);
    }),
  );
  const url = URL.createObjectURL(new Blob([shared], { type: "application/wasm" }));
  const urls = Object.fromEntries([FILE, ...OTHER_FILES].map((name) => [name, url]));
  setWasmPaths(urls, true);
}

async function load(file: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(file);
  if (response.ok) return new Uint8Array(await response.arrayBuffer());
  throw new Error(`${response.status} ${response.statusText}`);
}

function unloadable(wasm: string | URL | undefined, cause?: unknown): Error {
  const where = wasm === undefined ? "npm's @tensorflow/tfjs-backend-wasm" : folderOf(wasm);
  const why = cause instanceof Error ? cause.message : "the error above"; // TensorFlow.js prints it
  return new Error(
    `Cannot start the backend wasm: its files ${[FILE, ...OTHER_FILES].join(", ")} must be ` +
      `readable in ${where}, got ${why}`,
    { cause },
  );
}

/** Where the npm package has it. */
function ownFile(): string {
  // In a statement of its own: only there does publishing replace the name by the package's address.
  const file = import.meta.resolve(
    "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm",
  );
  return file;
}

/** The URL of a folder, with a slash at its end. */
function folderOf(url: string | URL): string {
  return `${url}`.replace(/\/?$/, "/");
}
