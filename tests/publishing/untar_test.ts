import { assertEquals, assertThrows } from "@std/assert";
import { untar } from "../../dev/registry/untar.ts";
import { tar } from "./tar.ts";

Deno.test("untar gives files by their paths, also an empty one and one of several blocks", () => {
  const long = "b".repeat(1025);
  const files = [...untar(tar({ "./mod.ts": "a", "./src/long.ts": long, "./empty.ts": "" }))];
  assertEquals(files.map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]), [
    ["/mod.ts", "a"],
    ["/src/long.ts", long],
    ["/empty.ts", ""],
  ]);
});

Deno.test("untar refuses an archive that is cut off in a file, and one cut off before its end", () => {
  const archive = tar({ "./mod.ts": "a".repeat(600) });
  for (const length of [1000, 1536]) {
    assertThrows(() => untar(archive.subarray(0, length)), RangeError, `got ${length} bytes`);
  }
});

Deno.test("untar refuses a link", () => {
  const archive = tar({ "./mod.ts": "" });
  archive[156] = "2".charCodeAt(0);
  assertThrows(() => untar(archive), RangeError, "/mod.ts must be a plain file");
});
