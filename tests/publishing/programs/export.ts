/** A run record for other programs, without TensorFlow.js. */

import { toCsv, toParquet, toTensorBoard } from "@residual/connection/export";
import { type RunRecord, sealRecord } from "@residual/connection/record";

const record: RunRecord = await sealRecord({
  configuration: { seed: 7 },
  environment: { backend: "wasm" },
  results: {},
  columns: { step: [0, 1], loss: [2, 1] },
});
const csv: string = toCsv(record);
const parquet: Uint8Array = toParquet(record);
const events: Uint8Array = toTensorBoard(record);
const magic = new TextDecoder().decode(parquet.subarray(0, 4));
const isEvents = new TextDecoder().decode(events).includes("brain.Event:2");
console.log(csv.trim().replaceAll("\n", " "), magic, isEvents ? "tfevents" : "");
