/**
 * WebGPU as a backend to test on. `deno task webgpu` runs the test files that import this module.
 *
 * Other runs don't look for an adapter: Deno looks for one of OpenGL too and so loads libEGL, which
 * frees some memory twice when Deno exits with several threads, which aborted 2 of 9 whole runs. The
 * task leaves OpenGL out (`DENO_WEBGPU_BACKEND`), for which `deno test` alone has no flag. It has two
 * processes: in one, NVIDIA's driver 580 gave no adapter any more after 28 files, each with a device.
 */

import { findAdapter } from "../../src/backend/webgpu/adapter.ts";

/** WebGPU, and why its tests are left out here, if they are. */
export interface Webgpu {
  readonly name: "webgpu";
  readonly leftOut?: string;
}

export const webgpu: Webgpu = { name: "webgpu", leftOut: await whyLeftOut() };

async function whyLeftOut(): Promise<string | undefined> {
  if (!Deno.args.includes("--webgpu")) return "deno task webgpu runs it";
  return await findAdapter() === undefined ? "needs a WebGPU adapter" : undefined;
}
