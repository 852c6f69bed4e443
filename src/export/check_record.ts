/**
 * The check of what is exported.
 *
 * @module
 */

import type { RunRecord } from "../record/record.ts";
import { checkContents } from "../record/validate.ts";
import { check, checkObject } from "../validate.ts";

/**
 * Returns if it is a run record. Its checksum is not computed.
 *
 * @throws {TypeError} If it is not; the error begins with what cannot be done without it.
 */
export function checkRecord(record: unknown, action: string): asserts record is RunRecord {
  checkObject(record, { action, name: "it" });
  const { format, checksum } = record as Record<string, unknown>;
  for (const [name, text] of Object.entries({ format, checksum })) {
    check(typeof text === "string", { action, name, must: "be a string", got: text });
  }
  checkContents(record as object, action);
}
