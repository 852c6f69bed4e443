import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals, assertLessOrEqual } from "@std/assert";
import { withKernelTable } from "../dev/kernels/table.ts";
import { withLayerTable } from "./backend/layer_table.ts";
import { testWith } from "./support/test_with.ts";

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
