/**
 * WebGPU as a backend to test on. Only files with tests of WebGPU import this module, as it asks for
 * the machine's adapter; `deno task webgpu` runs the files that import it. It leaves OpenGL out of the
 * search (`DENO_WEBGPU_BACKEND`), as libEGL frees some memory twice in about one exit of Deno in 70.
 */

import { findAdapter } from "../../src/backend/webgpu/adapter.ts";

/** WebGPU, and why its tests are left out here, if they are. */
export interface Webgpu {
  readonly name: "webgpu";
  readonly leftOut?: string;
}

export const webgpu: Webgpu = { name: "webgpu", leftOut: await whyLeftOut() };

/** On an adapter that computes on the processor the tests take a minute: they run where asked for. */
async function whyLeftOut(): Promise<string | undefined> {
  const adapter = await findAdapter();
  if (adapter === undefined) return "needs a WebGPU adapter";
  if (!adapter.software || Deno.args.includes("--software")) return undefined;
  return "the WebGPU adapter computes on the processor; deno task webgpu runs it";
}
