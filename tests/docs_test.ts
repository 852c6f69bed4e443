import {
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLessOrEqual,
  assertStringIncludes,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { withKernelTable } from "../dev/kernels/table.ts";
import { plots } from "../figures/mod.ts";
import { summarySentence } from "../src/analysis/summary.ts";
import { type BackendName, startBackend } from "../src/backend/start.ts";
import { parseRecord } from "../src/record/record.ts";
import { withLayerTable } from "./backend/layer_table.ts";
import { testWith } from "./support/test_with.ts";
import { webgpu } from "./support/webgpu.ts";

const GUIDE = new URL("../docs/guide.md", import.meta.url);

testWith("the guide's links lead to headings and files that exist", {
  needs: ["read"],
  fn: async () => {
    const guide = (await Deno.readTextFile(GUIDE)).replaceAll(/```.+?```/gs, "");
    const headings = [...guide.matchAll(/^## (.+)$/gm)].map(([, heading]) => anchor(heading));
    const broken: string[] = [];
    for (const [, target] of guide.matchAll(/\]\(([^)]+)\)/g)) {
      if (target.startsWith("#") ? !headings.includes(target) : !await exists(target)) {
        broken.push(target);
      }
    }
    assertEquals(broken, []);
  },
});

for (
  const [what, withToday] of [["kernels", withKernelTable], ["layers", withLayerTable]] as const
) {
  testWith(`the guide's table of ${what} is made of today's ${what} (deno task kernels)`, {
    needs: ["read"],
    fn: async () => {
      const guide = await Deno.readTextFile(GUIDE);
      const unaligned = (text: string) => text.replaceAll(/[ -]+/g, " ").replaceAll(/\n+/g, "\n");
      assertEquals(unaligned(guide), unaligned(withToday(guide)));
    },
  });
}

Deno.test("the guide's initializer for nn.Linear's weights is uniform in ±1/√fan_in", async () => {
  const { numTensors } = tf.memory();
  await tf.setBackend("cpu");
  const initializer = tf.initializers.varianceScaling({
    scale: 1 / 3,
    mode: "fanIn",
    distribution: "uniform",
    seed: 1,
  });
  const values = [...tf.tidy(() => initializer.apply([100, 50]).dataSync())];
  const bound = 1 / Math.sqrt(100);
  assertLessOrEqual(Math.max(...values.map(Math.abs)), bound);
  const variance = values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
  assertAlmostEquals(variance / (bound ** 2 / 3), 1, 0.05); // that of the uniform distribution
  assertEquals(tf.memory().numTensors, numTensors);
});

/** GitHub's name for a heading's place in the page. */
function anchor(heading: string): string {
  return `#${heading.toLowerCase().replaceAll(" ", "-")}`;
}

async function exists(path: string): Promise<boolean> {
  return (await Deno.stat(new URL(path, GUIDE))).isFile;
}

const read = (path: string) => Deno.readTextFile(new URL(`../${path}`, import.meta.url));
const RECORD = "experiments/records/article/residual/seed-0.json";
const FIGURE = "figures/out/residual-experiment.svg";

testWith("the README says what the record of its figure says", {
  needs: ["read"],
  fn: async () => {
    const readme = (await read("README.md")).replaceAll(/\s+/g, " ");
    assertStringIncludes(readme, summarySentence(await parseRecord(await read(RECORD))));
  },
});

testWith("the README's figure is drawn from its record", {
  needs: ["read"],
  fn: async () => {
    const record = await parseRecord(await read(RECORD));
    const drawn = plots["residual-experiment"](record);
    if (drawn !== await read(FIGURE)) {
      throw new Error("Cannot find the record's figure: deno task figures --all draws it");
    }
  },
});

// The examples of the README, the guide and the documentation of functions, on every backend. `deno
// test --doc` checks their types too, and runs them where TensorFlow.js computes if no backend is
// started.

const ROOT = new URL("../", import.meta.url);

/** An example, and where it stands. */
interface Example {
  readonly place: string;
  readonly code: string;
}

/** The examples that compute: those that import TensorFlow.js or what uses it. */
async function examples(): Promise<Example[]> {
  const found: Example[] = [];
  for (
    const path of [
      ...await filesIn("src"),
      "mod.ts",
      "figures/mod.ts",
      "docs/guide.md",
      "README.md",
    ]
  ) {
    const text = await Deno.readTextFile(new URL(path, ROOT));
    for (
      const { index, 1: margin, 2: lines } of text.matchAll(/^( \* )?```ts\n([^]*?)^\1?```$/gm)
    ) {
      const code = margin === undefined ? lines : lines.replaceAll(/^ \* ?/gm, "");
      if (!/"(@tensorflow\/tfjs|@residual\/connection)"/.test(code)) continue;
      found.push({ place: `${path}:${text.slice(0, index).split("\n").length}`, code });
    }
  }
  return found;
}

/** The modules in a folder of the package and below it. */
async function filesIn(folder: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, ROOT))) {
    const path = `${folder}/${name}`;
    if (isDirectory) paths.push(...await filesIn(path));
    else if (name.endsWith(".ts")) paths.push(path);
  }
  return paths.sort();
}

/** Runs an example as a module, with this backend wherever it starts cpu, which all machines have. */
async function runOn(backend: BackendName, { place, code }: Example): Promise<void> {
  await startBackend(backend);
  const module = code.replaceAll('"cpu"', JSON.stringify(backend)) + `\n// ${place}\n`;
  try {
    await import(`data:application/typescript,${encodeURIComponent(module)}`);
  } catch (cause) {
    throw new Error(`Cannot run the example at ${place} on ${backend}`, { cause });
  }
}

/** A backend, and why its test is left out, if it is. */
interface Backend {
  readonly name: BackendName;
  readonly leftOut?: string;
}

const BACKENDS: readonly Backend[] = [{ name: "cpu" }, { name: "wasm" }, webgpu];

for (const { name, leftOut } of BACKENDS) {
  testWith(`the examples of the README, the guide and the documentation run (${name})`, {
    needs: ["read"],
    leftOut,
    fn: async () => {
      const all = await examples();
      assertGreater(all.length, 20);
      const { log } = console;
      console.log = () => {};
      try {
        for (const example of all) await runOn(name, example);
      } finally {
        console.log = log;
      }
    },
  });
}
