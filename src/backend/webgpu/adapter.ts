/**
 * The WebGPU adapter of this machine, in words.
 *
 * @module
 */

/** What a choice of backend depends on. */
export interface Adapter {
  /** The adapter's name, for people, such as `NVIDIA GeForce RTX 4070`. */
  readonly description: string;
  /** Whether it computes on the processor. */
  readonly software: boolean;
}

/**
 * Looks for the adapter that TensorFlow.js will use. Needs no permission.
 *
 * @returns Nothing where there is no WebGPU, or no Vulkan, Metal or Direct3D driver for it.
 */
export async function findAdapter(): Promise<Adapter | undefined> {
  const adapter = await globalThis.navigator?.gpu?.requestAdapter({
    powerPreference: "high-performance",
  });
  if (!adapter) return undefined;
  const { description, vendor, architecture, isFallbackAdapter } = adapter.info;
  return {
    description: description || `${vendor} ${architecture}`.trim() || "an adapter without a name",
    software: isFallbackAdapter,
  };
}
