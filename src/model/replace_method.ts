/**
 * Methods in the place of those of TensorFlow.js's layers and models.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { FromConfig } from "./descriptions.ts";

/** What a layer computes. */
export type Call = tf.layers.Layer["call"];

/** Under which a method that this package put in place has its context. */
const CONTEXT = Symbol.for("@residual/connection: context of a replaced method");

/** A method, and what it depends on if it is one of this package's. */
type Replaceable<Method, Context> = Method & { readonly [CONTEXT]?: Context };

/**
 * Puts another method in the place of one of a class of TensorFlow.js's, once, also where there are
 * several copies of this package.
 *
 * @param place The name under which the class is registered, and that of its method.
 * @param context What the method depends on, in addition to its own arguments.
 * @param make Makes the method from the one that it replaces.
 * @returns The context of the method that is in place.
 */
export function replaceMethod<Method extends (...args: never[]) => unknown, Context extends object>(
  { className, method }: { readonly className: string; readonly method: string },
  context: Context,
  make: (stock: Method) => Method,
): Context {
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  const [{ prototype }] = classNameMap[className] as unknown as [
    { readonly prototype: Record<string, Replaceable<Method, Context>> },
  ];
  const stock = prototype[method];
  const known = stock[CONTEXT];
  if (known !== undefined) return known;
  prototype[method] = Object.assign(make(stock), { [CONTEXT]: context });
  return context;
}

/**
 * Puts another function in the place of a class's `fromConfig`, once.
 *
 * @param className The name under which the class is registered.
 * @param make Makes the function from the one that it replaces.
 */
export function replaceFromConfig(
  className: string,
  make: (stock: FromConfig) => FromConfig,
): void {
  const registered = tf.serialization.SerializationMap.getMap().classNameMap[className];
  const stock = registered[1] as Replaceable<FromConfig, object>;
  if (stock[CONTEXT] !== undefined) return;
  const fromConfig = Object.assign(make(stock), { [CONTEXT]: {} });
  registered[1] = fromConfig as typeof registered[1];
  Object.assign(registered[0], { fromConfig });
}
