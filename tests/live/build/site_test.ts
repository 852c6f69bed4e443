import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { gzipSync } from "node:zlib";
import { site } from "../../../live/build/site.ts";
import { testWith } from "../../support/test_with.ts";

/** Megabytes that the page may have, compressed and without its data. */
const LIMIT = 2;

testWith("the page's folder holds what its pages ask for, under two megabytes without the data", {
  needs: ["read"],
  fn: async () => {
    const files = await site();
    const text = (path: string) => new TextDecoder().decode(files.get(path));
    const asked = [...text("index.html").matchAll(/(?:href|src)="([^"#]+)"/g)].map(([, at]) => at);
    const own = asked.filter((address) => !address.startsWith("https:"));
    assertEquals(own.filter((address) => !files.has(address)), []);
    assert(own.includes("licenses.txt"));
    assertStringIncludes(text("report/index.html"), 'href="../licenses.txt"');
    assertStringIncludes(text("licenses.txt"), "d3-array");
    const figures = [...text("report/index.html").matchAll(/src="\.\.\/([^"]+)"/g)];
    assert(figures.length > 0);
    assertEquals(figures.filter(([, address]) => !files.has(address)), []);
    const pieces = [...files].filter(([path]) => !/^(data|report|figures)\//.test(path));
    const bytes = pieces.reduce((sum, [, bytes]) => sum + gzipSync(bytes).length, 0);
    assert(bytes <= LIMIT * 1e6, `${bytes} bytes`);
  },
});
