/** A test that reads or writes files. */
export interface FileTest {
  /** The permissions that the test needs. */
  readonly needs: readonly ("read" | "write")[];
  /** The test. */
  readonly fn: () => Promise<void>;
}

/** Registers a test; without its permissions it is left out, under a name that says so. */
export function testWith(name: string, { needs, fn }: FileTest): void {
  const missing = needs.filter((name) => Deno.permissions.querySync({ name }).state !== "granted");
  const flags = missing.map((name) => `--allow-${name}`).join(" ");
  const ignore = missing.length > 0;
  Deno.test({ name: ignore ? `${name} (left out: needs ${flags})` : name, ignore, fn });
}
