import { assertEquals, assertRejects } from "@std/assert";
import { runRounds } from "../../../experiments/benchmarks/rounds.ts";

/** A benchmark that counts how often it ran. */
function counter(name: string, rounds?: number) {
  let turn = 0;
  return { name, rounds, measure: () => Promise.resolve(++turn) };
}

Deno.test("benchmarks run round by round: A B A B", async () => {
  const started: string[] = [];
  await runRounds([counter("A"), counter("B")], {
    rounds: 2,
    onStart: (name, round) => started.push(`${name}${round}`),
  });
  assertEquals(started, ["A0", "B0", "A1", "B1"]);
});

Deno.test("a benchmark of fewer rounds is left out of the last ones", async () => {
  const outcomes = await runRounds([counter("A"), counter("B", 1)], { rounds: 3 });
  assertEquals(outcomes, [{ samples: [1, 2, 3] }, { samples: [1] }]);
});

Deno.test("a benchmark that fails is absent with the error's message, and does not run again", async () => {
  let runs = 0;
  const measure = () => {
    runs++;
    return Promise.reject(new Error("no adapter"));
  };
  const outcomes = await runRounds([{ name: "A", measure }, counter("B")], { rounds: 2 });
  assertEquals(outcomes, [{ absent: "no adapter" }, { samples: [1, 2] }]);
  assertEquals(runs, 1);
});

Deno.test("aborted rounds end with the signal's reason, and no other benchmark runs", async () => {
  const controller = new AbortController();
  const first = {
    name: "A",
    measure: () => {
      controller.abort(new Error("enough"));
      return Promise.reject(new Error("killed"));
    },
  };
  const last = { name: "B", measure: () => Promise.reject(new Error("must not run")) };
  await assertRejects(
    () => runRounds([first, last], { rounds: 1, signal: controller.signal }),
    Error,
    "enough",
  );
});
