/** Writes one file fifty times, each time a letter so often, as other programs do meanwhile. */

import { writeWhole } from "../../../experiments/runs/files.ts";

const [path, letter, length] = Deno.args;
for (let i = 0; i < 50; i++) await writeWhole(path, letter.repeat(Number(length)));
