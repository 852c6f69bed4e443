/**
 * A Sequential whose first layer is called elsewhere, too, has an input of its own, as in Keras. Importing this
 * module puts it in the place of what TensorFlow.js does, which is to take the layer's first call for the
 * Sequential's: with all that is before it in another model, and not if there are several calls.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { replaceMethod } from "./replace_method.ts";

replaceMethod<(layer: tf.layers.Layer) => void, object>(
  { className: "Sequential", method: "add" },
  {},
  (stock) =>
    function (this: tf.Sequential, layer) {
      const [call] = layer.inboundNodes;
      const isFirst = this.outputs.length === 0;
      if (isFirst && call?.inboundLayers.length === 1 && !(layer instanceof tf.LayersModel)) {
        const [{ shape, dtype }] = call.inputTensors;
        const batchInputShape = layer.batchInputShape ??= shape; // with which it is described
        const input = tf.layers.inputLayer({ batchInputShape, dtype, name: `${layer.name}_input` });
        stock.call(this, input);
        this.layers.pop(); // a Sequential has the layers that it was given
      }
      stock.call(this, layer);
    },
);
