/**
 * The experiment on the page: runs while they train, what is drawn of them, what can be saved.
 *
 * @module
 */

import type { RunRecord } from "@residual/connection";
import { summarySentence } from "@residual/connection/analysis";
import { formatAddress } from "../shared/address.ts";
import { type Configuration, configurationsOf, type Page } from "../shared/configuration.ts";
import type { Overlays } from "../shared/files.ts";
import type { RunIdentity } from "../../experiments/article/run_records.ts";
import type { WorkerEvent } from "../shared/messages.ts";
import { settingsOf } from "../shared/settings.ts";
import { Charts } from "./charts.ts";
import { type Curves, curvesOf, GrowingCurves, hasNumbers } from "./curves.ts";
import { byId } from "./dom.ts";
import { gradientsOf } from "./gradients.ts";
import { nameOf } from "./naming.ts";
import { NetworkDrawing } from "./network.ts";
import { type Content, endOf, SHOWN } from "./content.ts";
import { StepInspector } from "./step_inspector.ts";
import { recordSoFar, saveFigure, saveRecord } from "./save.ts";
import { matchingRuns } from "./matching_runs.ts";
import { hideLoading, sayCounter, sayLoading, sayProblem, sayStatus } from "./status.ts";
import { Training } from "./training.ts";
import { Transport } from "./transport.ts";

/** Milliseconds between two drawings while training. */
const REDRAW = 150;

/** One run on the page. */
interface Shown {
  readonly configuration: Configuration;
  readonly curves: GrowingCurves;
  readonly total: number;
  identity?: RunIdentity;
  record?: RunRecord;
}

/** What happens between the reader, the training thread and the drawings. */
export class Experiment {
  #page: Page;
  #runs: readonly Shown[] = [];
  #dropped: Curves | undefined;
  #overlays: Overlays | undefined;
  #network: NetworkDrawing | undefined;
  /** Whether the runs are of other choices than those made now. */
  #former = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #training: Training;
  readonly #transport: Transport;
  readonly #charts: Charts;
  readonly #inspector: StepInspector;

