/**
 * Which weight each tensor of an optimizer's state belongs to. TensorFlow.js knows it by position
 * alone, and would take the momentum of one weight for another's. Pure.
 *
 * @module
 */

import { described, visible } from "../checks/described.ts";
import { ofGroup, type WeightSpec } from "./weights_form.ts";

/** Names of tensors of the state that belong to no weight. */
const OF_NO_WEIGHT: readonly string[] = ["iter", "beta1_power", "beta2_power"];

/**
 * Finds a tensor of an optimizer's state that does not belong to the weight at its position: of each
 * kind, such as `m` and `v`, there is one for each weight that is trained, in the model's order, and
 * a model's trained weights come first.
 *
 * @param specs Of the model and its optimizer, as they are saved.
 * @returns What is wrong, in words, if anything is.
 */
export function slotsProblem(specs: readonly WeightSpec[]): string | undefined {
  const [steps, ...state] = ofGroup(specs, "optimizer");
  if (steps?.name !== "iter" || steps.dtype !== "int32" || steps.shape.length > 0) {
    return `its number of steps must come first, as "iter", got ${described(steps?.name)}`;
  }
  const slots = state.filter(({ name }) => !OF_NO_WEIGHT.includes(name));
  const kinds = byKind(slots);
  const weights = ofGroup(specs, "model");
  for (const [kind, slots] of kinds) {
    const wrong = slots.findIndex((slot, i) => !belongsTo(slot, weights[i]));
    if (wrong >= 0) {
      return `its ${visible(kind)} number ${wrong} must be of ${shown(weights[wrong])}, ` +
        `got that of ${shown(slots[wrong])}`;
    }
  }
  const counts = [...kinds].map(([kind, slots]) => `${slots.length} ${visible(kind)}`);
  if (new Set([...kinds.values()].map((slots) => slots.length)).size > 1) {
    return `it must have as many of each kind, got ${counts.join(", ")}`;
  }
}

/** As `Map.groupBy` gives it, which Node has from version 21 on. */
function byKind(slots: readonly WeightSpec[]): ReadonlyMap<string, readonly WeightSpec[]> {
  const kinds = new Map<string, WeightSpec[]>();
  for (const slot of slots) {
    const kind = slot.name.slice(slot.name.lastIndexOf("/") + 1);
    kinds.set(kind, [...kinds.get(kind) ?? [], slot]);
  }
  return kinds;
}

/** A slot is called `dense/kernel/m`, or `dense/kernel_1/m` if there was a `dense/kernel` before. */
function belongsTo(slot: WeightSpec, weight: WeightSpec | undefined): boolean {
  const owner = ownerOf(slot);
  return weight !== undefined && `${weight.shape}` === `${slot.shape}` &&
    slot.dtype === "float32" &&
    (owner === weight.name || owner.replace(/_\d+$/, "") === weight.name);
}

function ownerOf({ name }: WeightSpec): string {
  return name.slice(0, name.lastIndexOf("/"));
}

function shown(spec: WeightSpec | undefined): string {
  return spec === undefined
    ? "no weight"
    : `${described(spec.name)}, [${visible(`${spec.shape}`)}]`;
}
