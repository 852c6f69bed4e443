import { BEST_RATES } from "./experiments/runs/experiments.ts";
for await (const c of Deno.readDir("experiments/records/rates")) {
  const l: string[] = [];
  for await (const f of Deno.readDir(`experiments/records/rates/${c.name}`)) {
    const r = JSON.parse(await Deno.readTextFile(`experiments/records/rates/${c.name}/${f.name}`));
    const x = r.columns.loss.slice(-20);
    l.push((x.reduce((a: number, b: number) => a + b) / 20).toFixed(4));
  }
  console.log(c.name, l.join(" "));
}
