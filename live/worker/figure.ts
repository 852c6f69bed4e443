/**
 * The thread that draws a record's figure as the command line does.
 *
 * @module
 */

/// <reference lib="deno.worker" />

import type { RunRecord } from "@residual/connection";
import { residualExperiment } from "../../figures/residual_experiment.ts";
import type { Figure } from "../shared/messages.ts";

self.onmessage = ({ data: record }: MessageEvent<RunRecord>) => self.postMessage(drawn(record));

function drawn(record: RunRecord): Figure {
  try {
    return { text: residualExperiment(record) };
  } catch (error) {
    return { why: (error as Error).message };
  }
}
