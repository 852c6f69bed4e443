/**
 * A run record as an event file of TensorBoard.
 *
 * @module
 */

import { concat } from "../platform/bytes.ts";
import type { RunRecord } from "../record/record.ts";
import { checkRecord } from "./check_record.ts";
import { double, type Field, float, message, text, whole } from "./protobuf.ts";
import { framed } from "./tf_record.ts";

// The numbers of the fields, from TensorFlow's event.proto, summary.proto and tensor.proto.
const EVENT = { wallTime: 1, step: 2, fileVersion: 3, summary: 5 };
const SUMMARY = { value: 1 };
const VALUE = { tag: 1, simpleValue: 2, tensor: 8, metadata: 9 };
const METADATA = { pluginData: 1 };
const PLUGIN_DATA = { pluginName: 1 };
const TENSOR = { type: 1, shape: 2, strings: 8 };

/** `DT_STRING` in types.proto. */
const STRING = 7;

/**
 * The record as the bytes of an event file, which TensorBoard shows: each column as a scalar under its name,
 * none where nothing was measured, and the configuration, the environment and the results as a text,
 * `record/text_summary`.
 *
 * TensorBoard finds files whose name contains `tfevents`, and takes each folder for a run. Its scalars are
 * float32: a number with more digits is rounded, one above 3.4e38 becomes infinite. A record has no times,
 * so all of them are 0; the same record is always the same bytes.
 *
 * @param record The record.
 * @throws {TypeError} If it is not a run record.
 *
 * @example
 * ```ts
 * import { toTensorBoard } from "@residual/connection/export";
 * import { parseRecord } from "@residual/connection/record";
 *
 * const text = await Deno.readTextFile("experiments/records/article/residual/seed-0.json");
 * const bytes = toTensorBoard(await parseRecord(text));
 * console.log(bytes.length); // to be written to runs/seed-0/events.out.tfevents, for example
 * ```
 */
export function toTensorBoard(record: RunRecord): Uint8Array<ArrayBuffer> {
  checkRecord(record, "export the run record as an event file");
  const { step: steps, ...measured } = record.columns;
  const scalars = steps.map((step, row) => {
    const values = Object.entries(measured).flatMap(([name, { [row]: number }]) =>
      number === null ? [] : [scalar(name, number)]
    );
    return event([whole(EVENT.step, step!), message(EVENT.summary, values)]);
  });
  const version = event([text(EVENT.fileVersion, "brain.Event:2")]);
  const description = event([message(EVENT.summary, [textValue(record)])]);
  return concat([version, description, ...scalars].map(framed));
}

function event(fields: readonly Field[]): Uint8Array {
  return concat([double(EVENT.wallTime, 0), ...fields]);
}

function scalar(name: string, number: number): Field {
  return message(SUMMARY.value, [text(VALUE.tag, name), float(VALUE.simpleValue, number)]);
}

/** All of a record but its columns, as JSON, which Markdown shows as it is where each line is indented. */
function textValue({ columns: _, ...rest }: RunRecord): Field {
  const json = JSON.stringify(rest, null, 2).replaceAll(/^/gm, "    ");
  const plugin = message(METADATA.pluginData, [text(PLUGIN_DATA.pluginName, "text")]);
  return message(SUMMARY.value, [
    text(VALUE.tag, "record/text_summary"),
    message(VALUE.metadata, [plugin]),
    message(VALUE.tensor, [
      whole(TENSOR.type, STRING),
      message(TENSOR.shape, []), // a scalar
      text(TENSOR.strings, json),
    ]),
  ]);
}
