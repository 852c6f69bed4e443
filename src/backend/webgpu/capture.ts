/**
 * Recording the device commands of one training step, so that they can run again.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import {
  type CommandListener,
  type Commands,
  commandsOf,
  type Dispatch,
  numberOf,
} from "./commands.ts";
import { type DataId, type Internals, internals } from "./internals.ts";

/** What a step gives. */
export interface StepResult {
  /** Its numbers by column. */
  readonly scalars: ReadonlyMap<string, tf.Scalar>;
  /** Why it cannot run again from its commands alone, if that is known, in words behind "because". */
  readonly reason?: string;
}

/** A step, and what it takes. */
export interface StepCall {
  /** The batch's tensors: their values differ from step to step, their shapes do not. */
  readonly inputs: readonly tf.Tensor[];
  /** Runs the step as TensorFlow.js does. */
  readonly step: () => StepResult;
}

/**
 * What a command works on: the batch's tensor i, a variable, a tensor that was made before the step, or
 * the nth that the step made.
 */
export type Role = `${"input" | "outside" | "made"} ${number}` | `variable ${string}`;

/** A command of the step, with roles in the place of data. */
export type Command =
  | Omit<Dispatch, "bindings"> & { readonly kind: "dispatch"; readonly roles: readonly Role[] }
  | { readonly kind: "copy"; readonly from: Role; readonly to: Role };

/** The commands of one step. */
export interface Capture {
  readonly commands: readonly Command[];
  /** What the host gives to the device, the same in every step. */
  readonly constants: ReadonlyMap<Role, tf.TypedArray>;
  /** Bytes of each of the tensors that the step made. */
  readonly sizes: ReadonlyMap<Role, number>;
  /** The variables that the step reads or changes, by role. */
  readonly variables: ReadonlyMap<Role, tf.Variable>;
  /** Tensors from before the step that are neither variables nor the batch's. */
  readonly outside: ReadonlyMap<Role, DataId>;
  /** Where the new value of a variable is at the step's end, unless it was changed in place. */
  readonly assigned: ReadonlyMap<Role, Role>;
  /** Where the step's numbers are. */
  readonly numbers: ReadonlyMap<string, Role>;
  /** Why the step cannot run again from its commands alone, in words behind "because". */
  readonly reason?: string;
}

/**
 * Runs a step and records its commands. The step is done as any other.
 *
 * @param backend The WebGPU backend in use.
 */
export function capture(
  backend: tf.KernelBackend,
  { inputs, step }: StepCall,
): { readonly result: StepResult; readonly capture: Capture } {
  const commands = commandsOf(backend);
  const recorder = new Recorder(internals(backend), inputs);
  const before = tf.memory().numTensors;
  const result = listen(commands, recorder, () => {
    const result = step();
    if (result.reason !== undefined) recorder.other(result.reason);
    recorder.finish(result.scalars, { kept: tf.memory().numTensors - before });
    return result;
  });
  return { result, capture: recorder.capture() };
}

function listen<T>(commands: Commands, listener: CommandListener, act: () => T): T {
  commands.listener = listener;
  try {
    return act();
  } finally {
    commands.listener = undefined;
  }
}

/** What differs between two captures of a step, in words behind "because"; nothing if they are equal. */
export function difference(one: Capture, other: Capture): string | undefined {
  if (one.reason ?? other.reason) return one.reason ?? other.reason;
  if (text(one.commands) !== text(other.commands)) {
    return one.commands.length === other.commands.length
      ? "its commands' shapes or settings change from step to step"
      : `it takes ${one.commands.length} commands in one step and ${other.commands.length} in another`;
  }
  if (![...one.outside].every(([role, id]) => other.outside.get(role) === id)) {
    return "it uses another tensor from outside in each step";
  }
  const same = one.constants.size === other.constants.size &&
    [...one.constants].every(([role, values]) => equal(values, other.constants.get(role)));
  if (!same) {
    return "it makes other numbers on the host in each step, as dropout does";
  }
  const ends = ({ assigned, numbers, variables }: Capture) =>
    JSON.stringify([[...assigned], [...numbers], [...variables.keys()]]);
  return ends(one) === ends(other) ? undefined : "it changes other variables from step to step";
}

/** All that must be equal for commands to be the same; pipelines by their number. */
function text(commands: readonly Command[]): string {
  return commands.map((command) =>
    command.kind === "copy" ? `${command.from} to ${command.to}` : [
      numberOf(command.pipeline),
      command.roles,
      new Int32Array(command.uniforms),
      command.workgroups,
    ]
      .join(";")
  ).join("\n");
}

function equal(values: tf.TypedArray, others: tf.TypedArray | undefined): boolean {
  if (others === undefined || values.length !== others.length) return false;
  return values.every((value, i) => Object.is(value, others[i]));
}

