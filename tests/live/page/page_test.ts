import { assertAlmostEquals, assertEquals } from "@std/assert";
import { ARTICLE } from "../../../experiments/article/settings.ts";
import { endOf, measuresOf } from "../../../live/page/content.ts";
import { GrowingCurves } from "../../../live/page/curves.ts";
import { gradientsOf } from "../../../live/page/gradients.ts";
import { matchingRuns } from "../../../live/page/matching_runs.ts";
import { nameOf } from "../../../live/page/naming.ts";
import { ARTICLES } from "../../../live/shared/configuration.ts";
import type { Overlays, SeedsOfCase } from "../../../live/shared/files.ts";

function curvesWith(steps: number, columns: readonly string[] = []): GrowingCurves {
  const curves = new GrowingCurves("first", "a run");
  for (let step = 0; step < steps; step++) {
    curves.add({ step, loss: 1, ...Object.fromEntries(columns.map((name) => [name, 1])) });
  }
  return curves;
}

Deno.test("the axis grows in stages, to the end of the epoch", () => {
  const ends = [0, 1, 101, 102, 251, 252, 502, 1001, 1002, 1875].map((steps) =>
    endOf([curvesWith(steps)], 1875)
  );
  assertEquals(ends, [100, 100, 100, 250, 250, 500, 1000, 1000, 1874, 1874]);
});

Deno.test("the axis of a short epoch ends with it", () => {
  assertEquals(endOf([curvesWith(60)], 80), 79);
});

Deno.test("a longer record than the run has its room", () => {
  assertEquals(endOf([curvesWith(10), curvesWith(3000)], 1875), 2999);
});

Deno.test("there is a chart of a where a run has it", () => {
  const names = (columns: string[]) =>
    measuresOf({ curves: [curvesWith(1, columns)], end: 1 }).map(({ column }) => column);
  assertEquals(names([]), ["loss", "x_res", "x_in"]);
  assertEquals(names(["a"]), ["loss", "x_res", "x_in", "a"]);
});

/** Curves in which each norm rises by as much a step. */
function rising(steps: number): GrowingCurves {
  const curves = new GrowingCurves("first", "a run");
  for (let step = 0; step < steps; step++) {
    curves.add({ step, loss: 1, x_in: step, x_res: 2 * step });
  }
  return curves;
}

Deno.test("the drawing shows the means of the last 20 steps, and the greatest norm of all", () => {
  const { xIn, xRes, greatest } = gradientsOf(rising(100));
  assertAlmostEquals(xIn!, 89.5); // of 80 to 99
  assertAlmostEquals(xRes!, 179);
  assertEquals(greatest, 198);
});

Deno.test("the drawing shows nothing of what is not measured", () => {
  const curves = new GrowingCurves("first", "a run");
  curves.add({ step: 0, loss: 1, x_in: 0.1 });
  assertEquals(gradientsOf(curves), { xIn: 0.1, xRes: undefined, greatest: 0.1, a: undefined });
});

function seedsWith(changed: Readonly<Record<string, string | number>>, last: number): SeedsOfCase {
  const { network, variant, depth, initialization, optimizer, batch } = ARTICLE;
  return {
    configuration: {
      network,
      variant,
      depth,
      initialization,
      optimizer,
      learning_rate: 0.0003,
      batch,
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
    seedsWith({}, 1874),
    seedsWith({ variant: "plain", optimizer: "SGD", learning_rate: 0.1 }, 299),
  ],
};

Deno.test("the committed runs of the same choices are found", () => {
  assertEquals(matchingRuns(ARTICLE, OVERLAYS), OVERLAYS.seeds[0]);
});

Deno.test("no learning rate is the optimizer's own", () => {
  const settings = { ...ARTICLE, variant: "plain", optimizer: "SGD" } as const;
  assertEquals(matchingRuns(settings, OVERLAYS), OVERLAYS.seeds[1]);
  assertEquals(matchingRuns({ ...settings, learning_rate: 0.01 }, OVERLAYS), undefined);
});

Deno.test("where no runs are of these choices there is nothing to lay under", () => {
  assertEquals(matchingRuns({ ...ARTICLE, batch: 64 }, OVERLAYS), undefined);
});

Deno.test("a run's name leaves out what is as in the article", () => {
  assertEquals(nameOf(ARTICLES), "block(x) + x, seed 0");
});

Deno.test("a run's name says every other choice", () => {
  const name = nameOf({
    variant: "plain",
    depth: 8,
    initialization: "He normal",
    optimizer: "SGD",
    learning_rate: 0.01,
    batch: 64,
    seed: 3,
    backend: "wasm",
  });
  assertEquals(
    name,
    "block(x), 8 blocks, He normal, gradient descent, rate 0.01, batches of 64, seed 3",
  );
});
