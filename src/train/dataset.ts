/**
 * Batches from a `tf.data.Dataset`. By its methods: the package needs nothing of `@tensorflow/tfjs-data`,
 * which may have been loaded twice.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { check, formatValue, isObject, visible } from "../validate.ts";
import type { Batch, Tensors } from "./batch.ts";
import type { Batches } from "./options.ts";

/** What is taken of a `tf.data.Dataset`. */
type Dataset = Extract<Batches, { readonly iterator: unknown }>;

/** Whether batches come from a dataset, which is not iterable itself. */
export function isDataset(batches: object): batches is Dataset {
  return "iterator" in batches && typeof batches.iterator === "function";
}

/**
 * The elements of a dataset as batches, once over. Whoever takes one disposes of its tensors: datasets
 * make new ones for each.
 *
 * @param dataset The dataset
 * @param nextStep Gives the step that the next element is for
 * @throws {TypeError} If an element is of another form; its tensors are disposed of.
 */
export async function* batchesOf<Ys extends Tensors>(
  dataset: Dataset,
  nextStep: () => number,
): AsyncGenerator<Batch<Ys>, void> {
  const iterator: unknown = await dataset.iterator();
  const iterates = isObject(iterator) && typeof iterator.next === "function";
  const name = "the dataset's iterator()";
  check(iterates, { action: "train", name, must: "give an iterator", got: iterator });
  const { next } = iterator as unknown as AsyncIterator<unknown>;
  while (true) {
    const { value, done } = await next.call(iterator);
    if (done) return;
    yield asBatch(value, nextStep()) as Batch<Ys>;
  }
}

function asBatch(element: unknown, step: number): Batch<Tensors> {
  const batch = Array.isArray(element) && element.length === 2
    ? { xs: element[0], ys: element[1] }
    : element;
  if (isObject(batch) && isTensors(batch.xs) && isTensors(batch.ys)) {
    return batch as unknown as Batch<Tensors>;
  }
  tf.dispose(element as tf.TensorContainer);
  throw new TypeError(
    `Cannot take step ${step}: an element of the dataset must be { xs, ys } or [xs, ys], of tensors, ` +
      `got ${formOf(element)}; dataset.batch(32) makes tensors, dataset.map another form`,
  );
}

function isTensors(value: unknown): value is Tensors {
  const each = [value].flat();
  return each.length > 0 && each.every((tensor) => tensor instanceof tf.Tensor);
}

/** What an element is, down to what its parts are. */
function formOf(element: unknown): string {
  if (Array.isArray(element)) return `[${listed(element.map(kindOf))}]`;
  if (element instanceof tf.Tensor || !isObject(element)) return kindOf(element);
  const parts = Object.entries(element).map(([name, value]) =>
    `${visible(name, 20)}: ${kindOf(value)}`
  );
  return `{ ${listed(parts)} }`;
}

/** The first few. */
function listed(parts: readonly string[]): string {
  return [...parts.slice(0, MOST_PARTS), ...parts.length > MOST_PARTS ? ["…"] : []].join(", ");
}

const MOST_PARTS = 4;

function kindOf(value: unknown): string {
  return value instanceof tf.Tensor ? "a tensor" : formatValue(value);
}
