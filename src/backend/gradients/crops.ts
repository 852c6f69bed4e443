/**
 * The gradients of images that are cropped and resized.
 *
 * A crop is `R · image · Cᵀ`, where R and C say how much of each row and column of pixels is in each row
 * and column of the crop. They follow from the box, and what lies outside of the image has no share.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { gradientOf, type GradientOverride, runKernel, zeros } from "./override.ts";
import { addAt, placesOf } from "./selections.ts";

/** The inputs of the kernel. */
interface Crops {
  readonly image: tf.Tensor; // [batch, rows, columns, channels]
  readonly boxes: tf.Tensor; // [boxes, 4]
  readonly boxInd: tf.Tensor1D; // [boxes]
}

/** TensorFlow.js has none. */
export const cropAndResize: GradientOverride = gradientOf(
  "CropAndResize",
  ["image", "boxes", "boxInd"],
  (dy, [image, boxes, boxInd], attrs) => {
    const crops = { image, boxes, boxInd: boxInd as tf.Tensor1D };
    const { method, cropSize } = attrs as unknown as tf.CropAndResizeAttrs;
    const isNearest = method === "nearest";
    return {
      image: () =>
        isNearest
          ? ofNearestPixels(dy as tf.Tensor, crops, attrs)
          : ofPixels(dy as tf.Tensor, crops, cropSize),
      boxes: () => isNearest ? zeros(boxes)() : ofBoxes(dy as tf.Tensor, crops, cropSize),
      boxInd: zeros(boxInd),
    };
  },
);

/** The gradient of each pixel, which is that of the places that it was taken to. */
function ofNearestPixels(dy: tf.Tensor, { image, boxes, boxInd }: Crops, attrs: object): tf.Tensor {
  const places = tf.add(placesOf(image), 1); // 0 is outside
  const outside = { ...attrs, extrapolationValue: 0 };
  const taken = runKernel("CropAndResize", { image: places, boxes, boxInd }, outside);
  return tf.slice(addAt(taken, dy, [image.size + 1]), [1]).reshape(image.shape);
}

/** `Rᵀ · dy · C`, added up over the boxes of each image. */
function ofPixels(dy: tf.Tensor, crops: Crops, cropSize: readonly [number, number]): tf.Tensor {
  const [rows, columns] = axesOf(crops, cropSize).map(shares);
  const ofRows = tf.einsum("nxw,nyxc->nywc", columns, dy);
  const ofCrops = tf.einsum("nyh,nywc->nhwc", rows, ofRows);
  return tf.unsortedSegmentSum(ofCrops, crops.boxInd, crops.image.shape[0]);
}

/** The gradients of R and C, by how both change with the edges of the box. */
function ofBoxes(dy: tf.Tensor, crops: Crops, cropSize: readonly [number, number]): tf.Tensor {
  const [ofRows, ofColumns] = axesOf(crops, cropSize);
  const images = tf.gather(crops.image, crops.boxInd); // [boxes, rows, columns, channels]
  const cropped = tf.einsum("nyh,nhwc->nywc", shares(ofRows), images);
  const ofDy = tf.einsum("nxw,nyxc->nywc", shares(ofColumns), dy);
  const [top, bottom] = ofEdges(tf.einsum("nywc,nhwc->nyh", ofDy, images), ofRows);
  const [left, right] = ofEdges(tf.einsum("nyxc,nywc->nxw", dy, cropped), ofColumns);
  return tf.stack([top, left, bottom, right], 1);
}

/** The height or the width of boxes. */
interface Axis {
  /** How far each place of the crop is on its way from the first edge to the last. [count] */
  readonly steps: tf.Tensor;
  /** How far pixels lie behind the places of the crop. [boxes, count, pixels] */
  readonly offsets: tf.Tensor;
  /** 1 for the places within the image, and 0 for others. [boxes, count, 1] */
  readonly isInside: tf.Tensor;
  /** How many pixels the image has. */
  readonly size: number;
}

function axesOf({ image, boxes }: Crops, [height, width]: readonly [number, number]): Axis[] {
  const [top, left, bottom, right] = tf.unstack(boxes, 1);
  const axis = (edges: tf.Tensor[], size: number, count: number): Axis => {
    const steps = count > 1 ? tf.linspace(0, 1, count) : tf.tensor1d([0.5]);
    const [first, last] = edges.map((edge) => edge.expandDims(1));
    const at = tf.add(tf.mul(first, tf.sub(1, steps)), tf.mul(last, steps)).mul(size - 1)
      .expandDims(2); // [boxes, count, 1]
    const isInside = tf.logicalAnd(tf.greaterEqual(at, 0), tf.lessEqual(at, size - 1));
    return {
      steps,
      offsets: tf.sub(tf.range(0, size), at),
      isInside: tf.cast(isInside, "float32"),
      size,
    };
  };
  return [
    axis([top, bottom], image.shape[1]!, height),
    axis([left, right], image.shape[2]!, width),
  ];
}

/** How much of each pixel is in each place of a crop, by linear interpolation. [boxes, count, pixels] */
function shares({ offsets, isInside }: Axis): tf.Tensor {
  return tf.mul(tf.relu(tf.sub(1, tf.abs(offsets))), isInside);
}

/** The gradients of the first and the last edge of each box, from those of the shares. */
function ofEdges(dy: tf.Tensor, { steps, offsets, isInside, size }: Axis): tf.Tensor[] {
  const isNear = tf.cast(tf.less(tf.abs(offsets), 1), "float32");
  const ofPlaces = tf.sum(tf.mul(dy, tf.mul(tf.sign(offsets), tf.mul(isNear, isInside))), 2)
    .mul(size - 1); // [boxes, count]
  return [
    tf.sum(tf.mul(ofPlaces, tf.sub(1, steps)), 1),
    tf.sum(tf.mul(ofPlaces, steps), 1),
  ];
}
