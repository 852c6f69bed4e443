/**
 * Compute pipelines of this package's own, for kernels that write more than one tensor or read what a
 * program of TensorFlow.js's cannot.
 *
 * @module
 */

const pipelines = new WeakMap<GPUDevice, Map<string, GPUComputePipeline>>();

/** A pipeline, and how it is made when a device is asked for it the first time. */
export interface PipelineSource {
  /** What it is known by; tools that profile devices show it. */
  readonly label: string;
  /** Its source in WGSL, whose function is `main`. */
  readonly code: () => string;
}

/** The device's pipeline of this name, which is compiled once. */
export function pipelineFor(
  device: GPUDevice,
  { label, code }: PipelineSource,
): GPUComputePipeline {
  const known = pipelines.get(device) ?? new Map<string, GPUComputePipeline>();
  pipelines.set(device, known);
  const pipeline = known.get(label) ?? device.createComputePipeline({
    label,
    layout: "auto",
    compute: { module: device.createShaderModule({ code: code() }), entryPoint: "main" },
  });
  known.set(label, pipeline);
  return pipeline;
}

/** Workgroups for so many threads, so many in each: a row of them, or rows below each other. */
export function workgroupsFor(
  count: number,
  { threads }: { readonly threads: number },
): [x: number, y: number, z: number] {
  const groups = Math.ceil(count / threads);
  const across = Math.min(groups, 65535);
  return [across, Math.ceil(groups / across), 1];
}
