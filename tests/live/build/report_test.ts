import { assert, assertMatch } from "@std/assert";
import { reportPage } from "../../../live/build/report.ts";

Deno.test("the report's links into the repository keep their words only", () => {
  const page = reportPage("See [`claims/`](claims) and [the article](https://gestalt.ink).");
  assertMatch(
    page,
    /<p>See <code>claims\/<\/code> and <a href="https:\/\/gestalt\.ink">the article<\/a>\.<\/p>/,
  );
});

Deno.test("the report's tables can be scrolled, with the keyboard too", () => {
  const page = reportPage("| a | b |\n| - | - |\n| 1 | **2** |");
  assertMatch(
    page,
    /<div class="scroll" tabindex="0" role="region" aria-label="Table 1">\s*<table>/,
  );
  assertMatch(page, /<tr><td>1<\/td><td><strong>2<\/strong><\/td><\/tr>/);
});

Deno.test("the report's comments are left out", () => {
  assert(!reportPage("<!-- claims -->\n\ntext").includes("claims"));
});
