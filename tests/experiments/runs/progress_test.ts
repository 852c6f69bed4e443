import { assertEquals, assertNotMatch } from "@std/assert";
import { Progress } from "../../../experiments/runs/progress.ts";

/** A progress display and what it wrote; `clock.ms` is its time. */
function display(
  options: { readonly steps: number; readonly runs?: number; readonly terminal: boolean },
) {
  const written: string[] = [];
  const clock = { ms: 5000 };
  const write = (text: string) => void written.push(text);
  const progress = new Progress({ ...options, write, now: () => clock.ms });
  return { progress, written, clock };
}

Deno.test("away from a terminal, a line comes at the first step, every ten seconds and at the last", () => {
  const { progress, written, clock } = display({ steps: 250, terminal: false });
  for (let step = 0; step < 250; step++) {
    clock.ms += 100;
    progress.update({ step, loss: 2 - step / 250 });
  }
  progress.clear();
  assertEquals(written, [
    "step 1/250  10.0 steps/s  0:25 left  loss 2.000\n",
    "step 101/250  10.0 steps/s  0:15 left  loss 1.600\n",
    "step 201/250  10.0 steps/s  0:05 left  loss 1.200\n",
    "step 250/250  10.0 steps/s  0:00 left  loss 1.004\n",
  ]);
});

Deno.test("the last step is one line where ten seconds are over, too", () => {
  const { progress, written, clock } = display({ steps: 2, terminal: false });
  progress.update({ step: 0 });
  clock.ms += 10_000;
  progress.update({ step: 1 });
  assertEquals(written.length, 2);
});

Deno.test("on a terminal, a bar redraws itself and clears itself at the end", () => {
  const { progress, written, clock } = display({ steps: 4, terminal: true });
  clock.ms += 500;
  progress.update({ step: 0, loss: 2.25 });
  clock.ms += 100;
  progress.update({ step: 1, loss: 2 }); // Too early for the eye.
  clock.ms += 400;
  progress.update({ step: 3, loss: 1 });
  progress.clear();
  const [quarter, whole] = ["█".repeat(6) + "░".repeat(18), "█".repeat(24)];
  assertEquals(written, [
    `\r\x1b[J${quarter}  step 1/4  2.0 steps/s  0:02 left  loss 2.250`,
    `\r\x1b[J${whole}  step 4/4  4.0 steps/s  0:00 left  loss 1.000`,
    "\r\x1b[J",
  ]);
});

Deno.test("the time left is m:ss, and h:mm:ss from an hour on", () => {
  const { progress, written, clock } = display({ steps: 8000, terminal: false });
  clock.ms += 100_000;
  for (let step = 0; step < 100; step++) progress.update({ step });
  clock.ms += 10_000;
  progress.update({ step: 109 });
  assertEquals(written, [
    "step 1/8000  0.0 steps/s  222:11:40 left\n",
    "step 110/8000  1.0 steps/s  2:11:30 left\n",
  ]);
});

Deno.test("the speed of a run that is resumed is that of its own steps", () => {
  const { progress, written, clock } = display({ steps: 500, terminal: false });
  for (let step = 200; step < 211; step++) {
    clock.ms += 1000;
    progress.update({ step });
  }
  assertEquals(written, [
    "step 201/500  1.0 steps/s  4:59 left\n",
    "step 211/500  1.0 steps/s  4:49 left\n",
  ]);
});

for (const terminal of [true, false]) {
  Deno.test(`before any time has passed no speed is told (terminal: ${terminal})`, () => {
    const { progress, written } = display({ steps: 1, terminal });
    progress.update({ step: 0, loss: 2.3 });
    assertEquals(written.length, 1);
    assertNotMatch(written[0], /NaN|Infinity|steps\/s|left/);
  });
}

Deno.test("many runs are counted, and the time left is that of all their steps", () => {
  const { progress, written, clock } = display({ steps: 20, runs: 2, terminal: false });
  clock.ms += 2000;
  progress.update({ run: "a", step: 4, steps: 10 });
  clock.ms += 10_000;
  progress.endRun("a", 10);
  assertEquals(written, [
    "0/2 runs  step 5/20  2.5 steps/s  0:06 left\n",
    "1/2 runs  step 10/20  0.8 steps/s  0:12 left\n",
  ]);
});

Deno.test("on a terminal each of several runs has a line below", () => {
  const { progress, written, clock } = display({ steps: 20, runs: 2, terminal: true });
  clock.ms += 1000;
  progress.update({ run: "a", step: 0, steps: 10 });
  clock.ms += 1000;
  progress.update({ run: "b", step: 3, steps: 10 });
  const bar = "█".repeat(6) + "░".repeat(18);
  assertEquals(
    written[1],
    `\r\x1b[J${bar}  0/2 runs  step 5/20  2.5 steps/s  0:06 left` +
      "\n  a  step 1/10\n  b  step 4/10\x1b[2A",
  );
});

Deno.test("a note takes the place of the display and stays", () => {
  const terminal = display({ steps: 1, terminal: true });
  terminal.progress.note("testing");
  assertEquals(terminal.written, ["\r\x1b[J", "testing\n"]);
  const file = display({ steps: 1, terminal: false });
  file.progress.note("testing");
  assertEquals(file.written, ["testing\n"]);
});
