import { assertEquals, assertMatch } from "@std/assert";
import { checkout, ROOT } from "./checkout.ts";
import { contentsOf } from "./contents.ts";
import { onReadOnly, onSmallDisk, testMounting } from "./mounting.ts";
import { runTask, testTask } from "./task.ts";

/** A small call of a task that writes into `out` of the folder. */
function call(task: "figures" | "experiments", folder: string, out = "out"): string[] {
  const data = ["--data", `${folder}/data`, "--any-data", "--workers", "1"];
  const train = task === "figures" ? ["--backend", "wasm", "--fresh"] : ["frozen", "--seeds", "1"];
  return [...train, ...data, "--out", `${folder}/${out}`];
}

const wholes = new Map<string, Promise<Record<string, string>>>();

/** What a task writes where there is room; run once. */
function wholeOf(task: "figures" | "experiments", folder: string): Promise<Record<string, string>> {
  const run = async () => {
    const cwd = await checkout();
    const { status, err } = await runTask(task, call(task, folder, "whole"), { cwd });
    assertEquals(status, 0, err);
    return await contentsOf(`${folder}/whole`);
  };
  const whole = wholes.get(task) ?? run();
  wholes.set(task, whole);
  return whole;
}

/** Every file that is there is one that the same command writes where there is room. */
async function assertWhole(
  seen: string,
  task: "figures" | "experiments",
  folder: string,
): Promise<void> {
  const whole = await wholeOf(task, folder);
  for (const [name, text] of Object.entries(await contentsOf(seen))) {
    assertEquals(text, whole[name], name);
  }
}

for (const [task, size] of [["figures", 12_288], ["experiments", 4096]] as const) {
  testMounting(
    `${task} on a full disk end with the file's name, and leave whole files alone`,
    async (folder) => {
      await Deno.mkdir(`${folder}/out`);
      const { status, err } = await runTask(task, call(task, folder), {
        cwd: await checkout(),
        shell: onSmallDisk(`${folder}/out`, { size }),
      });
      assertEquals(status, 1);
      assertMatch(
        err.trimEnd().split("\n").at(-1)!,
        /^Cannot write .*\/out\/.*: no space left on device/,
      );
      await assertWhole(`${folder}/out.seen`, task, folder);
    },
  );

  testMounting(
    `${task} into a folder that is read-only end with the file's name`,
    async (folder) => {
      await Deno.mkdir(`${folder}/out`);
      const { status, err } = await runTask(task, call(task, folder), {
        cwd: await checkout(),
        shell: onReadOnly(`${folder}/out`),
      });
      assertEquals(status, 1);
      assertMatch(
        err.trimEnd().split("\n").at(-1)!,
        /^Cannot write .*\/out\/.*: read-only file system/,
      );
      assertEquals(await contentsOf(`${folder}/out`), {});
    },
  );
}

for (
  const [how, mount, why] of [
    ["full", (folder: string) => onSmallDisk(folder, { nr_inodes: 1 }), "no space left on device"],
    ["read-only", onReadOnly, "read-only file system"],
  ] as const
) {
  testMounting(`figures do without a cache that is ${how}, and say so`, async (folder) => {
    const cwd = await checkout();
    await Deno.mkdir(`${cwd}/.cache/runs`, { recursive: true });
    const { status, err } = await runTask("figures", call("figures", folder), {
      cwd,
      shell: mount(`${cwd}/.cache/runs`),
    });
    assertEquals(status, 0, err);
    assertMatch(err, new RegExp(`^The run is not cached: Cannot write .*: ${why}`, "m"));
    await Deno.remove(`${cwd}/.cache/runs.seen`, { recursive: true });
    await assertWhole(`${folder}/out`, "figures", folder);
    assertEquals(Object.keys(await contentsOf(`${folder}/out`)).length, 4);
  });
}

testTask(
  "figures past the limit of a file's size end with the file's name, and leave no half",
  async (folder) => {
    const { status, err } = await runTask("figures", call("figures", folder), {
      cwd: await checkout(),
      // The signal is ignored, so that writing fails as it does on a full disk.
      shell: `trap "" XFSZ; ulimit -f 4; exec "$@"`,
    });
    assertEquals(status, 1);
    assertMatch(err, /^Cannot write .*\/out\/residual-experiment\.svg: file too large/m);
    const seen = await contentsOf(`${folder}/out`);
    assertEquals(Object.keys(seen), ["residual-a.svg", "residual.svg"]);
    await assertWhole(`${folder}/out`, "figures", folder);
  },
);

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
      "--data",
      `${folder}/data`,
      "--any-data",
      "--backend",
      "wasm",
      "--workers",
      "1",
      "--fresh",
      "--out",
      `${folder}/out`,
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
