/** The tasks that run tests: none of those that run in parallel may look for a WebGPU adapter. */

import { assertEquals, assertNotEquals } from "@std/assert";
import config from "../deno.json" with { type: "json" };

Deno.test("tests that run in parallel run without WebGPU", () => {
  const commands = Object.values(config.tasks).flatMap((task) =>
    "command" in task ? [task.command] : []
  );
  const parallel = commands.filter((command) => command.includes("--parallel"));
  const without = parallel.filter((command) =>
    command.includes("--preload tests/without_webgpu.ts")
  );
  assertEquals(without, parallel);
  assertNotEquals(parallel, []);
});
