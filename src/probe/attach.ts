/**
 * Listening at the layers of a model that was built without probes.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { interceptCall, type Interceptor } from "../model/intercept_call.ts";
import { type RunningCall, RunningCalls, usesOf } from "../model/uses.ts";
import { check, isObject } from "../validate.ts";
import { Listeners, type ListenOptions } from "./listeners.ts";
import {
  checkLayers,
  type LayerSelection,
  namesOf,
  selectLayers,
  unused,
} from "./select_layers.ts";
import type { GradientListener } from "./tap.ts";
import { isTapeOn, tapInputs } from "./tap_inputs.ts";

type Layer = tf.layers.Layer;

/** Where to listen. */
export interface AttachOptions {
  /**
   * Which layers: a name or several, a regular expression that matches the name, a class, or a function that
   * returns whether to listen at a layer.
   *
   * @default all of them, those of nested models and inside of other layers included
   */
  readonly layers?: LayerSelection;
  /** Whether to listen at what a layer gives or at what it is given. @default "output" */
  readonly at?: "output" | "input";
}

/** One place of a model at which somebody may listen while it is attached. */
export interface AttachedProbe {
  /**
   * The name of the layer; with those of the layers around it in front, as in `encoder/dense`, where several
   * layers have it. `dense#0` and `dense#1` are the uses of a layer that the model calls more than once, in the
   * order of the calls, and `add:0` and `add:1` the inputs, or the outputs, of one that has several.
   */
  readonly name: string;
  /** The layer. */
  readonly layer: tf.layers.Layer;
  /** Whether it is still attached. */
  readonly isAttached: boolean;
  /** How many listeners it has now; a running `train` adds its own only within each step. */
  readonly listenerCount: number;
  /**
   * Hands every gradient to a listener, or the values themselves, from the next forward pass on. A tensor
   * that it returns takes their place, but for gradients at inputs, which cannot be edited. Who listens
   * first hears first, and the next hears what is left.
   *
   * @returns A function that ends this, from the next forward pass on.
   * @throws {TypeError} If the listener is no function, or `of` is neither.
   * @throws {Error} If it was detached.
   */
  listen(listener: GradientListener, options?: ListenOptions): () => void;
}

/** What listens to a model until it is detached. */
export interface Attachment {
  /** The places at which it listens, by name, in the order of the layers. */
  readonly probes: ReadonlyMap<string, AttachedProbe>;
  /** For `train`: the norm of the gradient at each place, under its name; `null` where none passes. */
  readonly measures: Readonly<Record<string, { readonly probe: AttachedProbe }>>;
  /** Leaves the model as it was. A second call does nothing. */
  detach(): void;
}

/** The probes that are attached to each layer. */
const attached = new WeakMap<Layer, Set<AttachedProbe>>();

/** The probes that are attached to some layers now. */
export function probesAttachedTo(layers: readonly Layer[]): AttachedProbe[] {
  return layers.flatMap((layer) => [...attached.get(layer) ?? []]);
}

/**
 * Listens to the gradients at the layers of a model, dL/dy of each layer's output y or dL/dx of its input x,
 * however it was made and however it is trained: by `train`, `model.fit`, `fitDataset`, `trainOnBatch`, or
 * `tf.variableGrads`.
 *
 * - x and y: [batch, …], any shape; the gradient has the same
 *
 * At an input, the gradient is that through the layer alone, and of a tensor that is given to it twice the
 * sum. At an output it comes from all that uses the output. A layer that is called in a loop, as by
 * `timeDistributed`, is heard at each turn; in a measure of `train` these count as one batch. A layer inside
 * of another that a loss function calls directly is not heard.
 *
 * Values and gradients of the model stay the same to the bit, unless a listener returns others, and so does
 * what is saved of it. Several
 * attachments may be at one model, and be detached in any order; of these, the last hears values last, and
 * gradients first. Where nobody listens nothing is computed.
 *
 * @param model A built or loaded model.
 * @param options Which layers, all by default, and where, at their outputs by default.
 * @throws {TypeError} If it is no LayersModel, or an option is of another kind.
 * @throws {RangeError} If the model has no layer of a name, or none that is asked for.
 *
 * @example The norm of the gradient at each layer, step by step
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { attach, train } from "@residual/connection";
 *
 * const layers = [
 *   tf.layers.dense({ units: 8, activation: "relu", inputShape: [4], name: "hidden" }),
 *   tf.layers.dense({ units: 1, name: "output" }),
 * ];
 * const model = tf.sequential({ layers }); // or one from tf.loadLayersModel
 * const { measures, detach } = attach(model);
 * const run = train(model, [{ xs: tf.ones([2, 4]), ys: tf.ones([2, 1]) }], {
 *   optimizer: tf.train.adam(),
 *   loss: (ys, output) => tf.losses.meanSquaredError(ys, output),
 *   measures,
 * });
 * for await (const { step, hidden, output } of run) console.log(step, hidden, output);
 * detach();
 * ```
 */
