/**
 * The starting ratio of the gradient norms at x_in and x_res, from theory.
 *
 * @module
 */

/** Where the variance of a kernel's starting weights comes from. */
export type Scheme = "pytorch" | "glorot" | "he" | "orthogonal";

const CHANNELS = 64;
const FAN = 9 * CHANNELS; // of 3×3 filters, in and out

/** The variance of one weight of the block's convolutions, both 64 → 64 with 3×3 filters. */
const VARIANCE: Readonly<Record<Scheme, number>> = {
  pytorch: 1 / (3 * FAN), // uniform in ±1/√fan
  glorot: 2 / (FAN + FAN),
  he: 2 / FAN,
  orthogonal: 1 / FAN, // 64 orthonormal rows of 576: squares sum to 1
};

/**
 * `√(p · n̄ · C · Var W)` for each of the block's two convolutions, multiplied.
 *
 * The gradient that arrives at the sum y = block(x) + x passes unchanged to x_res, and back
 * through both convolutions to x_in. A convolution's gradient at one of its inputs is
 *
 * `δ_in = Σ W · m · δ_out`,
 *
 * summed over the C = 64 output channels and over those output places whose 3×3 window holds the
 * input, with m = 1 where the ReLU passes. Weights that are independent of δ and of mean 0 give
 *
 * `E δ_in² = C · n · Var W · p · E δ_out²`,
 *
 * where n is the number of such places and p the share that the ReLU passes: a half, for weights as
 * likely negative as positive. Windows at the border stick out of the 8×8 image: along one axis an
 * input lies in 2, 3, 3, 3, 3, 3, 3, 2 windows, on the mean 22/8, so `n̄ = (22/8)² = 7.5625`. The
 * norms are roots of sums of squares: hence the root.
 *
 * Left out: that p is above a half where max pooling prefers places at which the block's output is
 * positive, the more so the larger that output is, and that it prefers inner places; and that weights
 * change over the 20 steps. {@linkcode explainedRatio} has the first two as they are measured.
 */
export function predictedRatio(scheme: Scheme): number {
  const a = { share: 1 / 2, places: (22 / 8) ** 2 };
  return explainedRatio(scheme, [a, a]); // two convolutions of one form
}

/** What passes the ReLU of a convolution. */
export interface Flow {
  /** p, the share of the gradient's square that passes. */
  readonly share: number;
  /** n̄, the mean number of inputs of the outputs at which it passes. */
  readonly places: number;
}

/**
 * The same with p and n̄ as they are measured for each convolution, weighted by the square of the gradient:
 * then nothing is left but that the weights are independent of it.
 */
export function explainedRatio(scheme: Scheme, [first, second]: readonly [Flow, Flow]): number {
  const ofOne = ({ share, places }: Flow) =>
    Math.sqrt(share * places * CHANNELS * VARIANCE[scheme]);
  return ofOne(first) * ofOne(second);
}

/**
 * ‖∇x_res‖ / ‖∇logits‖ at the start. A linear layer gives each of its 256 inputs `Σ W δ` over the logits, so
 * that the square is `256 · Var W` of that of the logits, and max pooling passes it on to one place each.
 */
export const FIRST_X_RES = Math.sqrt(256 / (3 * 256)); // PyTorch's default: uniform in ±1/√256
