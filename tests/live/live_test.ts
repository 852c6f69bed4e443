import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import { UsageError } from "../../experiments/commands/flags.ts";
import { live } from "../../live/live.ts";
import { runHere } from "../support/run_here.ts";
import { startTask } from "../faults/task.ts";
import { testWith } from "../support/test_with.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

Deno.test("live --help says what its flags are", async () => {
  const { status, out } = await runHere(live, ["--help"]);
  assertEquals(status, 0);
  assertEquals(out.match(/--\w+/g), ["--port", "--build", "--help"]);
});

Deno.test("live refuses a port where it serves nothing", async () => {
  await assertRejects(
    () => runHere(live, ["--port", "8001", "--build", "somewhere"]),
    UsageError,
    "--port has no meaning with --build, which serves nothing",
  );
});

Deno.test("live refuses a port that there is not", async () => {
  await assertRejects(
    () => runHere(live, ["--port", "65536"]),
    UsageError,
    '--port must be a whole number from 0 to 65535, got "65536"',
  );
});

testWith("Ctrl-C ends what live serves, with 130", {
  needs: ["read", "write", "run"],
  fn: async () => {
    const process = startTask("live", ["--port", "0"], { cwd: ROOT });
    const said = new Response(process.stderr).text();
    for await (const address of process.stdout.pipeThrough(new TextDecoderStream())) {
      assertMatch(address, /^http:\/\/localhost:\d+\/\n$/);
      process.kill("SIGINT");
    }
    assertEquals((await process.status).code, 130);
    assertMatch(await said, /\nStopped by Ctrl-C; no page is served\n$/);
  },
});
