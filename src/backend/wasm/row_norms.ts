/**
 * The L2 norms of a matrix's rows, on wasm.
 *
 * @module
 */

import type { TensorInfo } from "@tensorflow/tfjs";
import type { KernelOverride } from "../overrides.ts";
import { kernelsOn, threadPoolOn, type WasmBackend, withScratch } from "./heap.ts";
import { ranges } from "./thread_pool.ts";

/** Numbers of a row that one thread sums up; longer rows are summed in parts, whatever the number of threads. */
const PART = 16384;

/** `norm[row] = √Σ x[row, i]²`, whose squares float64 holds. NaN and infinity go through. */
export const rowNorms: KernelOverride = {
  kernel: "RowNorms",
  covers: "[rows, columns], float32",
  why: "one pass, added up in float64; TensorFlow.js has no such kernel",
  run: (call) => {
    const x = call.inputs.x as TensorInfo;
    const backend = call.backend as WasmBackend;
    const [rows, columns] = x.shape;
    const parts = Math.max(1, Math.ceil(columns / PART));
    const norms = backend.makeOutput([rows], "float32");
    const [from, to] = [x, norms].map(({ dataId }) => backend.getMemoryOffset(dataId));
    const pool = threadPoolOn(backend);
    const threads = Math.min(pool.count, Math.ceil(rows * columns / PART));
    withScratch(backend, [2 * rows * parts], ([sums]) => { // float64
      const own = ranges(rows * parts, threads);
      pool.run("squareSums", own.map((part) => [from, sums, ...part, columns, parts, PART]));
      kernelsOn(backend).rootsOfSums(sums, to, rows, parts);
    });
    return norms; // [rows]
  },
};
