/**
 * Files from the page and to it: a run's record, its figure.
 *
 * @module
 */

import type { RunRecord } from "@residual/connection";
import { formatRecord, parseRecord, sealRecord } from "@residual/connection/record";
import { checkSize, MOST_BYTES, visible } from "../../src/validate.ts";
import type { RunIdentity } from "../../experiments/article/run_records.ts";
import type { Figure } from "../shared/messages.ts";
import type { Curves } from "./curves.ts";
import { html } from "./dom.ts";

/** The record of a run that has not come to its end. */
export async function recordSoFar(
  { configuration, environment }: RunIdentity,
  { steps, columns }: Curves,
): Promise<RunRecord> {
  return await sealRecord({
    configuration,
    environment,
    results: { stopped: `saved after ${steps.length} steps` },
    columns: { step: steps, ...columns },
  });
}

/** Saves a record as the command line writes it. */
export function saveRecord(record: RunRecord): void {
  save(`${fileName(record)}.json`, formatRecord(record), "application/json");
}

/** Saves the figure that the command line draws of the record. */
export async function saveFigure(record: RunRecord): Promise<void> {
  save(`${fileName(record)}.svg`, await figureOf(record), "image/svg+xml");
}

/**
 * The figure's text, drawn in a thread: where there is a screen, Plot moves lines onto its pixels, and
 * the file would not be the command line's.
 */
async function figureOf(record: RunRecord): Promise<string> {
  const worker = new Worker(new URL("worker/figure.js", document.baseURI), { type: "module" });
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Figure>) => {
        if ("text" in data) resolve(data.text);
        else reject(new Error(data.why));
      };
      worker.onerror = () =>
        reject(new Error("Cannot draw the figure: its program cannot be loaded"));
      worker.postMessage(record);
    });
  } finally {
    worker.terminate();
  }
}

/**
 * The record in a file.
 *
 * @throws {Error} If it is none, or damaged: the sentence names the file.
 */
export async function readRecord(file: File): Promise<RunRecord> {
  try {
    checkSize(file.size, MOST_BYTES);
    return await parseRecord(new Uint8Array(await file.arrayBuffer()));
  } catch (cause) {
    throw new Error(`${visible(file.name)}: ${(cause as Error).message}`, { cause });
  }
}

function fileName({ configuration, environment }: RunRecord): string {
  return `${configuration.case}-seed-${configuration.seed}-${environment.backend}`;
}

function save(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  html("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // The browser reads it after the click.
}
