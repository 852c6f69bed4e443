import { assertEquals } from "@std/assert";
import { ARTICLES, configurationsOf } from "../../../live/shared/configuration.ts";

Deno.test("a second run differs from the first in the one choice", () => {
  const [first, second] = configurationsOf({
    first: { ...ARTICLES, seed: 5 },
    other: { choice: "variant", value: "plain" },
    under: [],
  });
  assertEquals(second, { ...first, variant: "plain" });
});

Deno.test("a second run with another optimizer has that one's own learning rate", () => {
  const [, second] = configurationsOf({
    first: { ...ARTICLES, learning_rate: 0.001 },
    other: { choice: "optimizer", value: "SGD" },
    under: [],
  });
  assertEquals(second, { ...ARTICLES, optimizer: "SGD" });
});
