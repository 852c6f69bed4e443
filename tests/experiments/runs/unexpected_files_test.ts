import { assertEquals } from "@std/assert";
import { ARTICLE } from "../../../experiments/article/settings.ts";
import { unexpectedFiles } from "../../../experiments/runs/record_status.ts";
import { withFolder } from "../../support/temporary_folder.ts";
import { testWith } from "../../support/test_with.ts";

const run = { ...ARTICLE, diagnostics: "gradients" } as const;

testWith("files of another seed, case or experiment, and half-written ones, are unexpected", {
  needs: ["read", "write"],
  fn: () =>
    withFolder({}, async (folder) => {
      for (const each of ["article/residual", "article/other", "old"]) {
        await Deno.mkdir(`${folder}/${each}`, { recursive: true });
      }
      const write = (name: string) => Deno.writeTextFile(`${folder}/${name}`, "");
      await Promise.all([
        ...["notes.json", "article/residual/seed-0.json"],
        ...["article/residual/seed-0.diagnostics.json", "article/residual/seed-1.json"],
        ...["article/residual/.seed-0.json.half", "article/other/seed-0.json", "old/seed-0.json"],
      ].map(write));
      assertEquals(await unexpectedFiles(folder, [run]), [
        "article/other/seed-0.json",
        "article/residual/.seed-0.json.half",
        "article/residual/seed-1.json",
        "old/seed-0.json",
      ]);
    }),
});

testWith("a folder that is not there has no unexpected files", {
  needs: ["read", "write"],
  fn: () =>
    withFolder(
      {},
      async (folder) => assertEquals(await unexpectedFiles(`${folder}/none`, [run]), []),
    ),
});
