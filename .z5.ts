const m: Record<string, number[]> = {};
for (let s = 100; s < 110; s++) {
  const r = JSON.parse(
    await Deno.readTextFile(`experiments/records/noise/relu/seed-${s}.diagnostics.json`),
  );
  r.columns.step.forEach((t: number, i: number) => {
    (m[`in ${t}`] ??= []).push(r.columns.x_in_snr[i]);
    (m[`res ${t}`] ??= []).push(r.columns.x_res_snr[i]);
  });
}
for (const [k, v] of Object.entries(m)) {
  console.log(
    k,
    v.length,
    (v.reduce((a, b) => a + b) / v.length).toFixed(3),
    v.map((x) => x.toPrecision(2)).join(" "),
  );
}
