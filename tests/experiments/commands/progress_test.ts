import { assertEquals, assertNotMatch } from "@std/assert";
import { Progress } from "../../../experiments/commands/progress.ts";

/** A progress display and what it wrote; `clock.ms` is its time. */
function display({ total, terminal }: { readonly total: number; readonly terminal: boolean }) {
  const written: string[] = [];
  const clock = { ms: 5000 };
  const write = (text: string) => void written.push(text);
  return {
    progress: new Progress({ total, terminal, write, now: () => clock.ms }),
    written,
    clock,
  };
}

Deno.test("away from a terminal, progress is a line every 100 steps and at the last", () => {
  const { progress, written, clock } = display({ total: 250, terminal: false });
  for (let step = 0; step < 250; step++) {
    clock.ms += 100;
    progress.update(step, 2 - step / 250);
  }
  progress.end();
  assertEquals(written, [
    "step 100/250  10.0 steps/s  0:15 left  loss 1.604\n",
    "step 200/250  10.0 steps/s  0:05 left  loss 1.204\n",
    "step 250/250  10.0 steps/s  0:00 left  loss 1.004\n",
  ]);
});

Deno.test("the last step is one line where it is a hundredth too", () => {
  const { progress, written } = display({ total: 100, terminal: false });
  for (let step = 0; step < 100; step++) progress.update(step, 1);
  assertEquals(written.length, 1);
});

Deno.test("on a terminal, a bar redraws itself at every step and clears itself at the end", () => {
  const { progress, written, clock } = display({ total: 4, terminal: true });
  clock.ms += 500;
  progress.update(0, 2.25);
  clock.ms += 500;
  progress.update(3, 1);
  progress.end();
  const [quarter, whole] = ["█".repeat(6) + "░".repeat(18), "█".repeat(24)];
  assertEquals(written, [
    `\r${quarter}  step 1/4  2.0 steps/s  0:02 left  loss 2.250\x1b[K`,
    `\r${whole}  step 4/4  4.0 steps/s  0:00 left  loss 1.000\x1b[K`,
    "\r\x1b[K",
  ]);
});

Deno.test("minutes are left as m:ss, also more than 60", () => {
  const { progress, written, clock } = display({ total: 8000, terminal: false });
  progress.update(0, 1);
  clock.ms += 100_000;
  progress.update(99, 1);
  assertEquals(written, ["step 100/8000  1.0 steps/s  131:40 left  loss 1.000\n"]);
});

Deno.test("the speed of a run that goes on is that of its own steps", () => {
  const { progress, written, clock } = display({ total: 500, terminal: false });
  for (let step = 200; step < 300; step++) {
    clock.ms += 1000;
    progress.update(step, 1);
  }
  assertEquals(written, ["step 300/500  1.0 steps/s  3:20 left  loss 1.000\n"]);
});

for (const terminal of [true, false]) {
  Deno.test(`before any time has passed no speed is told (terminal: ${terminal})`, () => {
    const { progress, written } = display({ total: 1, terminal });
    progress.update(0, 2.3);
    assertEquals(written.length, 1);
    assertNotMatch(written[0], /NaN|Infinity|steps\/s|left/);
  });
}

Deno.test("a note takes the bar's place, or a line", () => {
  const terminal = display({ total: 1, terminal: true });
  terminal.progress.note("testing");
  assertEquals(terminal.written, ["\rtesting\x1b[K"]);
  const file = display({ total: 1, terminal: false });
  file.progress.note("testing");
  assertEquals(file.written, ["testing\n"]);
});
