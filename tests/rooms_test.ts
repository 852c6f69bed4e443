import { assertEquals } from "@std/assert";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { testWith } from "./support/test_with.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The rooms that each room may import from, in addition to itself and to `src/validate.ts`. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  "src/validate.ts": [],
  "src/platform": [],
  "src/record": ["src/platform"],
  "src/analysis": ["src/record"],
  "src/export": ["src/record", "src/platform"],
  "src/model": [],
  "src/layers": ["src/model"],
  "src/probe": ["src/model"],
  "src/data": ["src/platform"],
  "src/backend": ["src/model"],
  "src/optimizer": [],
  "src/saving": ["src/platform", "src/optimizer"],
  "src/train": [
    "src/platform",
    "src/record",
    "src/probe",
    "src/backend",
    "src/optimizer",
    "src/model",
  ],
  "figures": ["src/record", "src/analysis"],
  "experiments": ["@residual/connection", "src/platform", "figures"],
  "live": ["@residual/connection", "figures", "experiments"],
  "mod.ts": [
    "src/layers",
    "src/probe",
    "src/data",
    "src/backend",
    "src/saving",
    "src/record",
    "src/train",
  ],
};

testWith("imports between rooms run one way, and nothing imports tests", {
  needs: ["read"],
  fn: async () => {
    const wrong: string[] = [];
    for (const file of await sources()) {
      const from = roomOf(file)!;
      for (const specifier of importsOf(await Deno.readTextFile(join(root, file)))) {
        const to = targetRoom(file, specifier);
        if (
          to !== undefined && to !== from && to !== "src/validate.ts" && !allowed[from].includes(to)
        ) {
          wrong.push(`${file} imports ${specifier}`);
        }
      }
    }
    assertEquals(wrong, []);
  },
});

testWith("figures never import TensorFlow.js, nor anything that does", {
  needs: ["read"],
  fn: async () => {
    const seen = new Set((await sources()).filter((file) => file.startsWith("figures/")));
    const wrong: string[] = [];
    for (const file of seen) { // Files added on the way are visited too.
      for (const specifier of importsOf(await Deno.readTextFile(join(root, file)))) {
        if (specifier.startsWith("@tensorflow/")) wrong.push(`${file} imports ${specifier}`);
        if (specifier.startsWith(".")) seen.add(join(dirname(file), specifier));
      }
    }
    assertEquals(wrong, []);
  },
});

testWith("files do not import each other in a circle, not even for a type", {
  needs: ["read"],
  fn: async () => {
    const imports = new Map<string, string[]>();
    for (const file of await sources()) {
      const found = importsOf(await Deno.readTextFile(join(root, file)));
      const own = found.filter((specifier) => specifier.startsWith("."));
      imports.set(file, own.map((specifier) => join(dirname(file), specifier)));
    }
    const circles = [...imports.keys()].filter((file) => reached(file, imports).has(file));
    assertEquals(circles, []);
  },
});

/** Every file that a file imports, at once or over others. */
function reached(file: string, imports: ReadonlyMap<string, readonly string[]>): Set<string> {
  const seen = new Set(imports.get(file));
  for (const next of seen) imports.get(next)?.forEach((other) => seen.add(other));
  return seen;
}

async function sources(): Promise<string[]> {
  const files: string[] = [];
  const visit = async (folder: string) => {
    for await (const { name, isDirectory } of Deno.readDir(join(root, folder))) {
      const path = join(folder, name);
      if (isDirectory) await visit(path);
      else if (isSource(path)) files.push(path);
    }
  };
  for (const folder of ["src", "figures", "experiments", "live"]) await visit(folder);
  return [...files, "mod.ts"];
}

/** Whether a file is a module of the project's own, but no test, which may import anything. */
function isSource(path: string): boolean {
  return path.endsWith(".ts") && !path.endsWith("_test.ts") && !path.includes("/assembly/");
}

/** The specifiers of static and dynamic imports, and of re-exports. */
function importsOf(text: string): string[] {
  const code = text.replaceAll(/^\s*\*.*$/gm, ""); // Examples in documentation may import anything.
  return [...code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"([^"]+)"/g)].map(([, name]) => name);
}

function targetRoom(file: string, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) return allowed[roomOf(file)!] && roomOfPackage(specifier);
  return roomOf(relative(root, join(root, dirname(file), specifier)));
}

function roomOfPackage(specifier: string): string | undefined {
  return /^@residual\/connection(?=\/|$)/.exec(specifier)?.[0];
}

function roomOf(path: string): string | undefined {
  if (path === "deno.json") return undefined; // The package's name and version.
  return Object.keys(allowed).find((room) => path === room || path.startsWith(`${room}/`)) ?? path;
}
