import { assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { testWith } from "../../test_with.ts";
import { available } from "../oracle.ts";

const { ignore, why } = await available("webgpu");

if (ignore) {
  Deno.test({ name: `a lost device ends a run with a sentence${why}`, ignore, fn: () => {} });
} else {
  testWith("a lost device ends a run with a sentence; the steps before it are kept", {
    needs: ["run"],
    fn: async () => {
      const program = fileURLToPath(new URL("lose_device.ts", import.meta.url));
      const { stdout } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "--no-prompt", program],
        stdin: "null",
      }).output();
      const [ended, steps, again] = new TextDecoder().decode(stdout).trim().split("\n");
      assertMatch(
        ended,
        /^Cannot compute on WebGPU: its device was lost \(.+\); start the program/,
      );
      assertEquals(Number(steps), 3);
      assertEquals(again, ended);
    },
  });
}
