/**
 * The module that imports the text of every committed record, so that the claims can be decided
 * without any permission.
 *
 * @module
 */

import { wantedRecords } from "./wanted_records.ts";

/** The module's name in the folder of records. */
export const RECORDS_MODULE = "mod.ts";

/** The text of the module. */
export function recordsModule(): string {
  const names = [...wantedRecords().keys()].sort();
  const imports = names.map((name, i) => `import text${i} from "./${name}" with { type: "text" };`);
  const entries = names.map((name, i) => `  "${name}": text${i},`);
  return `/**
 * The committed run records as text, by name. Written by \`deno task experiments\`.
 *
 * @module
 */

${imports.join("\n")}

/** The text of each record's file, by its name in this folder. */
export const TEXTS: Readonly<Record<string, string>> = {
${entries.join("\n")}
};
`;
}
