/** Reading a run record without TensorFlow.js. */

import { formatRecord, parseRecord, type RunRecord, sealRecord } from "@residual/connection/record";

const record: RunRecord = await sealRecord({
  configuration: { seed: 7 },
  environment: { backend: "wasm" },
  results: {},
  columns: { step: [0, 1], loss: [2, 1] },
});
const read = await parseRecord(formatRecord(record));
console.log(read.configuration.seed, read.columns.loss.join(" "));
