/**
 * The calls that a program makes to a WebGPU device: counting, recording and timing them.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/** How many calls of each kind. */
export interface DeviceCounts {
  readonly dispatches: number;
  readonly bindGroups: number;
  readonly submissions: number;
}

/** The device's time for all dispatches of one pipeline in a step. */
export interface KernelShare {
  readonly kernel: string;
  readonly dispatches: number;
  /** Microseconds. */
  readonly microseconds: number;
}

interface Recorded {
  pipeline: GPUComputePipeline;
  bindGroup: GPUBindGroup;
  workgroups: [number, number?, number?];
}

/** How often a dispatch is repeated while it is timed: for one alone, the device would not reach its clock rate. */
const REPEATED = 20;

/** Counts the calls to all devices of this process, until the process ends. */
export class DeviceLog {
  #counts = { dispatches: 0, bindGroups: 0, submissions: 0 };
  #recorded: Recorded[] | undefined;
  #stopRecording = () => {};
  #sends = true;
  #submitting = 0;

  /** Replaces methods of WebGPU by ones that count and then call the original. */
  constructor() {
    const counts = this.#counts;
    const pass = GPUComputePassEncoder.prototype;
    const { dispatchWorkgroups } = pass;
    pass.dispatchWorkgroups = function (x, y, z) {
      counts.dispatches++;
      return dispatchWorkgroups.call(this, x, y, z);
    };
    const { createBindGroup } = GPUDevice.prototype;
    GPUDevice.prototype.createBindGroup = function (given) {
      counts.bindGroups++;
      return createBindGroup.call(this, given);
    };
    const { submit } = GPUQueue.prototype;
    const sends = () => this.#sends;
    const spent = (milliseconds: number) => this.#submitting += milliseconds;
    GPUQueue.prototype.submit = function (given) {
      counts.submissions++;
      const start = performance.now();
      submit.call(this, sends() ? given : []); // Queued writes of buffers are sent even so.
      spent(performance.now() - start);
    };
  }

  /** The calls so far. */
  counts(): DeviceCounts {
    return { ...this.#counts };
  }

  /** Milliseconds within submissions so far. */
  get submitting(): number {
    return this.#submitting;
  }

  /** The calls since an earlier count, per step. */
  since(before: DeviceCounts, steps: number): DeviceCounts {
    const per = (name: keyof DeviceCounts) => (this.#counts[name] - before[name]) / steps;
    return {
      dispatches: per("dispatches"),
      bindGroups: per("bindGroups"),
      submissions: per("submissions"),
    };
  }

  /** Runs something whose commands are encoded but not sent: whatever it reads back is 0. */
  async unsent<T>(act: () => Promise<T>): Promise<T> {
    this.#sends = false;
    try {
      return await act();
    } finally {
      this.#sends = true;
    }
  }

  /** Records the dispatches from now on. */
  record(): void {
    this.#stopRecording();
    const recorded: Recorded[] = this.#recorded = [];
    const pass = GPUComputePassEncoder.prototype;
    const { dispatchWorkgroups, setPipeline, setBindGroup } = pass;
    let [pipeline, bindGroup]: [GPUComputePipeline?, GPUBindGroup?] = [];
    pass.setPipeline = function (given) {
      pipeline = given;
      return setPipeline.call(this, given);
    };
    pass.setBindGroup = function (this: GPUComputePassEncoder, ...given: unknown[]) {
      bindGroup = given[1] as GPUBindGroup;
      return Reflect.apply(setBindGroup, this, given);
    };
    pass.dispatchWorkgroups = function (...workgroups) {
      recorded.push({ pipeline: pipeline!, bindGroup: bindGroup!, workgroups });
      return dispatchWorkgroups.apply(this, workgroups);
    };
    this.#stopRecording = () =>
      Object.assign(pass, { dispatchWorkgroups, setPipeline, setBindGroup });
  }

  /** The device's time for what was recorded, by pipeline, the longest first; none without a clock. */
  async shares(): Promise<KernelShare[]> {
    const recorded = this.#recorded ?? [];
    this.#stopRecording();
    this.#recorded = undefined;
    const { device } = tf.backend() as unknown as { readonly device: GPUDevice };
    if (!device.features.has("timestamp-query")) return [];
    const shares = new Map<string, KernelShare>();
    for (const dispatch of recorded) {
      const microseconds = await timeOf(device, dispatch);
      const kernel = dispatch.pipeline.label.split(/_\d/)[0];
      const before = shares.get(kernel) ?? { kernel, dispatches: 0, microseconds: 0 };
      shares.set(kernel, {
        kernel,
        dispatches: before.dispatches + 1,
        microseconds: before.microseconds + microseconds,
      });
    }
    return [...shares.values()].sort((a, b) => b.microseconds - a.microseconds);
  }
}

async function timeOf(device: GPUDevice, dispatch: Recorded): Promise<number> {
  const querySet = device.createQuerySet({ type: "timestamp", count: 2 });
  const [resolve, copy] = [GPUBufferUsage.QUERY_RESOLVE, GPUBufferUsage.COPY_SRC];
  const times = device.createBuffer({ size: 16, usage: resolve | copy });
  const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ;
  const staging = device.createBuffer({ size: 16, usage });
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass({
    timestampWrites: { querySet, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 },
  });
  pass.setPipeline(dispatch.pipeline);
  pass.setBindGroup(0, dispatch.bindGroup);
  for (let i = 0; i < REPEATED; i++) pass.dispatchWorkgroups(...dispatch.workgroups);
  pass.end();
  encoder.resolveQuerySet(querySet, 0, 2, times, 0);
  encoder.copyBufferToBuffer(times, 0, staging, 0, 16);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(GPUMapMode.READ);
  const [start, end] = new BigUint64Array(staging.getMappedRange().slice(0));
  for (const buffer of [times, staging]) buffer.destroy();
  querySet.destroy();
  return Number(end - start) / 1000 / REPEATED;
}
