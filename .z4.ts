const out: Record<string, number[][]> = {};
for (const c of ["relu", "tanh", "sigmoid", "softmax"]) {
  for (let s = 100; s < 110; s++) {
    try {
      const r = JSON.parse(
        await Deno.readTextFile(`experiments/records/noise/${c}/seed-${s}.diagnostics.json`),
      );
      (out[c] ??= []).push(
        [...r.columns.x_in_snr, ...r.columns.x_res_snr].map((v: number) => +v.toPrecision(2)),
      );
    } catch { /* */ }
  }
}
for (const [c, rows] of Object.entries(out)) {
  console.log(c);
  for (const r of rows) console.log("  ", r.join(" "));
}
const lines = (await Deno.readTextFile("experiments/parity/paths-pytorch.jsonl")).trim().split("\n")
  .map((l) => JSON.parse(l));
const { decideAll, CLAIMS } = await import("./experiments/claims/mod.ts");
const { textTable } = await import("./experiments/claims/report.ts");
for (const claim of CLAIMS) {
  for (const part of claim.parts) {
    if (
      !part.cases.every((c) => /^(paths|noise\/relu)/.test(c)) || part.id.startsWith("shrinks")
    ) continue;
    try {
      console.log(textTable(decideAll(lines, [{ ...claim, parts: [part] }])).split("\n")[1]);
    } catch (e) {
      console.log(part.id, (e as Error).message);
    }
  }
}
