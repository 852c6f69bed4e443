/**
 * A package as JSR has it: which version, and its files by checksum.
 *
 * @module
 */

/** A version of a package, as the registry describes it. */
export interface Original {
  /** The version. */
  readonly version: string;
  /** The address of what is exported under the name. */
  readonly module: string;
  /** The files that were fetched: their paths and SHA-256, which are those of the registry's list. */
  readonly checksums: ReadonlyMap<string, string>;
}

/** The part of a version's description that is read. */
interface Description {
  readonly manifest: Readonly<Record<string, { readonly checksum: string }>>;
  readonly exports: Readonly<Record<string, string>>;
}

/** Where to look, and for what. */
export interface Wanted {
  /** The registry's address. */
  readonly registry: string;
  /** What is exported: `.` or `./name`. */
  readonly exported: string;
}

/**
 * Fetches the newest version 1 of a package, and checks every module of it against the registry's
 * list of checksums.
 *
 * @throws {Error} If the registry cannot be reached, or a file is not the one that it lists.
 */
export async function fetchPackage(
  name: string,
  { registry, exported }: Wanted,
): Promise<Original> {
  const at = new URL(`${name}/`, registry);
  const { versions } = await json<{ versions: Record<string, { readonly yanked?: boolean }> }>(
    new URL("meta.json", at),
  );
  const version = newest(Object.keys(versions).filter((each) => !versions[each].yanked));
  if (version === undefined) {
    throw new Error(`Cannot find ${name}: JSR must have a version 1 of it, got none`);
  }
  const { manifest, exports } = await json<Description>(new URL(`${version}_meta.json`, at));
  const checksums = new Map<string, string>();
  for (const [path, { checksum }] of Object.entries(manifest)) {
    if (!path.endsWith(".ts")) continue;
    const response = await get(new URL(`${version}${path}`, at));
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await response.bytes()));
    const got = `sha256-${digest.toHex()}`;
    if (got !== checksum) {
      throw new Error(`Cannot trust ${name}@${version}${path}: it must be ${checksum}, got ${got}`);
    }
    checksums.set(path, got);
  }
  return { version, module: new URL(`${version}/${exports[exported]}`, at).href, checksums };
}

/** The newest of versions 1.x.y, as `^1.0.0` allows them. */
export function newest(versions: readonly string[]): string | undefined {
  const order = new Intl.Collator("en", { numeric: true });
  return versions.filter((version) => /^1\.\d+\.\d+$/.test(version)).sort(order.compare).at(-1);
}

async function json<T>(url: URL): Promise<T> {
  return await (await get(url)).json();
}

async function get(url: URL): Promise<Response> {
  const response = await fetch(url).catch((cause) => {
    throw new Error(
      `Cannot reach JSR at ${url.origin}: compare where it can be reached; ` +
        "the tests run without it",
      { cause },
    );
  });
  if (response.ok) return response;
  await response.body?.cancel();
  throw new Error(`Cannot fetch ${url}: it must answer 200, got ${response.status}`);
}
