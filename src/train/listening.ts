/**
 * What probes hear in one forward and one backward pass, and what is measured of it.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { formatValue } from "../validate.ts";
import { isAttachable, type ResolvedProbe } from "./measures.ts";

/**
 * Listens at the probes of measures from when it is made until it ends.
 *
 * Where a probe hears several gradients or values, as in a layer that is used for each step of a sequence, the
 * statistic is of all of them, one batch below the other. Gradients that the loss itself computes, such as a
 * penalty on them, are not the loss's and do not count.
 */
export class Listening {
  readonly #measures: readonly ResolvedProbe[];
  readonly #stops: readonly (() => void)[];
  readonly #heard = new Map<string, tf.Tensor[]>();
  readonly #scalars = new Map<string, tf.Scalar>();

  /** Made outside of the backward pass that is listened to. */
  constructor(measures: readonly ResolvedProbe[]) {
    this.#measures = measures;
    const { state } = tf.engine();
    // Greater while the loss computes gradients of its own.
    const depth = { gradient: state.gradientDepth, activation: state.gradientDepth + 1 };
    this.#stops = measures.map((measure) =>
      measure.probe.listen((heard) => {
        const { gradientDepth } = state;
        const isOfTraining = measure.of === "gradient" || gradientDepth > depth.gradient;
        if (isOfTraining && gradientDepth <= depth[measure.of]) this.#hear(heard, measure);
      }, { of: measure.of })
    );
  }

  #hear(heard: tf.Tensor, { column, statistic }: ResolvedProbe): void {
    const all = this.#heard.get(column) ?? [];
    this.#heard.set(column, [...all, tf.keep(heard.clone())]);
    if (all.length > 0) return;
    this.#scalars.set(column, tf.keep(toScalar(column, () => statistic(heard))));
  }

  /**
   * What was measured so far, by column. Called in a `tf.tidy`, to which the scalars belong.
   *
   * @throws {RangeError} If a probe of the model heard nothing, if one heard tensors of different shapes, or if a
   * statistic is not one number.
   */
  measured(): Map<string, tf.Scalar> {
    const measured = new Map<string, tf.Scalar>();
    for (const measure of this.#measures) {
      const { column, statistic } = measure;
      const [scalar, heard = []] = [this.#scalars.get(column), this.#heard.get(column)];
      if (scalar === undefined) {
        if (isAttachable(measure.probe)) continue;
        throw nothingHeard(measure);
      }
      const all = () => toScalar(column, () => statistic(tf.concat(heard)));
      if (heard.length > 1) checkShapes(heard, measure);
      measured.set(column, heard.length === 1 ? scalar.clone() : all());
    }
    return measured;
  }

  /** Stops listening, and forgets what was heard. */
  end(): void {
    for (const stop of this.#stops) stop();
    // A tidy does not dispose of what is kept.
    tf.dispose([...this.#scalars.values(), ...[...this.#heard.values()].flat()]);
  }
}

function nothingHeard({ column, probe, of }: ResolvedProbe): RangeError {
  return new RangeError(
    `Cannot measure ${column}: ` +
      (of === "gradient"
        ? `no gradient passes the probe ${probe.name}; the loss must depend on it, and it on a trainable ` +
          "weight"
        : `no values pass the probe ${probe.name}; the model must call it in each step`),
  );
}

function checkShapes(heard: readonly tf.Tensor[], { column, of }: ResolvedProbe): void {
  const [{ shape }] = heard;
  const other = heard.find((tensor) => `${tensor.shape.slice(1)}` !== `${shape.slice(1)}`);
  if (other === undefined) return;
  throw new RangeError(
    `Cannot measure ${column}: the ${of}s that its probe sees in a step must have one shape but ` +
      `for the batch, got [${shape}] and [${other.shape}]; put a probe of its own at each place`,
  );
}

/**
 * What a statistic gives, as a float32 scalar: columns of integers are read back with the others.
 *
 * @throws {RangeError} If it is not one number.
 * @throws {TypeError} If it is not a tensor.
 */
export function toScalar(column: string, statistic: () => tf.Tensor): tf.Scalar {
  return tf.tidy(() => {
    const value: unknown = statistic();
    if (!(value instanceof tf.Tensor)) {
      throw new TypeError(
        `Cannot record ${column}: a statistic must give a tensor, got ${formatValue(value)}`,
      );
    }
    if (value.isDisposed) {
      throw new TypeError(
        `Cannot record ${column}: a statistic must give a tensor that is not disposed of`,
      );
    }
    if (value.size !== 1) {
      throw new RangeError(
        `Cannot record ${column}: a statistic must give one number, got shape [${value.shape}]`,
      );
    }
    return value.asScalar().toFloat();
  });
}
