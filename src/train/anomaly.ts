/**
 * Finding where in a step the first value that is not finite comes up.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import { attach, type Attachment } from "../probe/attach.ts";
import type { ListenTarget } from "../probe/listeners.ts";
import { norm } from "../probe/statistics.ts";
import type { Batch, Tensors } from "./batch.ts";
import type { ResolvedComputed, ResolvedMeasure, ResolvedProbe } from "./measures.ts";

/** What is looked at, and how an error names it. */
interface Place {
  readonly measure: ResolvedProbe | ResolvedComputed<Tensors>;
  readonly name: string;
}

/**
 * Listens at the outputs of all layers of a model until it is released. The norm of a tensor is finite where
 * all of its numbers are: it is computed without overflow.
 */
export class AnomalyDetector {
  readonly #attachment: Attachment;
  /** In the order in which a step computes them. */
  readonly #places: readonly Place[];

  /** Attaches to the model. */
  constructor(model: tf.LayersModel) {
    this.#attachment = attach(model);
    const probes = [...this.#attachment.probes.values()];
    const listenTo = (of: ListenTarget, what: string): Place[] =>
      probes.map((probe) => {
        const name = `${what} ${probe.name}`;
        return { name, measure: { column: columnOf(name), probe, of, statistic } };
      });
    this.#places = [
      ...model.inputs.map((_, i): Place => {
        const name = model.inputs.length === 1 ? "the batch's xs" : `the batch's xs[${i}]`;
        const compute = ({ xs }: Batch<Tensors>) => statistic([xs].flat()[i]);
        return { name, measure: { column: columnOf(name), compute } };
      }),
      ...listenTo("activation", "the output of the layer"),
      ...listenTo("gradient", "the gradient at the output of the layer").reverse(),
    ];
  }

  /** What to measure in each step. */
  get measures(): readonly ResolvedMeasure<Tensors>[] {
    return this.#places.map(({ measure }) => measure);
  }

  /** The columns of that. */
  get columns(): readonly string[] {
    return this.#places.map(({ measure }) => measure.column);
  }

  /** What of a step is the first that is not finite, if anything is. */
  find(row: Readonly<Record<string, number | null>>): string | undefined {
    const wrong = this.#places.find(({ measure }) => !Number.isFinite(row[measure.column] ?? 0));
    return wrong?.name;
  }

  /** Leaves the model as it was. */
  release(): void {
    this.#attachment.detach();
  }
}

/** Whole numbers have no norm of their own. */
function statistic(x: tf.Tensor): tf.Tensor {
  return norm(x.toFloat());
}

/** A column that no record has. */
function columnOf(name: string): string {
  return `detectAnomaly: ${name}`;
}
