import { assertEquals } from "@std/assert";
import { ARTICLE } from "../../../experiments/article/settings.ts";
import { ARTICLES } from "../../../live/shared/configuration.ts";
import { settingsOf } from "../../../live/shared/settings.ts";

Deno.test("the page without anything chosen trains what draws the article's figure", () => {
  assertEquals(settingsOf(ARTICLES), ARTICLE);
});

Deno.test("other choices are not of the article's experiment", () => {
  const { experiment, case: each } = settingsOf({ ...ARTICLES, variant: "plain" });
  assertEquals([experiment, each], ["live", "plain"]);
});

Deno.test("several blocks are a stack", () => {
  assertEquals(settingsOf({ ...ARTICLES, depth: 8 }).network, "stack");
});

Deno.test("an epoch of larger batches has fewer steps", () => {
  assertEquals(settingsOf({ ...ARTICLES, batch: 128 }).steps, 469); // 468.75 batches
});
