/**
 * The guide's table of layers, made from the cases that are tested. As a program it writes the table.
 *
 * @module
 */

import { withTable } from "../../dev/kernels/table.ts";
import { LAYER_CASES, type LayerCase, refusalOf } from "./layer_cases.ts";

const LINES = ["<!-- layers: made by deno task kernels -->", "<!-- end of layers -->"] as const;

/** The guide with today's table in it, not yet formatted. */
export function withLayerTable(guide: string): string {
  return withTable(guide, LINES, layerTable());
}

function layerTable(): string {
  const rows = [["layer", "tested with", "on cpu, wasm and WebGPU"], ["---", "---", "---"]];
  const names = [...new Set(LAYER_CASES.map(({ layer }) => layer))].sort();
  for (const name of names) {
    const cases = LAYER_CASES.filter(({ layer }) => layer === name);
    const trained = cases.filter((c) => refusalOf(c) === undefined);
    if (trained.length > 0) rows.push([codeOf(name), optionsOf(trained), resultOf(trained)]);
    for (const c of cases) {
      const refusal = refusalOf(c);
      if (refusal === undefined) continue;
      const { on, sentence } = refusal;
      const where = on.length === 3 ? "" : ` on ${on.join(", ")}`;
      rows.push([codeOf(name), optionsOf([c]), `refused${where}: _${sentence}_`]);
    }
  }
  return rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function codeOf(layer: string): string {
  return layer === "maskedLstm" ? "`masking`, `lstm`" : `\`${layer}\``;
}

function resultOf(cases: readonly LayerCase[]): string {
  const gradients = cases.some((c) => c.inputGradients.length + c.weightGradients.length > 0);
  return gradients ? "trains" : "computes";
}

/** Each option with the values that it is tested with. */
function optionsOf(cases: readonly LayerCase[]): string {
  const names = [...new Set(cases.flatMap(({ config }) => Object.keys(config)))]
    .filter((name) => !SIZES.has(name));
  return names.map((name) => {
    const given = cases.filter(({ config }) => name in config);
    const values = new Set(given.map(({ config }) => describeValue(config[name])));
    return `${name} ${[...values].join(", ")}`;
  }).join("; ");
}

/** Options that only say how large the result is. */
const SIZES = new Set(["filters", "units", "inputDim", "outputDim", "numTokens", "mask"]);

function describeValue(value: unknown): string {
  if (Array.isArray(value)) {
    const [first] = value.flat();
    return value.map(describeValue).join(typeof first === "number" ? "×" : ", ");
  }
  if (typeof value === "object" && value !== null) {
    return `\`${(value as { layer: string }).layer}\``;
  }
  return String(value);
}

if (import.meta.main) {
  const guide = new URL("../../docs/guide.md", import.meta.url);
  await Deno.writeTextFile(guide, withLayerTable(await Deno.readTextFile(guide)));
}
