/** Tests that compute on a backend: each starts it, and must leave no tensor behind. */

import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { type BackendName, startBackend } from "../../src/backend/start.ts";
import { type Need, testWith } from "./test_with.ts";
import type { Webgpu } from "./webgpu.ts";

/** A backend to test on. WebGPU comes from `webgpu.ts`, which knows whether it can be used here. */
export type TestBackend = "cpu" | "wasm" | Webgpu;

/** What a test does on the backend. */
export type Body = (backend: BackendName) => void | Promise<void>;

/** What else there is to know of a test. */
export interface OnBackendOptions {
  /**
   * Permissions beyond those that the backend needs itself.
   *
   * @default {[]}
   */
  readonly needs?: readonly Need[];
  /**
   * Tensors that TensorFlow.js itself leaves behind.
   *
   * @default {0}
   */
  readonly leaked?: number;
}

/**
 * Registers a test on each of these backends, under the sentence and the backend's name; where a
 * backend cannot be used the test is left out, and its name says why.
 */
export function testOn(
  backends: TestBackend | readonly TestBackend[],
  sentence: string,
  body: Body,
  { needs = [], leaked = 0 }: OnBackendOptions = {},
): void {
  for (const backend of [backends].flat() as TestBackend[]) {
    const { name, leftOut } = typeof backend === "string"
      ? { name: backend, leftOut: undefined }
      : backend;
    testWith(`${sentence} (${name})`, {
      needs: name === "wasm" ? ["read", ...needs] : needs, // startBackend reads TensorFlow.js's wasm file
      leftOut,
      fn: () => run(name, { body, leaked }),
    });
  }
}

/** Registers a test on the cpu backend, where most that holds tensors is tested, and only there. */
export function test(
  sentence: string,
  body: Body,
  { needs = [], leaked = 0 }: OnBackendOptions = {},
): void {
  testWith(sentence, { needs, fn: () => run("cpu", { body, leaked }) });
}

async function run(
  backend: BackendName,
  { body, leaked }: { readonly body: Body; readonly leaked: number },
): Promise<void> {
  await startBackend(backend);
  const before = tf.memory().numTensors;
  await body(backend);
  assertEquals(tf.memory().numTensors - before, leaked, "tensors must not be left behind");
}