export function attach(model: tf.LayersModel, options: AttachOptions = {}): Attachment {
  checkModel(model);
  const { layers, at = "output" } = checkOptions(options);
  const uses = usesOf(model);
  const names = namesOf(uses);
  const selected = selectLayers(names, { layers, model });
  const places = uses.filter(({ layer }) => selected.has(layer));
  const probes = new Map<string, Place>();
  const byUse = new Map<string, Place[]>();
  for (const { layer, key } of places) {
    const ofLayer = places.filter((use) => use.layer === layer);
    const use = ofLayer.length > 1 ? `#${ofLayer.findIndex((use) => use.key === key)}` : "";
    const count = tensorCount(layer, at);
    const own = Array.from({ length: count }, (_, i) => {
      const name = `${names.get(layer)}${use}${count > 1 ? `:${i}` : ""}`;
      return new Place(unused(name, probes), layer);
    });
    for (const place of own) probes.set(place.name, place);
    byUse.set(key, own);
  }
  const calls = new RunningCalls(model);
  const intercept = at === "output" ? atOutput : atInput;
  const around = new Set(places.flatMap(({ layer, around }) => [...around, layer]));
  const restore = [...around].map((layer) =>
    interceptCall(layer, (inputs, kwargs, next) =>
      calls.run(layer, [inputs].flat(), (call) => {
        const own = call.key === undefined ? undefined : byUse.get(call.key);
        if (own === undefined) return next(inputs, kwargs);
        return intercept(own, call)(inputs, kwargs, next);
      }))
  );
  for (const place of probes.values()) place.attach();
  return {
    probes,
    measures: Object.fromEntries([...probes].map(([name, probe]) => [name, { probe }])),
    detach: () => {
      for (const each of restore.splice(0)) each();
      for (const place of probes.values()) place.detach();
    },
  };
}

/** One place of a model. */
class Place implements AttachedProbe {
  readonly name: string;
  readonly layer: tf.layers.Layer;
  readonly listeners: Listeners = new Listeners(this);
  #isAttached = false;

  constructor(name: string, layer: Layer) {
    this.name = name;
    this.layer = layer;
  }

  get isAttached(): boolean {
    return this.#isAttached;
  }

  get listenerCount(): number {
    return this.listeners.count;
  }

  attach(): void {
    this.#isAttached = true;
    const others = attached.get(this.layer) ?? new Set();
    attached.set(this.layer, others.add(this));
  }

  detach(): void {
    this.#isAttached = false;
    attached.get(this.layer)?.delete(this);
  }

  listen(listener: GradientListener, options?: ListenOptions): () => void {
    if (!this.#isAttached) {
      throw new Error(
        `Cannot listen at ${this.name}: it must be attached, got one that was detached; attach again`,
      );
    }
    return this.listeners.add(listener, options);
  }
}

/** Taps what a layer gives. A tensor that it gives twice is tapped once, for both. */
function atOutput(places: readonly Place[], { repeated }: RunningCall): Interceptor {
  return (inputs, kwargs, next) => {
    const y = next(inputs, kwargs);
    const outputs = [y].flat();
    const tapped = new Map<tf.Tensor, tf.Tensor>();
    outputs.forEach((output, i) => {
      if (i >= places.length) return;
      const { listeners } = places[i];
      let heard = tapped.get(output) ?? output;
      if (!repeated) heard = listeners.hearActivation(heard);
      if (isTapeOn()) heard = listeners.tapGradient(heard);
      if (heard !== output) tapped.set(output, heard);
    });
    const result = outputs.map((output) => tapped.get(output) ?? output);
    return Array.isArray(y) ? result : result[0];
  };
}

/** Taps what a layer is given. */
function atInput(places: readonly Place[], { repeated }: RunningCall): Interceptor {
  return (inputs, kwargs, next) => {
    const given = [inputs].flat();
    const edited = given.map((x, i) =>
      repeated || i >= places.length ? x : places[i].listeners.hearActivation(x)
    );
    const tapped = edited.slice(0, places.length).flatMap((x, i) => {
      if (!isTapeOn()) return [];
      const { name, listeners } = places[i];
      const all = Array.from(listeners.ofGradient, (onGradient) => ({ name, x, onGradient }));
      listeners.countTaps(all.length);
      return all;
    });
    return tapInputs(tapped, () => next(Array.isArray(inputs) ? edited : edited[0], kwargs));
  };
}

/** How many tensors a layer gives or is given at a use, as far as that is known without calling it. */
function tensorCount(layer: Layer, at: "output" | "input"): number {
  const all = layer.inboundNodes.map(({ inputTensors, outputTensors }) =>
    at === "output" ? outputTensors.length : inputTensors.length
  );
  if (layer instanceof tf.LayersModel) all.push(layer[`${at}s`]?.length ?? 1);
  return Math.max(1, ...all);
}

function checkModel(model: unknown): void {
  const must = "be a LayersModel";
  check(model instanceof tf.LayersModel, {
    action: "attach to a model",
    name: "it",
    must,
    got: model,
  });
}

function checkOptions(options: unknown): AttachOptions {
  const action = "attach to a model";
  check(isObject(options), { action, name: "options", must: "be an object", got: options });
  const { layers, at } = options;
  const isKnown = at === undefined || at === "output" || at === "input";
  check(isKnown, { action, name: "at", must: 'be "output" or "input"', got: at });
  checkLayers(layers, action);
  return options;
}