  constructor(worker: URL, page: Page) {
    this.#page = page;
    this.#charts = new Charts(byId("charts", HTMLElement), (step) => {
      this.#inspector.read(step);
      this.#charts.mark(step);
    });
    this.#inspector = new StepInspector((step) => this.#charts.mark(step));
    this.#training = new Training(worker, {
      onEvent: (event) => this.#hear(event),
      onState: (state) => this.#transport.show(state),
    });
    this.#transport = new Transport({
      onStart: () => this.#go(),
      onPause: () => this.#training.pause(),
      onStep: () => this.#step(),
      onReset: () => this.#reset(),
    });
    byId("save-record", HTMLButtonElement).addEventListener("click", () => this.#save(saveRecord));
    byId("save-figure", HTMLButtonElement).addEventListener("click", () => this.#save(saveFigure));
    this.#drawNetwork();
  }

  /** Takes other choices. Those that need another run end this one, whose curves stay until then. */
  choose(page: Page): void {
    const others = addressOfRuns(page) !== addressOfRuns(this.#page);
    this.#page = page;
    if (others) {
      this.#training.reset();
      this.#former = true;
      if (this.#runs.length > 0) sayStatus("Other choices: start to train with them.");
      this.#drawNetwork();
    }
    this.#draw();
  }

  /** Has what can be laid under the curves. */
  haveOverlays(overlays: Overlays): void {
    this.#overlays = overlays;
    this.#draw();
  }

  /**
   * Lays a record under the curves, in place of the one before.
   *
   * @throws {RangeError} If it has nothing that the charts show.
   */
  layUnder(record: RunRecord): void {
    const curves = curvesOf(record);
    if (!hasNumbers(curves, SHOWN)) {
      throw new RangeError(
        `Cannot draw the record: it must have numbers in one of ${SHOWN.join(", ")}, got none`,
      );
    }
    this.#dropped = curves;
    this.#draw();
  }

  #go(): void {
    if (!this.#canGoOn()) this.#begin();
    this.#training.go();
  }

  #step(): void {
    if (!this.#canGoOn()) this.#begin();
    this.#training.step();
  }

  #canGoOn(): boolean {
    return ["starting", "running", "paused"].includes(this.#training.state);
  }

  #begin(): void {
    sayProblem();
    sayCounter("");
    sayStatus("Starting");
    this.#former = false;
    const configurations = configurationsOf(this.#page);
    this.#runs = configurations.map((configuration, i) => ({
      configuration,
      curves: new GrowingCurves(i === 0 ? "first" : "second", nameOf(configuration)),
      total: settingsOf(configuration).steps,
    }));
    this.#drawNetwork();
    this.#draw();
    this.#training.start(configurations.map(settingsOf), this.#page.first.backend);
  }

  #reset(): void {
    this.#training.reset();
    this.#runs = [];
    this.#dropped = undefined;
    sayProblem();
    sayCounter("");
    sayStatus("Ready.");
    this.#drawNetwork();
    this.#draw();
  }

  #hear(event: WorkerEvent): void {
    switch (event.kind) {
      case "loading":
        if (this.#training.state === "idle") return hideLoading(); // The others come with a run.
        return sayLoading(event.loaded, event.total);
      case "started":
        event.identities.forEach((identity, i) => this.#runs[i].identity = identity);
        return sayStatus(`Training on ${event.reason}.`);
      case "step":
        this.#runs[event.run].curves.add(event.step);
        return this.#drawSoon();
      case "testing":
        return sayStatus("Trained; testing on 10,000 other images.");
      case "done":
        this.#runs[event.run].record = event.record;
        return sayStatus(this.#verdicts());
      case "failed":
        hideLoading();
        sayProblem(event.why);
        return sayStatus("Stopped.");
    }
  }

  /** What the runs that are done say in numbers. */
  #verdicts(): string {
    const done = this.#runs.flatMap(({ record, curves }) =>
      record === undefined ? [] : [`${curves.name}: ${summarySentence(record)}`]
    );
    return done.join(" ");
  }

  #drawSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#draw();
    }, REDRAW);
  }

  #draw(): void {
    const content = this.#content();
    this.#charts.show(content);
    this.#charts.mark(this.#inspector.show(content));
    const [first] = this.#runs;
    this.#transport.allowReset(first !== undefined || this.#dropped !== undefined);
    const saved = first !== undefined && first.curves.steps.length > 0;
    for (const id of ["save-record", "save-figure"]) byId(id, HTMLButtonElement).disabled = !saved;
    if (!saved) return;
    if (!this.#former) this.#network?.show(gradientsOf(first.curves));
    const taken = first.curves.steps.length.toLocaleString("en-US");
    sayCounter(`Batch ${taken} of ${first.total.toLocaleString("en-US")}.`);
  }

  #content(): Content {
    const { under, first } = this.#page;
    const dropped = this.#dropped === undefined ? [] : [this.#dropped];
    const curves = [...this.#runs.map(({ curves }) => curves), ...dropped]
      .filter(({ steps }) => steps.length > 0);
    return {
      curves,
      published: under.includes("published") ? this.#overlays?.published : undefined,
      seeds: under.includes("seeds") ? matchingRuns(settingsOf(first), this.#overlays) : undefined,
      end: endOf(curves, settingsOf(first).steps),
    };
  }

  #drawNetwork(): void {
    this.#network = new NetworkDrawing(this.#page.first);
    byId("network", HTMLElement).replaceChildren(this.#network.element);
  }

  async #save(save: (record: RunRecord) => void | Promise<void>): Promise<void> {
    try {
      for (const { record, identity, curves } of this.#runs) {
        if (identity !== undefined) await save(record ?? await recordSoFar(identity, curves));
      }
    } catch (error) {
      sayProblem(error);
    }
  }
}

/** What tells runs apart, as text. */
function addressOfRuns(page: Page): string {
  return formatAddress({ ...page, under: [] });
}
