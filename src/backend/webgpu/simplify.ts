/**
 * Leaving out commands of a captured step that no result needs.
 *
 * @module
 */

import type { Capture, Command, Role } from "./capture.ts";
import { numberOf } from "./commands.ts";

/**
 * The capture without commands that compute what an earlier one has computed, and without those whose
 * results nothing reads, such as the gradient of the labels. All other numbers stay the same.
 */
export function simplified(capture: Capture): Capture {
  return withoutUnread(withoutRepeated(capture));
}

function withoutRepeated(capture: Capture): Capture {
  const once = writtenOnce(capture.commands);
  const computed = new Map<string, Role>();
  const same = new Map<Role, Role>();
  const current = (role: Role) => same.get(role) ?? role;
  const writes = new Map<Role, number>();
  const commands: Command[] = [];
  for (const command of capture.commands) {
    const renamed = rename(command, current);
    if (renamed.kind === "dispatch" && renamed.written === 1 && once.has(renamed.roles[0])) {
      const [result, ...operands] = renamed.roles;
      const key = JSON.stringify([
        numberOf(renamed.pipeline),
        operands.map((role) => [role, writes.get(role) ?? 0]),
        [...new Int32Array(renamed.uniforms)],
        renamed.workgroups,
        capture.sizes.get(result),
      ]);
      const earlier = computed.get(key);
      if (earlier !== undefined) {
        same.set(result, earlier);
        continue;
      }
      computed.set(key, result);
    }
    for (const role of writtenBy(renamed)) writes.set(role, (writes.get(role) ?? 0) + 1);
    commands.push(renamed);
  }
  const ends = (map: ReadonlyMap<Role, Role>) =>
    new Map([...map].map(([role, end]) => [role, current(end)]));
  return {
    ...capture,
    commands,
    assigned: ends(capture.assigned),
    numbers: new Map([...capture.numbers].map(([column, role]) => [column, current(role)])),
  };
}

function withoutUnread(capture: Capture): Capture {
  const read = new Set<Role>([...capture.assigned.values(), ...capture.numbers.values()]);
  const commands: Command[] = [];
  for (const command of capture.commands.toReversed()) {
    const needed = writtenBy(command).some((role) => !role.startsWith("made") || read.has(role));
    if (!needed) continue;
    for (const role of rolesOf(command)) read.add(role); // A dispatch may read what it writes, too.
    commands.unshift(command);
  }
  return { ...capture, commands };
}

/** Roles of tensors that the step makes and that one command alone writes to. */
function writtenOnce(commands: readonly Command[]): Set<Role> {
  const counts = new Map<Role, number>();
  for (const role of commands.flatMap(writtenBy)) counts.set(role, (counts.get(role) ?? 0) + 1);
  return new Set(
    [...counts].filter(([role, n]) => n === 1 && role.startsWith("made")).map(([role]) => role),
  );
}

function writtenBy(command: Command): readonly Role[] {
  return command.kind === "copy" ? [command.to] : command.roles.slice(0, command.written);
}

/** All that a command works on. */
export function rolesOf(command: Command): readonly Role[] {
  return command.kind === "copy" ? [command.from, command.to] : command.roles;
}

function rename(command: Command, current: (role: Role) => Role): Command {
  return command.kind === "copy" ? { ...command, from: current(command.from) } : {
    ...command,
    roles: command.roles.map((role, i) => i < command.written ? role : current(role)),
  };
}
