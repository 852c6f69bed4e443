import { assertEquals } from "@std/assert";
import { ARTICLE } from "../../../experiments/article/settings.ts";
import { matchingRuns } from "../../../live/page/matching_runs.ts";
import type { Overlays, SeedsOfCase } from "../../../live/shared/files.ts";

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

const OVERLAYS: Overlays = {
  published: { loss: [], x_res: [], x_in: [] },
  rates: { Adam: 0.0003, SGD: 0.1 },
  seeds: [
    seedsWith({}, 299),
    seedsWith({}, 1874),
    seedsWith({ variant: "plain", optimizer: "SGD", learning_rate: 0.1 }, 299),
  ],
};

Deno.test("the committed runs of the same choices are found, the longest of them", () => {
  assertEquals(matchingRuns(ARTICLE, OVERLAYS), OVERLAYS.seeds[1]);
});

Deno.test("no learning rate is the optimizer's own", () => {
  const settings = { ...ARTICLE, variant: "plain", optimizer: "SGD" } as const;
  assertEquals(matchingRuns(settings, OVERLAYS), OVERLAYS.seeds[2]);
  assertEquals(matchingRuns({ ...settings, learning_rate: 0.01 }, OVERLAYS), undefined);
});

Deno.test("where no runs are of these choices there is nothing to lay under", () => {
  assertEquals(matchingRuns({ ...ARTICLE, batch: 64 }, OVERLAYS), undefined);
});
