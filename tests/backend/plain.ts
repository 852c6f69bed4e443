/**
 * Convolutions and pooling in plain loops over float64, forward and backward: the oracle for kernels. It
 * shares no code with TensorFlow.js, and computes sizes and padding by the documented formulas.
 *
 * @module
 */

/** Windows of a filter over images, `[batch, height, width, channels]`, or over volumes. */
export interface Windows {
  readonly batch: number;
  /** Pixels along each axis: height and width, and before them the depth of a volume. */
  readonly size: readonly number[];
  readonly filter: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly pad: "same" | "valid";
}

/** What an axis of windows is: how many there are, and how far the first begins before the image. */
export function axisOf(
  { size, filter, strides, dilations, pad }: Windows,
  axis: number,
): { readonly out: number; readonly before: number } {
  const reach = (filter[axis] - 1) * dilations[axis] + 1;
  if (pad === "valid") {
    return { out: Math.ceil((size[axis] - reach + 1) / strides[axis]), before: 0 };
  }
  const out = Math.ceil(size[axis] / strides[axis]);
  const missing = Math.max(0, (out - 1) * strides[axis] + reach - size[axis]);
  return { out, before: Math.floor(missing / 2) };
}

/** The number of windows along each axis. */
export function outSize(windows: Windows): number[] {
  return windows.size.map((_, axis) => axisOf(windows, axis).out);
}

/** Calls `visit` with each window's place, each tap of it, and the pixel under that, if there is one. */
function eachTap(
  windows: Windows,
  visit: (window: number, tap: number, pixel: number) => void,
): void {
  const { batch, size, filter, strides, dilations } = windows;
  const axes = size.map((_, axis) => axisOf(windows, axis));
  const along = (axis: number, window: number, tap: number, pixel: number): void => {
    if (axis === axes.length) return visit(window, tap, pixel);
    for (let o = 0; o < axes[axis].out; o++) {
      for (let k = 0; k < filter[axis]; k++) {
        const i = o * strides[axis] - axes[axis].before + k * dilations[axis];
        if (i < 0 || i >= size[axis]) continue;
        along(
          axis + 1,
          window * axes[axis].out + o,
          tap * filter[axis] + k,
          pixel * size[axis] + i,
        );
      }
    }
  };
  for (let b = 0; b < batch; b++) along(0, b, 0, b);
}

/** How many windows there are. */
function count(windows: Windows): number {
  return outSize(windows).reduce((a, b) => a * b, windows.batch);
}

/** Numbers of an operation: its result, or a gradient. */
export type Numbers = ArrayLike<number>;

/** A convolution of `inChannels` to `outChannels`, and the gradients of Σ y · dy. */
export function convolution(
  windows: Windows,
  { x, filter, dy, channels: [inChannels, outChannels] }: {
    readonly x: Numbers;
    readonly filter: Numbers;
    readonly dy: Numbers;
    readonly channels: readonly [number, number];
  },
): { y: Float64Array; dx: Float64Array; dFilter: Float64Array } {
  const y = new Float64Array(count(windows) * outChannels);
  const [dx, dFilter] = [new Float64Array(x.length), new Float64Array(filter.length)];
  eachTap(windows, (window, tap, pixel) => {
    for (let i = 0; i < inChannels; i++) {
      for (let o = 0; o < outChannels; o++) {
        const [at, from, to] = [
          (tap * inChannels + i) * outChannels + o,
          pixel * inChannels + i,
          window * outChannels + o,
        ];
        y[to] += x[from] * filter[at];
        dx[from] += dy[to] * filter[at];
        dFilter[at] += x[from] * dy[to];
      }
    }
  });
  return { y, dx, dFilter };
}

/** A depthwise convolution with so many filters for each channel, and the gradients of Σ y · dy. */
export function depthwise(
  windows: Windows,
  { x, filter, dy, channels: [channels, multiplier] }: {
    readonly x: Numbers;
    readonly filter: Numbers;
    readonly dy: Numbers;
    readonly channels: readonly [number, number];
  },
): { y: Float64Array; dx: Float64Array; dFilter: Float64Array } {
  const y = new Float64Array(count(windows) * channels * multiplier);
  const [dx, dFilter] = [new Float64Array(x.length), new Float64Array(filter.length)];
  eachTap(windows, (window, tap, pixel) => {
    for (let c = 0; c < channels; c++) {
      for (let q = 0; q < multiplier; q++) {
        const [at, from, to] = [
          (tap * channels + c) * multiplier + q,
          pixel * channels + c,
          (window * channels + c) * multiplier + q,
        ];
        y[to] += x[from] * filter[at];
        dx[from] += dy[to] * filter[at];
        dFilter[at] += x[from] * dy[to];
      }
    }
  });
  return { y, dx, dFilter };
}

/**
 * Pooling: an average is over the pixels that a window has, a gradient goes to its first maximum, whose index
 * in x is in `from`.
 */
export function pooling(
  windows: Windows,
  { x, dy, channels, mode }: {
    readonly x: Numbers;
    readonly dy: Numbers;
    readonly channels: number;
    readonly mode: "max" | "average";
  },
): { y: Float64Array; dx: Float64Array; from: Int32Array } {
  const pixels: number[][] = Array.from({ length: count(windows) }, () => []);
  eachTap(windows, (window, _tap, pixel) => pixels[window].push(pixel));
  const [y, dx] = [new Float64Array(pixels.length * channels), new Float64Array(x.length)];
  const from = new Int32Array(y.length);
  pixels.forEach((inside, window) => {
    for (let c = 0; c < channels; c++) {
      const to = window * channels + c;
      const values = inside.map((pixel) => x[pixel * channels + c]);
      if (mode === "average") {
        y[to] = values.reduce((sum, value) => sum + value, 0) / values.length;
        for (const pixel of inside) dx[pixel * channels + c] += dy[to] / values.length;
      } else {
        y[to] = Math.max(...values); // NaN where one is
        const first = values.findIndex((value) => Object.is(value, y[to]) || value === y[to]);
        from[to] = inside[first] * channels + c;
        dx[from[to]] += dy[to];
      }
    }
  });
  return { y, dx, from };
}
