/** Tests that need something of the machine or of the command line, and say so where it is missing. */

/** A flag of `deno test`, and the permission that it grants. */
const PERMISSIONS = {
  "--allow-read": { name: "read" },
  "--allow-write": { name: "write" },
  "--allow-run": { name: "run" },
  "--allow-env=CI": { name: "env", variable: "CI" },
} as const satisfies Record<string, Deno.PermissionDescriptor>;

/** A permission that a test needs: its flag of `deno test`, without the `--allow-`. */
export type Need = "read" | "write" | "run" | "env=CI";

/** A test and what it needs. */
export interface TestWith {
  /** The permissions. */
  readonly needs: readonly Need[];
  /** Why it is left out whatever the permissions, such as `needs a WebGPU adapter`. */
  readonly leftOut?: string;
  /** The test. */
  readonly fn: () => Promise<void>;
}

/** Registers a test; without what it needs it is left out, under a name that says so. */
export function testWith(
  name: string,
  { needs, leftOut = withoutNeeds(needs), fn }: TestWith,
): void {
  const ignore = leftOut !== undefined;
  Deno.test({ name: ignore ? `${name} (left out: ${leftOut})` : name, ignore, fn });
}

/** Why a test that needs these permissions is left out, if it is. */
function withoutNeeds(needs: readonly Need[]): string | undefined {
  const flags = [...new Set(needs)].map((need) => `--allow-${need}` as const);
  const missing = flags.filter((flag) =>
    Deno.permissions.querySync(PERMISSIONS[flag]).state !== "granted"
  );
  return missing.length === 0 ? undefined : `needs ${missing.join(" ")}`;
}
