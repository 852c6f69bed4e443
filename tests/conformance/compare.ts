/**
 * TensorFlow.js's own tests of its core on one backend, with TensorFlow.js's kernels and with ours.
 *
 * @module
 */

import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Tests that ours fails on purpose, by a part of the name, each with the reason. A number stands for what
 * is tested there: it is not right.
 */
export const ON_PURPOSE: Readonly<Record<string, string>> = {
  "avgPool gradient p=explicit":
    "a finite difference of the pooling gives 1.75: each number's share is 1 in the numbers of its window",
  "depthwiseConv2d gradients throws error on dilations > 1": "they have gradients here",
  "gradients errors if relevant ops are missing grads":
    "logicalAnd's is 0 here, which the second derivative of clipByValue needs",
  "maxPool ignores NaNs": "a NaN stays, as in PyTorch: training must not go on with a hidden one",
  "maxPool3d ignores NaNs": "as maxPool",
  "maxPoolWithArgmax ignores NaNs": "as maxPool",
  "mirrorPad grad": "a finite difference gives the sum of all places that a number is taken to",
};

/** What each test came to, by its name: nothing where it passed, else what it says. */
export type Results = Readonly<Record<string, string>>;

/** One backend's results. */
export interface Comparison {
  readonly stock: { readonly passed: number; readonly all: number };
  readonly ours: { readonly passed: number; readonly all: number };
  /** Tests that only ours fails, and not on purpose, with what they say. */
  readonly onlyOurs: readonly string[];
  /** The entries of {@linkcode ON_PURPOSE} that were seen to fail. */
  readonly onPurpose: readonly string[];
}

/** Runs the bundled tests on a backend twice, each time in a process of its own. */
export async function compareOn(backend: string, bundle: string): Promise<Comparison> {
  const stock = await runSuite(backend, "stock", bundle);
  const ours = await runSuite(backend, "ours", bundle);
  const failed = Object.keys(ours).filter((name) => ours[name] !== "" && stock[name] === "");
  return {
    stock: count(stock),
    ours: count(ours),
    onlyOurs: failed.filter((name) => entryOf(name) === undefined)
      .map((name) => `${name}: ${ours[name]}`),
    onPurpose: [...new Set(failed.flatMap((name) => entryOf(name) ?? []))].sort(),
  };
}

/** The test's entry, if it fails on purpose. Its name has the backend and the flags in the middle. */
function entryOf(name: string): string | undefined {
  return Object.keys(ON_PURPOSE).find((words) => {
    const [first, ...others] = words.split(" ");
    return name.startsWith(`${first} `) && others.every((word) => name.includes(word));
  });
}

function count(results: Results): { passed: number; all: number } {
  const all = Object.values(results);
  return { passed: all.filter((message) => message === "").length, all: all.length };
}

async function runSuite(
  backend: string,
  kernels: "stock" | "ours",
  bundle: string,
): Promise<Results> {
  const output = join(bundle, "..", `${backend}-${kernels}.json`);
  const suite = fileURLToPath(new URL("suite.ts", import.meta.url));
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--no-check",
      "--allow-read",
      `--allow-write=${output}`,
      suite,
      backend,
      kernels,
      bundle,
      output,
    ],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) {
    const words = new TextDecoder().decode(stderr).slice(-2000);
    throw new Error(`Cannot run TensorFlow.js's tests on ${backend}, ${kernels}: ${words}`);
  }
  return JSON.parse(await Deno.readTextFile(output));
}
