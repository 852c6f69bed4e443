/**
 * `deno task claims`: decides the article's claims from the committed run records.
 *
 * @module
 */

import { decideAll, type Decided } from "../claims/mod.ts";
import { markdownTable, summaryTable, textTable } from "../claims/report.ts";
import { print } from "../runs/log.ts";
import { readRecords, RECORDS } from "../runs/store.ts";
import { runCommand } from "./command.ts";
import { parseFlags, text, UsageError } from "./flags.ts";

const HELP = `Decides the article's claims from run records.

Usage: deno task claims [flags]

  --markdown      the report's table, a row a part
  --summary       the README's table, a row a claim
  --json          an array of { id, sentence, verdict, effect, interval, seeds, … }
  --records DIR   folder of the run records [${RECORDS}]
  --help          this text`;

const FLAGS = { markdown: true, summary: true, json: true, records: text } as const;

/** Runs the command. */
export async function claims(args: readonly string[]): Promise<number> {
  const { markdown, summary, json, records = RECORDS, help } = parseFlags(args, FLAGS);
  if (help) {
    print(HELP);
    return 0;
  }
  const formats = Object.entries({ markdown, summary, json }).filter(([, asked]) => asked);
  if (formats.length > 1) {
    const names = formats.map(([name]) => `--${name}`).join(" and ");
    throw new UsageError(`${names} exclude each other`);
  }
  const format = markdown ? markdownTable : summary ? summaryTable : json ? formatJson : textTable;
  print(format(decideAll(await readRecords(records))).trimEnd());
  return 0;
}

function formatJson(decided: readonly Decided[]): string {
  return JSON.stringify(decided, null, 2);
}

if (import.meta.main) await runCommand(claims);
