/** What a run of the gate, or of a task, takes from elsewhere. */

import { assert, assertEquals, assertMatch } from "@std/assert";
import config from "../deno.json" with { type: "json" };
import { testWith } from "./support/test_with.ts";

Deno.test("the lock is frozen, and every npm package is of one version", () => {
  assertEquals(config.lock, { frozen: true });
  const loose = Object.values(config.imports).filter((target) =>
    target.startsWith("npm:") && !/@\d+\.\d+\.\d+(?:\/|$)/.test(target)
  );
  assertEquals(loose, []);
});

testWith(
  "the workflows run on a named system, with each action of one commit and each image of one digest",
  {
    needs: ["read"],
    fn: async () => {
      for (const name of ["ci", "release"]) {
        const path = new URL(`../.github/workflows/${name}.yml`, import.meta.url);
        const text = await Deno.readTextFile(path);
        assert(!text.includes("-latest"), name);
        const actions = [...text.matchAll(/uses: ([^.\s]\S*)/g)].map(([, action]) => action);
        assert(actions.length > 0, name);
        for (const action of actions) assertMatch(action, /@[0-9a-f]{40}$/);
        const images = [...text.matchAll(/container: (\S+)/g)].map(([, image]) => image);
        for (const image of images) assertMatch(image, /@sha256:[0-9a-f]{64}$/);
      }
    },
  },
);