class Recorder implements CommandListener {
  readonly #backend: Internals;
  readonly #roles = new Map<DataId, Role>();
  readonly #before: ReadonlyMap<Role, tf.Variable>;
  readonly #made = new Map<Role, DataId>();
  readonly #commands: Command[] = [];
  readonly #constants = new Map<Role, tf.TypedArray>();
  readonly #sizes = new Map<Role, number>();
  readonly #outside = new Map<Role, DataId>();
  readonly #assigned = new Map<Role, Role>();
  readonly #variables = new Map<Role, tf.Variable>();
  #numbers: ReadonlyMap<string, Role> = new Map();
  #reason: string | undefined;

  constructor(backend: Internals, inputs: readonly tf.Tensor[]) {
    this.#backend = backend;
    this.#before = registered();
    for (const [role, { dataId }] of this.#before) this.#roles.set(dataId as DataId, role);
    inputs.forEach(({ dataId }, i) => this.#roles.set(dataId as DataId, `input ${i}`));
  }

  created(id: DataId): void {
    const role: Role = `made ${this.#made.size}`;
    this.#roles.set(id, role);
    this.#made.set(role, id);
  }

  dispatch({ bindings, ...command }: Dispatch): void {
    const roles = bindings.map((id) => this.#use(id));
    for (const role of roles.slice(0, command.written)) this.#write(role);
    this.#commands.push({ kind: "dispatch", ...command, roles });
  }

  copy(from: DataId, to: DataId): void {
    const roles = [this.#use(from), this.#use(to)] as const;
    this.#write(roles[1]);
    this.#commands.push({ kind: "copy", from: roles[0], to: roles[1] });
  }

  upload(id: DataId, values: tf.backend_util.BackendValues): void {
    const role = this.#roleOf(id);
    if (!role.startsWith("made")) return; // brought to the device once, and there from then on
    const { dtype } = this.#backend.tensorMap.get(id);
    const numbers = values as tf.TypedArray;
    const whole = dtype === "int32" || dtype === "bool";
    this.#constants.set(role, whole ? Int32Array.from(numbers) : Float32Array.from(numbers));
  }

  read(ids: readonly DataId[], where: "host" | "device"): void {
    for (const role of ids.map((id) => this.#roleOf(id))) {
      if (role.startsWith("input")) this.other("it reads the batch");
      else if (role.startsWith("variable")) this.other("it reads a weight or another variable");
      else if (where === "device") this.other("it reads numbers back from the device");
    }
  }

  other(what: string): void {
    this.#reason ??= what;
  }

  /** Called in the step's end, while commands are still heard. */
  finish(numbers: ReadonlyMap<string, tf.Scalar>, { kept }: { readonly kept: number }): void {
    const after = registered();
    for (const [role, variable] of after) {
      if (this.#before.get(role) !== variable) this.other("it makes variables");
      const now = this.#roleOf(variable.dataId as DataId);
      if (now === role) continue;
      if (!now.startsWith("made")) this.other("it gives a variable the data of another tensor");
      this.#backend.uploadToGPU(variable.dataId as DataId);
      this.#variables.set(role, variable);
      this.#assigned.set(role, this.#use(variable.dataId as DataId));
    }
    if (after.size !== this.#before.size) this.other("it makes variables, or disposes of some");
    const scalars = [...numbers].map(([column, { dataId }]) => {
      this.#backend.uploadToGPU(dataId as DataId);
      return [column, this.#use(dataId as DataId)] as const;
    });
    this.#numbers = new Map(scalars);
    if (kept !== numbers.size) this.other("it keeps tensors, or disposes of some from before it");
    const ends = new Set<Role>([...this.#numbers.values(), ...this.#assigned.values()]);
    for (const [role, id] of this.#made) {
      const alive = this.#backend.tensorMap.has(id) && this.#backend.tensorMap.get(id).refCount > 0;
      if (alive && !ends.has(role)) this.other("it keeps a tensor that it made");
    }
  }

  capture(): Capture {
    return {
      commands: this.#commands,
      constants: this.#constants,
      sizes: this.#sizes,
      variables: this.#variables,
      outside: this.#outside,
      assigned: this.#assigned,
      numbers: this.#numbers,
      reason: this.#reason,
    };
  }

  /** The role of data on the device, which is noted. */
  #use(id: DataId): Role {
    const role = this.#roleOf(id);
    const variable = this.#before.get(role);
    if (variable !== undefined) this.#variables.set(role, variable);
    if (role.startsWith("made")) {
      this.#sizes.set(role, (this.#backend.tensorMap.get(id).resource as GPUBuffer).size);
    }
    return role;
  }

  #write(role: Role): void {
    if (this.#constants.has(role)) this.other("it writes over numbers that the host made");
    if (role.startsWith("input") || role.startsWith("outside")) {
      this.other("it writes over a tensor from before it");
    }
  }

  #roleOf(id: DataId): Role {
    const known = this.#roles.get(id);
    if (known !== undefined) return known;
    const role: Role = `outside ${this.#outside.size}`;
    this.#roles.set(id, role);
    this.#outside.set(role, id);
    return role;
  }
}

/** All variables that TensorFlow.js knows. */
function registered(): Map<Role, tf.Variable> {
  const { registeredVariables } = tf.engine().state;
  return new Map(
    Object.entries(registeredVariables).map(([name, variable]) => [`variable ${name}`, variable]),
  );
}
