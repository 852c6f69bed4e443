/**
 * Gradients of operations that take numbers of their input as they are: each number's gradient is the sum
 * of those of the places that it was taken to.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { gradientOf, type GradientOverride, runKernel, zeros } from "./override.ts";

/** Operations that TensorFlow.js has no gradient of, or a wrong one, and the name of their input. */
const INPUTS: Readonly<Record<string, string>> = {
  DepthToSpace: "x",
  FlipLeftRight: "image",
  MirrorPad: "x",
  StridedSlice: "x",
};

/** The gradients. */
export const selections: readonly GradientOverride[] = [
  ...Object.entries(INPUTS).map(([kernelName, name]) =>
    gradientOf(kernelName, [name], (dy, [x], attrs) => ({
      [name]: () => {
        const places = runKernel(kernelName, { [name]: placesOf(x) }, attrs);
        return addAt(places, dy as tf.Tensor, x.shape);
      },
    }))
  ),
  gradientOf("GatherNd", ["params", "indices"], (dy, [params, indices], attrs) => ({
    params: () => {
      const places = runKernel("GatherNd", { params: placesOf(params), indices }, attrs);
      return addAt(places, dy as tf.Tensor, params.shape);
    },
    indices: zeros(indices),
  })),
  gradientOf("TopK", ["x"], (dy, [x], attrs) => ({
    x: () => {
      const { k, sorted } = attrs as unknown as tf.TopKAttrs;
      const { indices } = tf.topk(x, k, sorted);
      const last = x.shape[x.rank - 1];
      const rows = tf.range(0, x.size / last).mul(last).reshape([...x.shape.slice(0, -1), 1]);
      const [ofValues] = [dy].flat(); // the indices have none
      return addAt(tf.add(rows, tf.cast(indices, "float32")), ofValues, x.shape);
    },
  })),
  gradientOf("Diag", ["x"], (dy, [x]) => ({
    x: () => {
      const square = (dy as tf.Tensor).reshape([x.size, x.size]);
      return tf.sum(tf.mul(square, tf.eye(x.size)), 1).reshape(x.shape);
    },
  })),
  gradientOf("ScatterNd", ["indices"], (dy, [indices]) => ({
    indices: zeros(indices),
    updates: () => tf.gatherND(dy as tf.Tensor, indices),
  })),
  gradientOf("TensorScatterUpdate", ["indices", "updates"], (dy, [indices, updates]) => ({
    tensor: () => tf.tensorScatterUpdate(dy as tf.Tensor, indices, tf.zerosLike(updates)),
    indices: zeros(indices),
    updates: () => tf.gatherND(dy as tf.Tensor, indices),
  })),
  gradientOf(
    "SparseToDense",
    ["sparseIndices", "sparseValues", "defaultValue"],
    (dy, [indices, values, other]) => {
      const whole = dy as tf.Tensor;
      const places = indices.rank < 2 ? indices.reshape([-1, 1]) : indices; // [values, axes]
      const ofValues = () => tf.gatherND(whole, places);
      return {
        sparseIndices: zeros(indices),
        sparseValues: () =>
          values.rank === 0 ? tf.sum(ofValues()) : ofValues().reshape(values.shape),
        defaultValue: () => tf.sub(tf.sum(whole), tf.sum(ofValues())).reshape(other.shape),
      };
    },
  ),
  gradientOf("RotateWithOffset", ["image"], (dy, [image], attrs) => ({
    image: () => {
      const places = tf.add(placesOf(image), 1); // 0 is outside
      const moved = runKernel("RotateWithOffset", { image: places }, { ...attrs, fillValue: 0 });
      const sums = addAt(moved, dy as tf.Tensor, [image.size + 1]);
      return tf.slice(sums, [1]).reshape(image.shape);
    },
  })),
  // TensorFlow.js's fail where there is but one part.
  gradientOf("Unpack", [], (dy, _saved, attrs) => {
    const { axis } = attrs as unknown as tf.UnpackAttrs;
    return { value: () => tf.stack([dy].flat(), axis) };
  }),
  gradientOf("SplitV", [], (dy, _saved, attrs) => {
    const { axis } = attrs as unknown as tf.SplitVAttrs;
    return { x: () => tf.concat([dy].flat(), axis) };
  }),
  withoutIndices("GatherV2", "indices"),
  withoutIndices("UnsortedSegmentSum", "segmentIds"),
];

/** TensorFlow.js's gradient, for indices too, whose gradient is 0. */
function withoutIndices(kernelName: string, name: string): GradientOverride {
  return {
    kernelName,
    make: (stock) => (dy, saved, attrs) => ({
      ...stock(dy, saved, attrs),
      [name]: zeros(saved[saved.length - 1]), // TensorFlow.js saves them last
    }),
  };
}

/** The number of each place of a tensor of this shape. */
export function placesOf({ size, shape }: tf.Tensor): tf.Tensor {
  if (size > 2 ** 24) {
    throw new RangeError(
      `Cannot compute the gradient: it needs a tensor of at most ${
        2 ** 24
      } numbers, whose places ` +
        `float32 can tell apart, got ${size}; a smaller batch has fewer`,
    );
  }
  return tf.range(0, size).reshape(shape);
}

/** Adds numbers up at the places that they belong to. */
export function addAt(places: tf.Tensor, x: tf.Tensor, shape: number[]): tf.Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  const flat = tf.cast(places.reshape([-1]), "int32") as tf.Tensor1D;
  return tf.unsortedSegmentSum(x.reshape([-1]), flat, size).reshape(shape);
}
