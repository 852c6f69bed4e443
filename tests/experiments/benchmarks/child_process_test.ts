import { assert, assertEquals, assertRejects } from "@std/assert";
import { runJson } from "../../../experiments/benchmarks/child_process.ts";
import { contenders } from "../../../experiments/benchmarks/contenders.ts";
import { findPython } from "../../../experiments/benchmarks/find_python.ts";
import { loopModule } from "../../../experiments/benchmarks/peak_flops.ts";
import { joinRuns } from "../../../experiments/benchmarks/setup.ts";
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

/** A run whose parts take so long. */
function run(...milliseconds: number[]) {
  const parts = ["Deno's start", "imports", "backend's start", "building the model", "first step"];
  return parts.map((part, i) => ({ part, milliseconds: milliseconds[i] }));
}

Deno.test("each part has its median over the processes, in the order of the way", () => {
  const { parts } = joinRuns([run(1, 10, 3, 4, 5), run(2, 30, 5, 6, 7), run(9, 20, 4, 5, 6)]);
  assertEquals(parts, run(2, 20, 4, 5, 6));
});

Deno.test("the way to a model is imports, backend and model, the median of the processes' sums", () => {
  const { toModel } = joinRuns([run(1, 10, 9, 1, 5), run(1, 30, 1, 1, 7), run(1, 20, 1, 9, 6)]);
  assertEquals(toModel, 30); // 20, 32, 30; the parts' medians would give 20 + 1 + 1
});

/** The sum over the chains, where each of x = 1 … 12 has become x/2 + 1 so many times. */
function expected(turns: number): number {
  let sum = 0;
  for (let chain = 1; chain <= 12; chain++) {
    let x = chain;
    for (let turn = 0; turn < turns; turn++) x = x / 2 + 1;
    sum += x;
  }
  return sum;
}

for (const turns of [1, 2, 10]) {
  Deno.test(`run for ${turns}, the loop that shows wasm's limit multiplies and adds so often in each chain`, () => {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(loopModule()));
    assertEquals((exports.run as (turns: number) => number)(turns), expected(turns));
  });
}

const options = {
  cores: 8,
  quick: false,
  python: { program: "python3" },
  folder: "/data",
} as const;

testWith("every contender has its own name, and its peer is PyTorch's on the list", {
  needs: ["read"],
  fn: () => {
    const list = contenders(options);
    const names = list.map(({ name }) => name);
    const pytorch = list.filter(({ owner }) => owner === "pytorch").map(({ name }) => name);
    assertEquals(new Set(names).size, names.length);
    assertEquals(pytorch, ["PyTorch, 1 thread", "PyTorch, 8 threads"]);
    for (const { peer } of list) assert(pytorch.includes(peer), peer);
    return Promise.resolve();
  },
});

testWith("on one core nothing is timed twice", {
  needs: ["read"],
  fn: () => {
    const names = contenders({ ...options, cores: 1 }).map(({ name }) => name);
    assertEquals(names.filter((name) => /wasm|PyTorch/.test(name)), [
      "ours, wasm, 1 core",
      "PyTorch, 1 thread",
    ]);
    return Promise.resolve();
  },
});

testWith("without a Python PyTorch is absent, for the reason given", {
  needs: ["read"],
  fn: () => {
    const absent = "no Python";
    const list = contenders({ ...options, python: { absent } });
    const commands = list.filter(({ owner }) => owner === "pytorch").map(({ command }) => command);
    assertEquals(commands, [{ absent }, { absent }]);
    return Promise.resolve();
  },
});

testWith("PyTorch takes as many steps as ours, warm-up included", {
  needs: ["read"],
  fn: () => {
    for (const quick of [false, true]) {
      const list = contenders({ ...options, quick });
      const argsOf = (owner: string) => {
        const { command } = list.find((contender) => contender.owner === owner)!;
        return "args" in command ? command.args : [];
      };
      const { warmUp, steps } = JSON.parse(argsOf("ours").at(-1)!);
      assertEquals(Number(argsOf("pytorch").at(-1)), warmUp + steps);
    }
    return Promise.resolve();
  },
});
