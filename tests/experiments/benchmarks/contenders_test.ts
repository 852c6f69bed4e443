import { assert, assertEquals } from "@std/assert";
import { contenders } from "../../../experiments/benchmarks/contenders.ts";
import { testWith } from "../../support/test_with.ts";

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
