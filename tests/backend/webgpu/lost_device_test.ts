import { assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { testOn } from "../../support/on_backend.ts";
import { webgpu } from "../../support/webgpu.ts";

testOn(
  webgpu,
  "a lost WebGPU device ends a run with a sentence, and the steps before it are kept",
  async () => {
    const program = fileURLToPath(new URL("lose_device.ts", import.meta.url));
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", program],
      stdin: "null",
    }).output();
    const [ended, steps, again] = new TextDecoder().decode(stdout).trim().split("\n");
    assertMatch(ended, /^Cannot compute on WebGPU: .+; start the program again, or take the/);
    assertEquals(Number(steps), 3);
    assertMatch(
      again,
      /^Cannot compute on WebGPU: its device was lost \(.+\); start the program/,
    );
  },
  { needs: ["run"] },
);
