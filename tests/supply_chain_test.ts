/** What a run of the gate, or of a task, takes from elsewhere. */

import { assert, assertEquals } from "@std/assert";
import config from "../deno.json" with { type: "json" };
import { testWith } from "./test_with.ts";

Deno.test("the lock is frozen, and every npm package is of one version", () => {
  assertEquals(config.lock, { frozen: true });
  const loose = Object.values(config.imports).filter((target) =>
    target.startsWith("npm:") && !/@\d+\.\d+\.\d+(?:\/|$)/.test(target)
  );
  assertEquals(loose, []);
});

testWith("the workflows run on a named system, with a checkout of one commit", {
  needs: ["read"],
  fn: async () => {
    for (const name of ["ci", "release"]) {
      const path = new URL(`../.github/workflows/${name}.yml`, import.meta.url);
      const text = await Deno.readTextFile(path);
      assert(!text.includes("-latest"), name);
      const checkouts = [...text.matchAll(/uses: actions\/checkout@(\S+)/g)];
      assert(checkouts.length > 0, name);
      for (const [, version] of checkouts) assert(/^[0-9a-f]{40}$/.test(version), version);
    }
  },
});
