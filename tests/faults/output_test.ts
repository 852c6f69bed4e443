/** Standard output and standard error that are full or closed. */

import { assertEquals } from "@std/assert";
import { checkout, ROOT } from "./checkout.ts";
import { contentsOf } from "./contents.ts";
import { runTask, testTask } from "./task.ts";

for (
  const [how, shell, status, error] of [
    ["standard error is full", '"$@" 2>/dev/full', 0, ""],
    [
      "standard error is a closed pipe",
      '"$@" 2>&1 >/dev/null | true; exit ${PIPESTATUS[0]}',
      0,
      "",
    ],
    [
      "standard output is full",
      '"$@" >/dev/full',
      1,
      "Cannot write to standard output: No space left on device (os error 28)",
    ],
  ] as const
) {
  testTask(`figures trains to its end and keeps its files where ${how}`, async (folder) => {
    const args = [
      ...["--data", `${folder}/data`, "--any-data", "--backend", "wasm", "--workers", "1"],
      ...["--fresh", "--out", `${folder}/out`],
    ];
    const ran = await runTask("figures", args, { cwd: await checkout(), shell });
    assertEquals([ran.status, ran.err.split("\n").at(-2) ?? ""], [status, error]);
    assertEquals(Object.keys(await contentsOf(`${folder}/out`)).length, 4);
  });
}

testTask("claims ends with a sentence and 1 where standard output is full", async () => {
  const args = ["--records", `${ROOT}/experiments/records`];
  const { status, err } = await runTask("claims", args, {
    cwd: ROOT,
    shell: '"$@" >/dev/full',
  });
  assertEquals(
    [status, err],
    [1, "Cannot write to standard output: No space left on device (os error 28)\n"],
  );
});
