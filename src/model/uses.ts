/**
 * The uses of a model's layers: where each is called in a forward pass, and which of these calls is running.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { innerLayers } from "./nested_layers.ts";

type Layer = tf.layers.Layer;

/** One place at which a model calls a layer. */
export interface Use {
  readonly layer: Layer;
  /** The layers around it, from the outside to the inside. */
  readonly around: readonly Layer[];
  /** Tells it from all other uses in the model. */
  readonly key: string;
}

/**
 * All uses of the layers of a model, those of nested models and of the layers inside of others included, in the
 * order of the layers; not those of the model itself and of its inputs. A layer that is called in a loop, as by
 * `timeDistributed` or for each step of a recurrent layer, has one use there.
 */
export function usesOf(model: tf.LayersModel): Use[] {
  const uses: Use[] = [];
  const visit = (container: Layer, around: readonly Layer[], key: string) => {
    for (const [position, [layer, count]] of [...calledBy(container)].entries()) {
      if (around.includes(layer)) continue; // a layer of one's own may know what is around it
      for (let call = 0; call < count; call++) {
        const own = innerKey(key, { position, call });
        uses.push({ layer, around, key: own });
        visit(layer, [...around, layer], own);
      }
    }
  };
  visit(model, [], "");
  return uses;
}

function innerKey(
  key: string,
  { position, call }: { readonly position: number; readonly call: number },
): string {
  return `${key}/${position}.${call}`;
}

/** A model that is made of calls, with a field that is private in TypeScript only. */
type Functional = tf.LayersModel & { readonly containerNodes: ReadonlySet<string> };

/** The layers that a layer or a model calls by itself, and at how many places. */
function calledBy(container: Layer): Map<Layer, number> {
  const counts = new Map<Layer, number>();
  if (!(container instanceof tf.LayersModel)) {
    for (const layer of innerLayers(container)) counts.set(layer, 1);
  } else if (container instanceof tf.Sequential) {
    for (const layer of container.layers) counts.set(layer, (counts.get(layer) ?? 0) + 1);
  } else {
    const { containerNodes } = container as Functional;
    for (const layer of container.layers) {
      const keys = layer.inboundNodes.map((_, i) => `${layer.name}_ib-${i}`);
      counts.set(layer, keys.filter((key) => containerNodes.has(key)).length);
    }
  }
  for (const layer of counts.keys()) {
    if (layer.getClassName() === "InputLayer") counts.delete(layer);
  }
  return counts;
}

/** A call that is running. */
export interface RunningCall {
  /** The use that it is of; none where the layer is called at a place that the model does not have. */
  readonly key: string | undefined;
  /**
   * Whether it is done again for another output of the same call: TensorFlow.js calls a layer of several outputs
   * once for each.
   */
  readonly repeated: boolean;
}

/** What is known of a call while it runs: the calls inside of it so far. */
interface Frame extends RunningCall {
  /** The inputs of the calls of each layer. */
  readonly calls: Map<Layer, (readonly tf.Tensor[])[]>;
  /** The layers that may be called inside, with their positions and counts. */
  readonly inside: ReadonlyMap<Layer, { readonly position: number; readonly count: number }>;
}

/** Follows the calls of a model's layers, to tell which use each one is. */
export class RunningCalls {
  readonly #model: tf.LayersModel;
  readonly #inside = new Map<Layer, Frame["inside"]>();
  readonly #running: Frame[] = [];
  #outside: Frame;
  #tape: unknown;

  /** Called once for a model whose layers stay the same. */
  constructor(model: tf.LayersModel) {
    this.#model = model;
    this.#outside = this.#frame(model, { key: "", repeated: false });
  }

  /** Runs a call of a layer. */
  run<T>(layer: Layer, inputs: readonly tf.Tensor[], run: (call: RunningCall) => T): T {
    const frame = this.#enter(layer, inputs);
    this.#running.push(frame);
    try {
      return run(frame);
    } finally {
      this.#running.pop();
    }
  }

  #enter(layer: Layer, inputs: readonly tf.Tensor[]): Frame {
    const around = this.#running.at(-1) ?? this.#outermost();
    const place = around.inside.get(layer);
    if (place === undefined || around.key === undefined) {
      return this.#frame(layer, { key: undefined, repeated: around.repeated });
    }
    const calls = around.calls.get(layer) ?? [];
    around.calls.set(layer, calls);
    const before = hasSeveralOutputs(layer)
      ? calls.findIndex((other) => other.every((x, i) => x === inputs[i]))
      : -1;
    const repeated = around.repeated || before >= 0;
    if (before < 0 && calls.length === place.count) calls.length = 0; // a loop, or the next pass
    const call = before >= 0 ? before : calls.push(inputs) - 1;
    const key = innerKey(around.key, { position: place.position, call });
    return this.#frame(layer, { key, repeated });
  }

  /** The model's own calls. Each computation of gradients has a tape of its own, and begins with the first. */
  #outermost(): Frame {
    const { activeTape } = tf.engine().state;
    if (activeTape !== this.#tape) {
      this.#tape = activeTape;
      this.#outside = this.#frame(this.#model, { key: "", repeated: false });
    }
    return this.#outside;
  }

  #frame(layer: Layer, call: RunningCall): Frame {
    let inside = this.#inside.get(layer);
    if (inside === undefined) {
      const called = [...calledBy(layer)];
      inside = new Map(called.map(([inner, count], position) => [inner, { position, count }]));
      this.#inside.set(layer, inside);
    }
    return { ...call, calls: new Map(), inside };
  }
}

function hasSeveralOutputs({ inboundNodes }: Layer): boolean {
  return inboundNodes.some(({ outputTensors }) => outputTensors.length > 1);
}
