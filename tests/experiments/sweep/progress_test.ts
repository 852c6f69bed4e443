import { assertEquals } from "@std/assert";
import { SweepProgress } from "../../../experiments/sweep/progress.ts";

/** A display whose clock is set by hand, and what it wrote. */
function display(terminal: boolean) {
  let time = 0;
  const written: string[] = [];
  const progress = new SweepProgress({
    runs: 2,
    steps: 20,
    terminal,
    write: (text) => void written.push(text),
    now: () => time,
  });
  return { progress, written, at: (milliseconds: number) => void (time = milliseconds) };
}

Deno.test("a line says runs, pace and time left", () => {
  const { progress, written, at } = display(false);
  at(2000);
  progress.step("a", 4, 10);
  assertEquals(written, ["0/2 runs  2.5 steps/s  0:00:06 left\n"]);
});

Deno.test("where there is no terminal a line comes every ten seconds", () => {
  const { progress, written, at } = display(false);
  at(1000);
  progress.step("a", 0, 10);
  at(10_000);
  progress.step("a", 1, 10);
  at(11_000);
  progress.end("a", 10);
  assertEquals(written.map((line) => line.slice(0, 8)), ["0/2 runs", "1/2 runs"]);
});

Deno.test("on a terminal each run that goes on has a line below", () => {
  const { progress, written, at } = display(true);
  at(1000);
  progress.step("a", 0, 10);
  at(2000);
  progress.step("b", 3, 10);
  assertEquals(
    written[1],
    "\r\x1b[J0/2 runs  2.5 steps/s  0:00:06 left\n  a  step 1/10\n  b  step 4/10\x1b[2A",
  );
});

Deno.test("a note takes the place of the display and stays", () => {
  const { progress, written } = display(true);
  progress.note("a failed: why");
  assertEquals(written, ["\r\x1b[J", "a failed: why\n"]);
});
