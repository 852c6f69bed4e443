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

/** Under which a call that is in place of a layer's own has the functions around that. */
const INTERCEPTORS = Symbol.for("@residual/connection: interceptors of a layer's call");

/** A call in place of a layer's own, by this or another copy of the package. */
type Intercepted = Call & { readonly [INTERCEPTORS]?: Set<Interceptor> };

/**
 * Puts a function around a layer's call; one that came later is around those before. The layer's own call is
 * back in place when the last one is taken away, in any order.
 *
 * @returns What takes it away.
 */
export function interceptCall(layer: Layer, interceptor: Interceptor): () => void {
  const interceptors = (layer.call as Intercepted)[INTERCEPTORS] ?? install(layer);
  const own: Interceptor = (inputs, kwargs, next) => interceptor(inputs, kwargs, next);
  interceptors.add(own);
  return () => {
    interceptors.delete(own);
    const inPlace = (layer.call as Intercepted)[INTERCEPTORS] === interceptors;
    if (interceptors.size === 0 && inPlace) (layer.call as Restorable)[RESTORE]();
  };
}

/** Under which such a call has what puts the layer's own back. */
const RESTORE = Symbol.for("@residual/connection: restores a layer's call");

type Restorable = Call & { readonly [RESTORE]: () => void };

function install(layer: Layer): Set<Interceptor> {
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
    value: Object.assign(call, { [INTERCEPTORS]: interceptors, [RESTORE]: restore }),
    configurable: true,
    writable: true,
    enumerable: false,
  });
  return interceptors;
}
