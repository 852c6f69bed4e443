import { assertEquals } from "@std/assert";
import { ARTICLE } from "../../../experiments/article/settings.ts";
import { seedsLike } from "../../../live/page/seeds_like.ts";
import type { Beneath, SeedsOfCase } from "../../../live/shared/files.ts";

function seedsWith(changed: Readonly<Record<string, string | number>>, last: number): SeedsOfCase {
  const { network, variant, depth, initialization, optimizer, batch } = ARTICLE;
  return {
    configuration: {
      ...{ network, variant, depth, initialization, optimizer, learning_rate: 0.0003, batch },
      ...changed,
    },
    seeds: 10,
    steps: [0, last],
    columns: {},
  };
}

const BENEATH: Beneath = {
  published: { loss: [], x_res: [], x_in: [] },
  rates: { Adam: 0.0003, SGD: 0.1 },
  seeds: [
    seedsWith({}, 299),
    seedsWith({}, 1874),
    seedsWith({ variant: "plain", optimizer: "SGD", learning_rate: 0.1 }, 299),
  ],
};

Deno.test("the committed runs of the same choices are found, the longest of them", () => {
  assertEquals(seedsLike(ARTICLE, BENEATH), BENEATH.seeds[1]);
});

Deno.test("no learning rate is the optimizer's own", () => {
  const settings = { ...ARTICLE, variant: "plain", optimizer: "SGD" } as const;
  assertEquals(seedsLike(settings, BENEATH), BENEATH.seeds[2]);
  assertEquals(seedsLike({ ...settings, learning_rate: 0.01 }, BENEATH), undefined);
});

Deno.test("where no runs are of these choices there is nothing to lay under", () => {
  assertEquals(seedsLike({ ...ARTICLE, batch: 64 }, BENEATH), undefined);
});
