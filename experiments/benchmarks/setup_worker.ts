/**
 * From the start of this process to the first training step, part by part; in a child process.
 *
 * The package is imported while the clock runs, so nothing here imports it beforehand.
 *
 * @module
 */

/** A part of the way, in milliseconds. */
export interface Part {
  /** What was done. */
  readonly part: string;
  /** How long it took. */
  readonly milliseconds: number;
}

/** Does what `deno task figures` does up to its first step; `started` is when the process was started. */
async function timeSetup(started: number): Promise<Part[]> {
  const parts: Part[] = [];
  let last = started;
  const lap = (part: string) => {
    const now = performance.timeOrigin + performance.now();
    parts.push({ part, milliseconds: now - last });
    last = now;
  };
  lap("Deno's start");
  const { loadMnist, startBackend, batches, train } = await import("@residual/connection");
  const { articleNetwork } = await import("../article/networks.ts");
  const { crossEntropy } = await import("../article/classification.ts");
  const { adam } = await import("../article/optimizer.ts");
  lap("imports");
  await startBackend("wasm");
  lap("backend's start");
  const model = articleNetwork();
  lap("building the model");
  const data = await loadMnist();
  lap("data: reading and checking");
  const batch = [...batches(data.train, { steps: 1 })];
  lap("first batch: scaling");
  await train(model, batch, { optimizer: adam(), loss: crossEntropy }).finish();
  lap("first step");
  return parts;
}

if (import.meta.main) {
  console.log(JSON.stringify(await timeSetup(JSON.parse(Deno.args[0]))));
  Deno.exit(0);
}
