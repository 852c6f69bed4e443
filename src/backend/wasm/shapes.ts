/**
 * What every gradient kernel on wasm asks of its arguments.
 *
 * @module
 */

/** `[batch, height, width, channels]` */
export type Shape4D = [number, number, number, number];

/** Refuses channels-first images, which the wasm backend cannot convolve forward either. */
export function requireChannelsLast(action: string, dataFormat: string): void {
  if (dataFormat !== "NHWC") {
    throw new RangeError(
      `Cannot ${action} on wasm: data format must be NHWC, got ${dataFormat}`,
    );
  }
}
