import { assertEquals } from "@std/assert";
import { nameOf } from "../../../live/page/naming.ts";
import { ARTICLES } from "../../../live/shared/configuration.ts";

Deno.test("a run's name leaves out what is as in the article", () => {
  assertEquals(nameOf(ARTICLES), "block(x) + x, seed 0");
});

Deno.test("a run's name says every other choice", () => {
  const name = nameOf({
    ...{ variant: "plain", depth: 8, initialization: "He normal", optimizer: "SGD" },
    ...{ learning_rate: 0.01, batch: 64, seed: 3, backend: "wasm" },
  });
  assertEquals(
    name,
    "block(x), 8 blocks, He normal, gradient descent, rate 0.01, batches of 64, seed 3",
  );
});
