/**
 * TensorFlow.js's operations that have gradients, by kind, and where their derivatives are taken.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { Numbers, Operation } from "./derivatives.ts";

type Unary = (x: tf.Tensor) => tf.Tensor;
type Binary = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

const numbers = (shape: readonly number[], values: readonly number[]): Numbers => ({
  shape,
  values,
});

const X = numbers([2, 3], [0.31, -0.72, 1.13, 0.54, 0.97, -0.41]);
const POSITIVE = numbers([2, 3], [0.31, 0.72, 1.13, 0.54, 0.97, 0.41]);
const SMALL = numbers([2, 3], [0.16, -0.36, 0.57, 0.27, 0.48, -0.21]);
const LARGE = numbers([2, 3], [1.81, 2.22, 2.63, 2.04, 2.47, 1.91]);
const Y = numbers([2, 3], [0.83, 0.62, 1.27, 1.44, 0.35, 0.76]);
const ROW = numbers([3], [0.5, 1.5, 0.7]);
const COLUMN = numbers([2, 1], [0.6, 1.2]);
const SCALAR = numbers([], [0.8]);

const counted = (shape: readonly number[], scale = 0.1) =>
  numbers(shape, Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i * scale));

const image = (x: tf.Tensor) => x.reshape([1, 2, 3, 1]) as tf.Tensor4D;
const volume = (x: tf.Tensor) => x.reshape([1, 1, 2, 3, 1]) as tf.Tensor5D;
const indices = (values: number[]) => tf.tensor1d(values, "int32");
const crop = (image: tf.Tensor4D, boxes: tf.Tensor2D, method: "bilinear" | "nearest") =>
  tf.image.cropAndResize(image, boxes, indices([0, 0]), [3, 4], method, 0.5);

/** Operations of one tensor, by where their derivatives are taken. */
function unary(
  at: Numbers,
  operations: Readonly<Record<string, Unary>>,
): Record<string, Operation> {
  return Object.fromEntries(
    Object.entries(operations).map(([name, of]) => [name, { of: (x) => of(x), at: [at] }]),
  );
}

/** Operations of two tensors, with each of the second's shapes, and the other way around. */
function broadcast(operations: Readonly<Record<string, Binary>>): Record<string, Operation> {
  const others = { "one of its shape": Y, "a row": ROW, "a column": COLUMN, "a scalar": SCALAR };
  return Object.fromEntries(
    Object.entries(operations).flatMap(([name, of]) =>
      Object.entries(others).flatMap(([what, other]): [string, Operation][] => [
        [`${name} of a matrix and ${what}`, { of: (a, b) => of(a, b), at: [POSITIVE, other] }],
        [`${name} of ${what} and a matrix`, { of: (a, b) => of(b, a), at: [POSITIVE, other] }],
      ])
    ),
  );
}

const { abs, asinh, atan, ceil, cos, cosh, elu, erf, exp, expm1, floor, leakyRelu, logSigmoid } =
  tf;
const { neg, relu, relu6, round, selu, sigmoid, sign, sin, sinh, softplus, square, tan, tanh } = tf;
const { acos, asin, atanh, acosh, log, log1p, reciprocal, rsqrt, sqrt } = tf;
const { add, sub, mul, div, divNoNan, maximum, minimum, squaredDifference, atan2, pow, mod } = tf;

const condition = () => tf.tensor2d([[1, 0, 1], [0, 1, 0]], undefined, "bool");
const oneHot = () => tf.tensor2d([[0, 1, 0], [1, 0, 0]]);
const binary = () => tf.tensor2d([[0, 1, 1], [1, 0, 1]]);

