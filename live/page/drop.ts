/**
 * Records dropped on the page, or chosen in its dialog.
 *
 * @module
 */

import type { RunRecord } from "@residual/connection";
import { visible } from "../../src/validate.ts";
import { byId } from "./dom.ts";
import { readRecord } from "./save.ts";
import { sayProblem, sayStatus } from "./status.ts";

/** Takes the record in a file; what is wrong with it is said with the file's name. */
async function acceptFrom(file: File, accept: (record: RunRecord) => void): Promise<void> {
  const record = await readRecord(file);
  try {
    accept(record);
  } catch (cause) {
    throw new Error(`${file.name}: ${(cause as Error).message}`, { cause });
  }
}

/** Takes records anywhere on the page; what is none is refused in a sentence. */
export function acceptRecords(accept: (record: RunRecord) => void): void {
  const input = byId("record-file", HTMLInputElement);
  const take = async (file: File | null | undefined) => {
    if (!file) return;
    try {
      await acceptFrom(file, accept);
      sayProblem();
      sayStatus(`${visible(file.name)} is drawn dotted over the charts.`);
    } catch (error) {
      sayProblem(error);
    }
  };
  input.addEventListener("change", async () => {
    await take(input.files?.[0]);
    input.value = ""; // The same file can be chosen again.
  });
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    document.body.classList.add("dragging");
  });
  document.addEventListener("dragleave", () => document.body.classList.remove("dragging"));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    document.body.classList.remove("dragging");
    take(event.dataTransfer?.files[0]);
  });
}
