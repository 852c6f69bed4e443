/**
 * Everything in the page's folder.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { loadMnist } from "@residual/connection";
import { decideAll } from "../../experiments/claims/mod.ts";
import { readRecords } from "../../experiments/runs/store.ts";
import { overlays } from "./overlays.ts";
import { bundle, modules } from "./bundle.ts";
import { dataFiles } from "./data.ts";
import { withPolicy } from "../policy.ts";
import { type Files, jsonFile, textFile } from "./files.ts";
import { licenses } from "./licenses.ts";
import { reportFiles } from "./report.ts";
import { verdicts } from "./verdicts.ts";

const ROOT = new URL("../../", import.meta.url);

/** Files that are served as they are. */
const PLAIN = ["style.css", "icon.svg"];

/** TensorFlow.js takes the first where the browser has SIMD, as all but old ones have. */
const WASM = ["tfjs-backend-wasm-simd.wasm", "tfjs-backend-wasm.wasm"];

/**
 * Builds the page from this source and the committed records. Needs permission to read.
 *
 * @throws {Error} If the bundler fails, or records or data are missing or damaged.
 */
export async function site(): Promise<Files> {
  const programs = await bundle();
  const paths = await modules(); // Not at once: the first bundle fetches the bundler where there is none.
  const [data, records] = await Promise.all([
    loadMnist(),
    readRecords(fileURLToPath(new URL("experiments/records", ROOT))),
  ]);
  const wasmFiles = WASM.map((name) => fileURLToPath(wasmFile(name)));
  const read = (url: string | URL) => Deno.readFile(new URL(url, ROOT));
  const page = new TextDecoder().decode(await read("live/page/index.html"));
  return new Map([
    ["index.html", textFile(withPolicy(page))],
    ...await Promise.all(
      PLAIN.map(async (name) => [name, await read(`live/page/${name}`)] as const),
    ),
    ...await Promise.all(
      WASM.map(async (name) => [`wasm/${name}`, await read(wasmFile(name))] as const),
    ),
    ...programs,
    ...await reportFiles(),
    ...await dataFiles(data),
    ["licenses.txt", textFile(await licenses([...paths, ...wasmFiles]))],
    ["overlays.json", jsonFile(overlays(records))],
    ["claims.json", jsonFile(verdicts(decideAll(records)))],
  ]);
}

function wasmFile(name: string): string {
  return import.meta.resolve(`@tensorflow/tfjs-backend-wasm/dist/${name}`);
}
