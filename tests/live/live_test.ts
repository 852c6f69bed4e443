import { assertEquals, assertRejects } from "@std/assert";
import { UsageError } from "../../experiments/commands/flags.ts";
import { live } from "../../live/live.ts";
import { runHere } from "../experiments/commands/run_here.ts";

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
