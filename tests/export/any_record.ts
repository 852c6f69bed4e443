/**
 * Records of any names and numbers, for what must hold of all.
 *
 * @module
 */

import fc from "fast-check";
import { type RecordContents, type RunRecord, sealRecord } from "../../src/record/record.ts";

const name = fc.string({ unit: "binary", maxLength: 8 });
const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const settings = fc.dictionary(name, fc.oneof(number, name), { maxKeys: 3 });

const columns = fc.uniqueArray(fc.maxSafeNat(), { maxLength: 6 }).chain((steps) => {
  const rows = { minLength: steps.length, maxLength: steps.length };
  const column = fc.array(fc.option(number), rows);
  const named = fc.dictionary(name.filter((name) => name !== "step"), column, { maxKeys: 4 });
  const step = steps.sort((a, b) => a - b);
  return fc.tuple(named, column).map(([named, loss]) => ({ step, loss, ...named }));
});

/** What a record is sealed from. */
export const anyContents: fc.Arbitrary<RecordContents> = fc.record({
  configuration: settings,
  environment: settings,
  results: settings,
  columns,
});

/** A property of all records. */
export function ofAnyRecord(holds: (record: RunRecord) => void | Promise<void>) {
  return fc.asyncProperty(anyContents, async (contents) => await holds(await sealRecord(contents)));
}
