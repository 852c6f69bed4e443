import { assert } from "@std/assert";
import { temporaryFolder } from "../support/temporary_folder.ts";
import { testWith } from "../support/test_with.ts";
import { attack, kindsIn } from "./mutations.ts";

testWith("of 1,000 changed files of each kind none is read that says anything else", {
  needs: ["read", "write"],
  fn: async () => {
    await using folder = await temporaryFolder();
    for (const kind of await kindsIn(folder.path)) {
      const { name, read, refused } = await attack(kind, { runs: 1000, seed: 1 });
      assert(read > 10 && refused > 100, `${name}: ${read} were read, ${refused} refused`);
    }
  },
});
