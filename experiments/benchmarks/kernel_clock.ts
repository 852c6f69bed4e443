/**
 * The time that each kernel of a backend takes.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { type Inputs, type Shaped, type Work, workOf } from "./kernel_work.ts";

/** What one kernel did, in all calls with the same work. */
export interface KernelTime {
  /** The kernel's name, and what it multiplies. */
  readonly kernel: string;
  /** Calls. */
  readonly calls: number;
  /** Milliseconds in all calls, without those of kernels called from within. */
  readonly milliseconds: number;
  /** Floating-point operations in all calls. */
  readonly flop: number;
  /** Bytes of inputs and outputs in all calls. */
  readonly bytes: number;
}

/** Times every kernel of a backend. Its kernels must be done when they return, as those of wasm are. */
export class KernelClock {
  readonly #times = new Map<string, KernelTime>();
  /** For each running kernel, the time that those called from within have taken. */
  readonly #inner: number[] = [];

  /** Replaces every kernel of the backend by one that is timed, until the process ends. */
  constructor(backend: string) {
    for (const config of tf.getKernelsForBackend(backend)) {
      tf.unregisterKernel(config.kernelName, backend);
      tf.registerKernel({ ...config, kernelFunc: this.#timed(config) });
    }
  }

  /** Forgets what was measured so far. */
  reset(): void {
    this.#times.clear();
  }

  /** What was measured since the last reset, the longest first. */
  get times(): KernelTime[] {
    return [...this.#times.values()].sort((a, b) => b.milliseconds - a.milliseconds);
  }

  #timed({ kernelName, kernelFunc }: tf.KernelConfig): tf.KernelFunc {
    return (call) => {
      this.#inner.push(0);
      const start = performance.now();
      const result = kernelFunc(call);
      const whole = performance.now() - start;
      const own = whole - this.#inner.pop()!;
      if (this.#inner.length > 0) this.#inner[this.#inner.length - 1] += whole;
      const outputs = [result].flat() as Shaped[];
      this.#add(kernelName, { ...workOf(kernelName, call.inputs as Inputs, outputs), own });
      return result;
    };
  }

  #add(name: string, { what, flop, bytes, own }: Work & { readonly own: number }): void {
    const kernel = what === undefined ? name : `${name} ${what}`;
    const before = this.#times.get(kernel);
    this.#times.set(kernel, {
      kernel,
      calls: (before?.calls ?? 0) + 1,
      milliseconds: (before?.milliseconds ?? 0) + own,
      flop: (before?.flop ?? 0) + flop,
      bytes: (before?.bytes ?? 0) + bytes,
    });
  }
}
