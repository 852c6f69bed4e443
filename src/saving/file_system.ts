/**
 * Where TensorFlow.js saves a model to, and loads it from: a folder.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import { builtin } from "../platform/files.ts";
import { check, checkObject, formatValue, visible } from "../validate.ts";
import { loadModel } from "./load.ts";
import { saveModel } from "./save.ts";

/** What goes to the folder in addition to the model. */
export interface FileSystemOptions {
  /**
   * An optimizer whose state is saved with the model, or is replaced by the one that was saved: the
   * number of steps, and moments, momenta or other averages. Its settings, such as the learning rate,
   * stay as they are.
   *
   * It must have trained this model, by {@linkcode train}, `model.fit`, or `minimize` with the model's
   * trainable weights in their order. What is saved is the state of this model's weights, by their
   * names; a weight that it has not trained, as one that was frozen, has none.
   *
   * @default {undefined} no state is saved; one that was saved is passed over
   */
  readonly optimizer?: tf.Optimizer;
  /**
   * Optimizers of their own for some weights, by the weight's name, as {@linkcode train} takes them.
   *
   * @default {} none is saved; those that were saved are passed over
   */
  readonly optimizers?: Readonly<Record<string, tf.Optimizer>>;
}

/**
 * A folder to save a `tf.LayersModel` to and to load it from, in TensorFlow.js's format: `model.json`,
 * and a file of weights that it names. Deno and Node read and write it without native add-ons; so do
 * other tools that know the format.
 *
 * - **Whole or not at all.** Saving writes the weights under a new name and then puts `model.json` in
 *   the old one's place. Whatever interrupts it, the folder has the model that it had before or the
 *   new one, and a program that loads meanwhile gets either.
 * - **Checked.** `model.json` has a checksum, and the weights' file is named after its own. A file
 *   that is damaged, cut or mixed up is refused. Folders that other tools wrote have no checksums;
 *   there, the length of the weights' files must fit their description, and weights that are rounded
 *   must give numbers. A name that stands twice in an object of `model.json` is refused in any folder.
 * - **Resumes to the bit.** With the optimizer, training resumes with the numbers of a training that
 *   was never interrupted. TensorFlow.js's own `includeOptimizer` computes Adam's powers of β
 *   anew when it loads, and rounds them differently; here they are saved.
 *
 * Saving needs permission to read and to write the folder, loading to read it; they need no other.
 * The optimizer has its state before TensorFlow.js makes the model. `tf.loadLayersModel` knows the
 * layers of this package wherever the package is imported.
 *
 * The optimizers may be any of tf.train's. For PyTorch's results take PyTorch's defaults, which differ
 * from TensorFlow.js's: `tf.train.adam(0.001, 0.9, 0.999, 1e-8)`, for ε is 1e-7 there. Two have no twin:
 * `tf.train.rmsprop` has its ε inside of the root, and `tf.train.adadelta` divides by the average of the
 * step before.
 *
 * @param path Path or `file:` URL of the folder; saving makes it.
 * @param options What goes there in addition to the model.
 * @returns What `model.save` and `tf.loadLayersModel` take.
 * @throws {TypeError} If the path is neither, or the optimizer none. Saving: if this is no layers
 * model, if an optimizer is none of tf.train's, or has trained other weights only. Loading: if
 * `model.json` is not a layers model's, or there is no state for the optimizer.
 * @throws {RangeError} Loading: if a checksum or a length does not fit.
 * @throws {Error} If a file is missing, or cannot be read or written.
 *
 * @example Training that can be interrupted
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { type Batches, fileSystem, train } from "@residual/connection";
 *
 * async function start(model: tf.LayersModel, batches: Batches) {
 *   const optimizer = tf.train.adam(3e-4, 0.9, 0.999, 1e-8);
 *   await train(model, batches, { optimizer, loss: tf.losses.meanSquaredError }).finish();
 *   await model.save(fileSystem("model", { optimizer }));
 * }
 *
 * async function resume(batches: Batches) {
 *   const optimizer = tf.train.adam(3e-4, 0.9, 0.999, 1e-8);
 *   const model = await tf.loadLayersModel(fileSystem("model", { optimizer }));
 *   await train(model, batches, { optimizer, loss: tf.losses.meanSquaredError }).finish();
 * }
 * ```
 */
export function fileSystem(
  path: string | URL,
  options: FileSystemOptions = {},
): Required<tf.io.IOHandler> {
  const folder = toFolder(path);
  checkObject(options, { action: "use the folder", name: "options" });
  const { optimizer, optimizers = {} } = options;
  if (optimizer !== undefined) checkOptimizer("optimizer", optimizer);
  checkObject(optimizers, { action: "use the folder", name: "optimizers" });
  for (const [weight, own] of Object.entries(optimizers)) {
    checkOptimizer(`the optimizer of ${visible(weight)}`, own);
  }
  const each = [...Object.values(optimizers), ...optimizer === undefined ? [] : [optimizer]];
  const twice = each.find((one, i) => each.indexOf(one) !== i);
  check(twice === undefined, {
    action: "use the folder",
    name: "each optimizer",
    must: "be that of one weight, or of all others",
    words: "one twice",
  });
  const all = { folder, optimizer, optimizers: { ...optimizers } };
  return {
    save: (artifacts) => saveModel(artifacts, all),
    load: () => loadModel(all),
  };
}

function toFolder(path: string | URL): string {
  const folder = path instanceof URL ? pathOf(path) : path;
  // A string with a scheme would be a folder called `file:`, which nobody means.
  if (typeof folder === "string" && /^(?![a-z]+:\/\/)[^\0]+$/i.test(folder)) return folder;
  throw new TypeError(
    `Cannot use the folder: it must be a path or a file: URL object, ` +
      `got ${path instanceof URL ? path : formatValue(path)}`,
  );
}

// By its methods: TensorFlow.js may have been loaded twice.
function checkOptimizer(name: string, optimizer: unknown): void {
  const { getWeights, setWeights } = Object(optimizer) as Partial<tf.Optimizer>;
  const known = typeof getWeights === "function" && typeof setWeights === "function";
  const must = "be one of TensorFlow.js's";
  check(known, { action: "use the folder", name, must, got: optimizer });
}

function pathOf(url: URL): string | undefined {
  try {
    return builtin("node:url")?.fileURLToPath(url);
  } catch {
    return undefined; // another scheme, another host, or `%2F`
  }
}
