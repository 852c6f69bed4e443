/**
 * The arithmetic and the memory traffic of one call of a kernel, by the shapes it is given.
 *
 * @module
 */

/** As much of a tensor as its work depends on; every element has four bytes. */
export interface Shaped {
  /** Sizes of the axes. */
  readonly shape: readonly number[];
}

/** What a call has to do. */
export interface Work {
  /** What the work is, where it is a product: `3×3, 64→64`. */
  readonly what?: string;
  /** Floating-point operations of a product; 0 for other kernels, whose traffic decides. */
  readonly flop: number;
  /** Bytes of all inputs and outputs. */
  readonly bytes: number;
}

/** A kernel's tensors by TensorFlow.js's names. */
export type Inputs = Readonly<Record<string, Shaped | readonly Shaped[] | undefined>>;

/** Kernels that give another view of the same bytes. */
const VIEWS: readonly string[] = ["Reshape", "Identity", "ExpandDims"];

/** The work of a call, from its inputs and outputs. */
export function workOf(kernel: string, inputs: Inputs, outputs: readonly Shaped[]): Work {
  if (VIEWS.includes(kernel)) return { flop: 0, bytes: 0 };
  const tensors = [...Object.values(inputs).flat(), ...outputs];
  const bytes = 4 * tensors.reduce((sum, tensor) => sum + (tensor ? volume(tensor) : 0), 0);
  return { ...product(kernel, inputs as Readonly<Record<string, Shaped>>, outputs[0]), bytes };
}

/** Convolutions and their gradients make the same products; each place takes the whole filter once. */
function product(
  kernel: string,
  { dy, filter, a, b }: Readonly<Record<string, Shaped>>,
  output: Shaped,
): Omit<Work, "bytes"> {
  switch (kernel) {
    case "Conv2D":
    case "FusedConv2D":
      return convolution(output, filter);
    case "Conv2DBackpropInput":
      return convolution(dy, filter);
    case "Conv2DBackpropFilter":
      return convolution(dy, output);
    case "BatchMatMul":
    case "_FusedMatMul":
      return matrices(a, b, output);
    default:
      return { flop: 0 };
  }
}

/** At each place of `y` [batch, height, width, out], a filter [height, width, in, out]. */
function convolution(y: Shaped, filter: Shaped): Omit<Work, "bytes"> {
  const [height, width, inputs, outputs] = filter.shape;
  const what = `${height}×${width}, ${inputs}→${outputs}`;
  return { what, flop: 2 * volume(y) / outputs * volume(filter) };
}

/** Each output sums over the axis that the operands share, whichever are transposed. */
function matrices(a: Shaped, b: Shaped, output: Shaped): Omit<Work, "bytes"> {
  const batch = output.shape.length === 3 ? output.shape[0] : 1;
  // (m·k)·(k·n) / (m·n) = k²
  const shared = Math.sqrt(volume(a) * volume(b) / volume(output) / batch);
  return { flop: 2 * volume(output) * shared };
}

function volume({ shape }: Shaped): number {
  return shape.reduce((product, size) => product * size, 1);
}
