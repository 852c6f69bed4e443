/** A figure from a run record, without TensorFlow.js. */

import { plots } from "@residual/connection/figures";
import { type RunRecord, sealRecord } from "@residual/connection/record";

const step = Array.from({ length: 60 }, (_, i) => i);
const record: RunRecord = await sealRecord({
  configuration: { data: "made up", variant: "residual", seed: 7, steps: 60 },
  environment: { backend: "wasm", package: "0.1.0" },
  results: {},
  columns: {
    step,
    loss: step.map((i) => 2 - i / 30),
    x_res: step.map(() => 0.1),
    x_in: step.map((i) => i / 600),
  },
});
const svg: string = plots["residual-experiment"](record);
const [, title] = svg.match(/<title>(.+)<\/title>/)!;
console.log(title, svg.includes(record.checksum));
