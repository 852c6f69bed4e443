/** What passes the block's ReLUs, by plain loops and by what follows from it. */

import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { flow } from "../../../experiments/article/gradient_flow.ts";
import { ARTICLE } from "../../../experiments/article/settings.ts";
import { prepareRun } from "../../../experiments/article/train_run.ts";
import { explainedRatio } from "../../../experiments/claims/theory.ts";
import { testOn } from "../../support/on_backend.ts";
import { smallData } from "../../support/small_data.ts";

testOn("cpu", "share and places are those of plain loops", () => {
  const [batch, height, width, channels] = [2, 4, 3, 2];
  const count = batch * height * width * channels;
  const gradient = Array.from({ length: count }, (_, i) => (i * 7 % 11) - 5);
  const output = Array.from({ length: count }, (_, i) => (i * 5 % 7) - 3);
  let [arrives, passes, covered] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const column = Math.floor(i / channels) % width;
    const row = Math.floor(i / channels / width) % height;
    let inputs = 0;
    for (const y of [row - 1, row, row + 1]) {
      for (const x of [column - 1, column, column + 1]) {
        if (y >= 0 && y < height && x >= 0 && x < width) inputs++;
      }
    }
    arrives += gradient[i] ** 2;
    if (output[i] <= 0) continue;
    passes += gradient[i] ** 2;
    covered += inputs * gradient[i] ** 2;
  }
  tf.tidy(() => {
    const shape = [batch, height, width, channels];
    const { share, places } = flow(tf.tensor(gradient, shape), tf.tensor(output, shape));
    assertAlmostEquals(share.dataSync()[0], passes / arrives, 1e-6);
    assertAlmostEquals(places.dataSync()[0], covered / passes, 1e-5);
  });
});

const data = smallData();
const backend = { name: "wasm", reason: "as asked" } as const;

testOn("wasm", "with what passes, theory gives the first ratio of the norms", async () => {
  const settings = { ...ARTICLE, seed: 5, steps: 2, diagnostics: "flow", test: false } as const;
  const { record, diagnostics } = await prepareRun(settings, { data, backend }).start();
  const { step, loss: _, ...measured } = diagnostics!.columns;
  assertEquals(step, [0]);
  const [share1, places1, share2, places2] = [
    "b2c1_share",
    "b2c1_places",
    "b2c2_share",
    "b2c2_places",
  ].map((name) => measured[name][0]!);
  for (const share of [share1, share2]) assert(share > 0.2 && share < 1);
  for (const places of [places1, places2]) assert(places > 4 && places < 9);
  const ratio = record.columns.x_in[0]! / record.columns.x_res[0]!;
  const flows = [{ share: share1, places: places1 }, { share: share2, places: places2 }] as const;
  assertAlmostEquals(ratio / explainedRatio("pytorch", flows), 1, 0.1);
});
