/**
 * Putting kernels in the place of those of a TensorFlow.js backend, and of those that it lacks.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/** What a kernel is called with. */
export type KernelCall = Parameters<tf.KernelFunc>[0];

/** A kernel that takes the place of TensorFlow.js's own for the calls that it covers. */
export interface KernelOverride {
  /** TensorFlow.js's name of the kernel, such as `Conv2D`. */
  readonly kernel: string;
  /** The calls that it covers, for the guide's table. */
  readonly covers: string;
  /** What it gives that TensorFlow.js's own does not, for the guide's table. */
  readonly why: string;
  /** Computes the result, or gives nothing for a call that it does not cover. */
  run(call: KernelCall): tf.TensorInfo | tf.TensorInfo[] | undefined;
}

/** The kernels that were installed, so that starting a backend again installs none twice. */
const installed = new WeakSet<tf.KernelFunc>();

/**
 * Registers each kernel for a backend. Of several for one kernel, the first that covers a call computes it.
 * A call that none covers goes to the kernel that was there before, whose setup for each new instance of
 * the backend stays as it is: TensorFlow.js makes a new instance after `tf.engine().reset()` and
 * `tf.removeBackend()`.
 */
export function installOverrides(
  backendName: string,
  overrides: readonly KernelOverride[],
): void {
  for (const kernelName of new Set(overrides.map(({ kernel }) => kernel))) {
    const own = overrides.filter(({ kernel }) => kernel === kernelName);
    const stock = tf.getKernel(kernelName, backendName) as tf.KernelConfig | undefined;
    if (stock !== undefined && installed.has(stock.kernelFunc)) continue;
    const kernelFunc: tf.KernelFunc = (call) => {
      for (const override of own) {
        const result = override.run(call);
        if (result !== undefined) return result;
      }
      return (stock ?? refuse(own, backendName)).kernelFunc(call);
    };
    installed.add(kernelFunc);
    if (stock !== undefined) tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel({ ...stock, kernelName, backendName, kernelFunc });
  }
}

function refuse(overrides: readonly KernelOverride[], backendName: string): never {
  const [{ kernel }] = overrides;
  throw new RangeError(
    `Cannot run the kernel ${kernel} on ${backendName}: it must be a call that this package covers ` +
      `(${
        overrides.map(({ covers }) => covers).join("; ")
      }), and TensorFlow.js has no such kernel there`,
  );
}

/** Asked for by TensorFlow.js before it uses it; it does without. */
const ASKED_FOR: readonly string[] = [tf.Draw];

/** Registers, for each kernel that TensorFlow.js has on cpu and not on this backend, one that says so. */
export function refuseMissingKernels(backendName: string): void {
  for (const { kernelName } of tf.getKernelsForBackend("cpu")) {
    const isThere = tf.getKernel(kernelName, backendName) as tf.KernelConfig | undefined;
    if (isThere !== undefined || ASKED_FOR.includes(kernelName)) continue;
    const kernelFunc = () => {
      throw new Error(
        `Cannot run the kernel ${kernelName} on ${backendName}: TensorFlow.js has none there; ` +
          'cpu has one: await startBackend("cpu")',
      );
    };
    tf.registerKernel({ kernelName, backendName, kernelFunc });
  }
}
