/** A flag of `deno test`, and the permission that it grants. */
const PERMISSIONS = {
  "--allow-read": { name: "read" },
  "--allow-write": { name: "write" },
  "--allow-run": { name: "run" },
  "--allow-env=CI": { name: "env", variable: "CI" },
} as const satisfies Record<string, Deno.PermissionDescriptor>;

/** A test that needs permissions. */
export interface TestWith {
  /** The flags of `deno test` that grant them, without the `--allow-`. */
  readonly needs: readonly ("read" | "write" | "run" | "env=CI")[];
  /** The test. */
  readonly fn: () => Promise<void>;
}

/** Registers a test; without its permissions it is left out, under a name that says so. */
export function testWith(name: string, { needs, fn }: TestWith): void {
  const missing = needs.map((need) => `--allow-${need}` as const).filter((flag) =>
    Deno.permissions.querySync(PERMISSIONS[flag]).state !== "granted"
  );
  const ignore = missing.length > 0;
  Deno.test({
    name: ignore ? `${name} (left out: needs ${missing.join(" ")})` : name,
    ignore,
    fn,
  });
}
