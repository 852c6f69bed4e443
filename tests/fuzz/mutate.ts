/**
 * `deno task mutations`: reads changed files of every kind, 100,000 in all, and says how many were
 * read, how long the longest took and how much memory.
 *
 * @module
 */

import { runCommand } from "../../experiments/commands/command.ts";
import { parseFlags, wholeNumber } from "../../experiments/commands/flags.ts";
import { temporaryFolder } from "../support/temporary_folder.ts";
import { attack, kindsIn } from "./mutations.ts";

const HELP =
  `Reads changed files of every kind that this package reads: what is sealed must say what
it said or be refused, what is foreign must be sound or refused, each refusal is a sentence.

Usage: deno task mutations [flags]

  --runs N    files in all, as many of each kind [100000]
  --seed N    of the changes [1]
  --help      this text

Exits with 1 at the first file that is not treated so, with the seed and the path to it, and where
reading one took more than 5 s or 200 MB.`;

const FLAGS = { runs: wholeNumber({ from: 1 }), seed: wholeNumber({ from: 0 }) } as const;

/** Bytes that reading one file may take. */
const MOST = 200e6;

async function mutate(args: readonly string[]): Promise<number> {
  const { runs = 100_000, seed = 1, help } = parseFlags(args, FLAGS);
  if (help) {
    console.log(HELP);
    return 0;
  }
  await using folder = await temporaryFolder();
  const kinds = await kindsIn(folder.path);
  console.log(`seed ${seed}`);
  let within = true;
  for (const kind of kinds) {
    const tally = await attack(kind, { runs: Math.ceil(runs / kinds.length), seed });
    const { name, read, refused, longest, memory, peak } = tally;
    console.log(
      `${name}: ${read} read, ${refused} refused, the longest in ${longest.toFixed(0)} ms, ` +
        `the largest with ${(memory / 1e6).toFixed(0)} MB, all with ${(peak / 1e6).toFixed(0)} MB`,
    );
    within &&= memory < MOST;
  }
  if (!within) console.error(`Reading a file must take at most ${MOST / 1e6} MB, got more`);
  return within ? 0 : 1;
}

if (import.meta.main) await runCommand(mutate);
