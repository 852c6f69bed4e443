import { assertEquals, assertRejects } from "@std/assert";
import { takeTurns } from "../../../experiments/benchmarks/rounds.ts";

/** A player that gives its turns' numbers, from 1. */
function counter(name: string, rounds?: number) {
  let turn = 0;
  return { name, rounds, measure: () => Promise.resolve(++turn) };
}

Deno.test("contenders take turns: A B A B", async () => {
  const turns: string[] = [];
  await takeTurns([counter("A"), counter("B")], {
    rounds: 2,
    onTurn: (name, round) => turns.push(`${name}${round}`),
  });
  assertEquals(turns, ["A0", "B0", "A1", "B1"]);
});

Deno.test("a contender of fewer rounds sits out the last ones", async () => {
  const outcomes = await takeTurns([counter("A"), counter("B", 1)], { rounds: 3 });
  assertEquals(outcomes, [{ samples: [1, 2, 3] }, { samples: [1] }]);
});

Deno.test("a contender that fails is absent with the error's text, and is not asked again", async () => {
  let asked = 0;
  const measure = () => {
    asked++;
    return Promise.reject(new Error("no adapter"));
  };
  const outcomes = await takeTurns([{ name: "A", measure }, counter("B")], { rounds: 2 });
  assertEquals(outcomes, [{ absent: "no adapter" }, { samples: [1, 2] }]);
  assertEquals(asked, 1);
});

Deno.test("an aborted benchmark ends with the signal's reason and asks nobody else", async () => {
  const controller = new AbortController();
  const first = {
    name: "A",
    measure: () => {
      controller.abort(new Error("enough"));
      return Promise.reject(new Error("killed"));
    },
  };
  const last = { name: "B", measure: () => Promise.reject(new Error("must not be asked")) };
  await assertRejects(
    () => takeTurns([first, last], { rounds: 1, signal: controller.signal }),
    Error,
    "enough",
  );
});
