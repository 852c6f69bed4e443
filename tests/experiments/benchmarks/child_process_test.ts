import { assertEquals, assertRejects } from "@std/assert";
import { runJson } from "../../../experiments/benchmarks/child_process.ts";
import { findPython } from "../../../experiments/benchmarks/find_python.ts";
import { testWith } from "../../support/test_with.ts";

/** A process that runs this code. */
const code = (text: string) => ({ program: Deno.execPath(), args: ["eval", text] });

testWith("a process's answer is the last line that it prints", {
  needs: ["read", "run"],
  fn: async () => {
    const call = code(`console.log("by the way"); console.log('{"milliseconds":1}')`);
    assertEquals(await runJson(call), { milliseconds: 1 });
  },
});

testWith("a process that fails is an error with the last line of its complaint", {
  needs: ["read", "run"],
  fn: async () => {
    const call = code(`console.error("first"); console.error("no adapter"); Deno.exit(1)`);
    await assertRejects(() => runJson(call), Error, "no adapter");
  },
});

testWith("an aborted process ends with the signal's reason", {
  needs: ["read", "run"],
  fn: async () => {
    const controller = new AbortController();
    const running = runJson(
      code("await new Promise((r) => setTimeout(r, 60_000))"),
      controller.signal,
    );
    controller.abort(new Error("enough"));
    await assertRejects(() => running, Error, "enough");
  },
});

testWith("a Python that is not there is absent, and the reason names it", {
  needs: ["run"],
  fn: async () => {
    assertEquals(await findPython(["no-such-python"]), {
      absent: "no PyTorch, NumPy and Pillow with no-such-python",
    });
  },
});
