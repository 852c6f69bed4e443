/**
 * Functions around the `call` of single layers, whatever the class, until they are taken away.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import type { Call } from "./replace_method.ts";

type Layer = tf.layers.Layer;

/** Runs in a layer's call. `next` does what the layer would do without it. */
export type Interceptor = (
  inputs: Parameters<Call>[0],
  kwargs: Parameters<Call>[1],
  next: Call,
) => ReturnType<Call>;

/** Under which a call in place of a layer's own has what is around that. */
const INTERCEPTED = Symbol.for("@residual/connection: what is around a layer's call");

/** A call, and what is around a layer's own if it is in place of that, by this or another copy of the package. */
type Interceptable = Call & {
  readonly [INTERCEPTED]?: {
    readonly interceptors: Set<Interceptor>;
    /** Puts the layer's own back. */
    restore(): void;
  };
};

/**
 * Puts a function around a layer's call; one that came later is around those before. The layer's own call is
 * back in place when the last one is taken away, in any order.
 *
 * @returns What takes it away.
 */
export function interceptCall(layer: Layer, interceptor: Interceptor): () => void {
  const find = () => (layer.call as Interceptable)[INTERCEPTED];
  if (find() === undefined) install(layer);
  const { interceptors, restore } = find()!;
  const own: Interceptor = (inputs, kwargs, next) => interceptor(inputs, kwargs, next);
  interceptors.add(own);
  return () => {
    interceptors.delete(own);
    const isInPlace = find()?.interceptors === interceptors; // somebody may have put another there
    if (interceptors.size === 0 && isInPlace) restore();
  };
}

function install(layer: Layer): void {
  const interceptors = new Set<Interceptor>();
  const own = Object.getOwnPropertyDescriptor(layer, "call");
  const stock = layer.call;
  const restore = () => {
    if (own === undefined) delete (layer as Partial<Layer>).call;
    else Object.defineProperty(layer, "call", own);
  };
  const call: Call = (inputs, kwargs) => {
    const whole = [...interceptors].reduce<Call>(
      (next, interceptor) => (inputs, kwargs) => interceptor(inputs, kwargs, next),
      (inputs, kwargs) => stock.call(layer, inputs, kwargs),
    );
    return whole(inputs, kwargs);
  };
  Object.defineProperty(layer, "call", {
    value: Object.assign(call, { [INTERCEPTED]: { interceptors, restore } }),
    configurable: true,
    writable: true,
    enumerable: false,
  });
}
