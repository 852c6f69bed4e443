import { CLAIMS, decideAll } from "./experiments/claims/mod.ts";
import { readRecord } from "./experiments/runs/store.ts";
import { textTable } from "./experiments/claims/report.ts";
const records = [];
for (const e of ["paths", "shrinking", "noise", "tuned"]) {
  try {
    for await (const c of Deno.readDir(`experiments/records/${e}`)) {
      for await (const f of Deno.readDir(`experiments/records/${e}/${c.name}`)) {
        if (f.name.endsWith("json")) {
          records.push((await readRecord(`experiments/records/${e}/${c.name}/${f.name}`))!);
        }
      }
    }
  } catch { /* none */ }
}
for (const claim of CLAIMS) {
  for (const part of claim.parts) {
    if (!part.cases.every((c) => /^(paths|shrinking|noise|tuned)/.test(c))) continue;
    try {
      console.log(textTable(decideAll(records, [{ ...claim, parts: [part] }])).split("\n")[1]);
    } catch (e) {
      console.log(part.id, (e as Error).message.slice(0, 120));
    }
  }
}