/** The operations, by kind. */
export const OPERATIONS: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  "operations on each number": {
    ...unary(X, {
      abs,
      asinh,
      atan,
      ceil,
      cos,
      cosh,
      elu,
      erf,
      exp,
      expm1,
      floor,
      logSigmoid,
      neg,
      relu,
      relu6,
      round,
      selu,
      sigmoid,
      sign,
      sin,
      sinh,
      softplus,
      square,
      tan,
      tanh,
      leakyRelu: (x) => leakyRelu(x),
      clipByValue: (x) => tf.clipByValue(x, -0.5, 0.9),
      cast: (x) => tf.cast(x, "float32"),
      clone: (x) => tf.clone(x),
      "dropout of none": (x) => tf.dropout(x, 0),
    }),
    ...unary(SMALL, { acos, asin, atanh }),
    ...unary(LARGE, { acosh }),
    ...unary(POSITIVE, { log, log1p, reciprocal, rsqrt, sqrt }),
  },
  "operations on two tensors": {
    ...broadcast({
      add,
      sub,
      mul,
      div,
      divNoNan,
      maximum,
      minimum,
      squaredDifference,
      atan2,
      pow,
      mod,
      prelu: tf.prelu,
    }),
    "addN of twelve tensors": { of: (a, b) => tf.addN(Array(6).fill([a, b]).flat()), at: [X, Y] },
    where: { of: (a, b) => tf.where(condition(), a, b), at: [X, Y] },
    "where a row's condition holds": {
      of: (a, b) => tf.where(tf.tensor1d([1, 0, 1], "bool"), a, b),
      at: [X, ROW],
    },
    "where, and a scalar": { of: (a, b) => tf.where(condition(), a, b), at: [X, SCALAR] },
  },
  reductions: unary(X, {
    sum: (x) => tf.sum(x),
    mean: (x) => tf.mean(x),
    "mean of columns": (x) => tf.mean(x, 0, true),
    max: (x) => tf.max(x),
    "max of rows": (x) => tf.max(x, 1),
    "max of columns": (x) => tf.max(x, 0, true),
    min: (x) => tf.min(x),
    "min of rows": (x) => tf.min(x, 1),
    prod: (x) => tf.prod(x),
    "prod of rows": (x) => tf.prod(x, 1),
    "prod of columns": (x) => tf.prod(x, 0, true),
    logSumExp: (x) => tf.logSumExp(x),
    "logSumExp of rows": (x) => tf.logSumExp(x, 1),
    variance: (x) => tf.moments(x, 0).variance,
    norm: (x) => tf.norm(x),
    "norm of rows": (x) => tf.norm(x, 2, 1),
    "sum of absolute values": (x) => tf.norm(x, 1),
    softmax: (x) => tf.softmax(x),
    "softmax of rank 3": (x) => tf.softmax(x.reshape([1, 2, 3])),
    logSoftmax: (x) => tf.logSoftmax(x),
    "top 2": (x) => tf.topk(x, 2).values,
    unsortedSegmentSum: (x) => tf.unsortedSegmentSum(x, indices([1, 1]), 3),
  }),
  "cumulative sums and products": {
    ...unary(X, {
      cumsum: (x) => tf.cumsum(x),
      "exclusive cumsum": (x) => tf.cumsum(x, 0, true),
      "reverse cumsum": (x) => tf.cumsum(x, 1, false, true),
      "exclusive reverse cumsum": (x) => tf.cumsum(x, 1, true, true),
      cumprod: (x) => tf.cumprod(x),
      "exclusive cumprod": (x) => tf.cumprod(x, 1, true),
      "reverse cumprod": (x) => tf.cumprod(x, 1, false, true),
      "exclusive reverse cumprod": (x) => tf.cumprod(x, 1, true, true),
    }),
    ...unary(numbers([2, 3], [0, 0.5, 0.7, 0, 0, 0.3]), {
      "cumprod of zeros": (x) => tf.cumprod(x, 1),
    }),
  },
  products: {
    "matMul with the second transposed": {
      of: (a, b) => tf.matMul(a, b, false, true),
      at: [X, Y],
    },
    "matMul with the first transposed": { of: (a, b) => tf.matMul(a, b, true), at: [X, Y] },
    "matMul of one matrix by several": {
      of: (a, b) => tf.matMul(a.reshape([1, 2, 3]), b),
      at: [X, counted([2, 3, 2])],
    },
    dot: { of: (a, b) => tf.dot(a, b), at: [ROW, numbers([3], [0.2, -0.4, 0.9])] },
    "einsum of matrices": { of: (a, b) => tf.einsum("ij,kj->ik", a, b), at: [X, Y] },
    "einsum with a batch": {
      of: (a, b) => tf.einsum("bij,bjk->bki", a.reshape([2, 1, 3]), b),
      at: [X, counted([2, 3, 2])],
    },
    "einsum that sums one's axis": { of: (a, b) => tf.einsum("ij,k->k", a, b), at: [X, ROW] },
    "einsum of one": { of: (a) => tf.einsum("ij->j", a), at: [X] },
    "Gram-Schmidt": {
      of: (a) => tf.linalg.gramSchmidt(a as tf.Tensor2D) as tf.Tensor,
      at: [numbers([2, 2], [1, 2, 3, 4])],
    },
  },
  "operations on shapes and places": {
    ...unary(X, {
      reverse: (x) => tf.reverse(x),
      "reverse of rows": (x) => tf.reverse(x, 1),
      transpose: (x) => tf.transpose(x),
      unstack: (x) => tf.unstack(x)[1],
      split: (x) => tf.split(x, 3, 1)[1],
      slice: (x) => tf.slice(x, [0, 1], [2, 2]),
      stridedSlice: (x) => tf.stridedSlice(x, [0, 0], [2, 3], [1, 2]),
      pad: (x) => tf.pad(x, [[1, 0], [0, 2]]),
      "reflecting mirrorPad": (x) => tf.mirrorPad(x, [[1, 0], [0, 2]], "reflect"),
      "symmetric mirrorPad": (x) => tf.mirrorPad(x, [[1, 0], [0, 2]], "symmetric"),
      tile: (x) => tf.tile(x, [2, 3]),
      broadcastTo: (x) => tf.broadcastTo(x, [2, 2, 3]),
      gather: (x) => tf.gather(x, indices([1, 0, 1])),
      "gather of columns": (x) => tf.gather(x, indices([2, 0, 2]), 1),
      "gather by a matrix": (x) => tf.gather(x, tf.tensor2d([[1, 0], [1, 1]], undefined, "int32")),
      gatherND: (x) => tf.gatherND(x, tf.tensor2d([[1, 2], [0, 0], [1, 2]], undefined, "int32")),
      diag: (x) => tf.diag(x),
      scatterND: (x) => tf.scatterND(tf.tensor2d([[2], [0]], undefined, "int32"), x, [4, 3]),
      "scatterND to one place": (x) =>
        tf.scatterND(tf.tensor2d([[1], [1]], undefined, "int32"), x, [2, 3]),
      "sparseToDense of one number": (x) =>
        tf.sparseToDense(tf.tensor2d([[0, 1], [1, 0]], undefined, "int32"), tf.sum(x), [2, 2]),
      expandDims: (x) => tf.expandDims(x, 1),
      squeeze: (x) => tf.squeeze(tf.expandDims(x, 0)),
      spaceToBatchND: (x) => tf.spaceToBatchND(image(x), [2, 1], [[0, 0], [0, 0]]),
      batchToSpaceND: (x) => tf.batchToSpaceND(x.reshape([2, 1, 3, 1]), [2, 1], [[0, 0], [0, 0]]),
    }),
    tensorScatterUpdate: {
      of: (x, row) =>
        tf.tensorScatterUpdate(x, tf.tensor2d([[1]], undefined, "int32"), row.expandDims(0)),
      at: [X, ROW],
    },
    sparseToDense: {
      of: (values, other) => tf.sparseToDense(indices([3, 0, 1]), values, [5], other as tf.Scalar),
      at: [ROW, SCALAR],
    },
    concat: { of: (a, b) => tf.concat([a, b], 1), at: [X, Y] },
    stack: { of: (a, b) => tf.stack([a, b]), at: [X, Y] },
    depthToSpace: {
      of: (x) => tf.depthToSpace(x as tf.Tensor4D, 2),
      at: [counted([1, 1, 2, 8])],
    },
  },
  "operations on images": {
    ...unary(X, {
      flipLeftRight: (x) => tf.image.flipLeftRight(image(x)),
      resizeBilinear: (x) => tf.image.resizeBilinear(image(x), [4, 5]),
      "resizeBilinear to fewer": (x) => tf.image.resizeBilinear(image(x), [2, 2]),
      "resizeBilinear with aligned corners": (x) => tf.image.resizeBilinear(image(x), [4, 5], true),
      "resizeBilinear with half-pixel centers": (x) =>
        tf.image.resizeBilinear(image(x), [4, 5], false, true),
      resizeNearestNeighbor: (x) => tf.image.resizeNearestNeighbor(image(x), [4, 6]),
      "resizeNearestNeighbor with aligned corners": (x) =>
        tf.image.resizeNearestNeighbor(image(x), [3, 5], true),
      "resizeNearestNeighbor with half-pixel centers": (x) =>
        tf.image.resizeNearestNeighbor(image(x), [5, 7], false, true),
      rotateWithOffset: (x) => tf.image.rotateWithOffset(image(x), 1.3, 0.5, 0.3),
      "cropAndResize of the nearest": (x) =>
        crop(image(x), tf.tensor2d([[0, 0, 0.8, 0.9], [-0.3, 0.1, 1, 0.7]]), "nearest"),
      "cropAndResize to one pixel": (x) =>
        tf.image.cropAndResize(image(x), tf.tensor2d([[0.1, 0.2, 0.7, 0.9]]), indices([0]), [1, 1]),
    }),
    cropAndResize: {
      of: (x, boxes) => crop(image(x), boxes as tf.Tensor2D, "bilinear"),
      at: [X, numbers([2, 4], [0.1, 0.05, 0.83, 0.91, -0.27, 0.13, 0.94, 0.72])],
    },
  },
  "convolutions and pooling": {
    conv1d: {
      of: (x, w) => tf.conv1d(x.reshape([1, 3, 2]) as tf.Tensor3D, w as tf.Tensor3D, 1, "same"),
      at: [X, counted([2, 2, 1])],
    },
    conv2d: {
      of: (x, w) => tf.conv2d(image(x), w as tf.Tensor4D, 1, "same"),
      at: [X, counted([2, 2, 1, 2])],
    },
    "dilated conv2d": {
      of: (x, w) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, "same", "NHWC", [2, 2]),
      at: [counted([1, 4, 5, 1]), counted([2, 2, 1, 2])],
    },
    "strided conv2d": {
      of: (x, w) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 2, "same"),
      at: [counted([1, 4, 5, 1]), counted([3, 2, 1, 2])],
    },
    conv2dTranspose: {
      of: (x, w) => tf.conv2dTranspose(image(x), w as tf.Tensor4D, [1, 4, 6, 2], 2, "same"),
      at: [X, counted([2, 2, 2, 1])],
    },
    depthwiseConv2d: {
      of: (x, w) => tf.depthwiseConv2d(image(x), w as tf.Tensor4D, 1, "same"),
      at: [X, counted([2, 2, 1, 2])],
    },
    separableConv2d: {
      of: (x, depth, point) =>
        tf.separableConv2d(image(x), depth as tf.Tensor4D, point as tf.Tensor4D, 1, "same"),
      at: [X, counted([2, 2, 1, 1]), numbers([1, 1, 1, 2], [0.3, -0.2])],
    },
    conv3d: {
      of: (x, w) => tf.conv3d(volume(x), w as tf.Tensor5D, 1, "same"),
      at: [X, counted([2, 2, 2, 1, 1])],
    },
    conv3dTranspose: {
      of: (x, w) => tf.conv3dTranspose(volume(x), w as tf.Tensor5D, [1, 1, 2, 3, 1], 1, "same"),
      at: [X, counted([2, 2, 2, 1, 1])],
    },
    ...unary(X, {
      maxPool: (x) => tf.maxPool(image(x), 2, 1, "same"),
      avgPool: (x) => tf.avgPool(image(x), 2, 1, "same"),
      maxPool3d: (x) => tf.maxPool3d(volume(x), 2, 1, "same"),
      avgPool3d: (x) => tf.avgPool3d(volume(x), 2, 1, "same"),
    }),
  },
  "losses and normalization": {
    huberLoss: { of: (a, b) => tf.losses.huberLoss(a, b), at: [X, Y] },
    meanSquaredError: { of: (a, b) => tf.losses.meanSquaredError(a, b), at: [X, Y] },
    absoluteDifference: { of: (a, b) => tf.losses.absoluteDifference(a, b), at: [X, Y] },
    cosineDistance: { of: (a, b) => tf.losses.cosineDistance(a, b, 1), at: [X, Y] },
    hingeLoss: { of: (x) => tf.losses.hingeLoss(binary(), x), at: [X] },
    logLoss: { of: (x) => tf.losses.logLoss(binary(), tf.mul(x, 0.5)), at: [Y] },
    sigmoidCrossEntropy: { of: (x) => tf.losses.sigmoidCrossEntropy(binary(), x), at: [X] },
    softmaxCrossEntropy: { of: (x) => tf.losses.softmaxCrossEntropy(oneHot(), x), at: [X] },
    "softmaxCrossEntropy of labels that don't sum to 1": {
      of: (labels, x) => tf.losses.softmaxCrossEntropy(labels, x),
      at: [Y, X],
    },
    batchNorm: {
      of: (x, mean, variance, offset, scale) =>
        tf.batchNorm(
          x,
          mean as tf.Tensor1D,
          variance as tf.Tensor1D,
          offset as tf.Tensor1D,
          scale as tf.Tensor1D,
        ),
      at: [X, ROW, ROW, ROW, ROW],
    },
    "batchNorm without a scale": {
      of: (x, mean, variance, offset) =>
        tf.batchNorm(x, mean as tf.Tensor1D, variance as tf.Tensor1D, offset as tf.Tensor1D),
      at: [X, ROW, ROW, ROW],
    },
    "batchNorm without scale and offset": {
      of: (x, mean, variance) => tf.batchNorm(x, mean as tf.Tensor1D, variance as tf.Tensor1D),
      at: [X, ROW, ROW],
    },
  },
};
