import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { testWith } from "../../support/test_with.ts";

const program = fileURLToPath(new URL("train_with_checkpoints.ts", import.meta.url));

function start(folder: string, seed = 0): Deno.ChildProcess {
  const args = ["run", "--no-check", "--allow-read", `--allow-write=${folder}`, program, folder];
  const options = { stdin: "null", stdout: "piped" } as const;
  return new Deno.Command(Deno.execPath(), { args: [...args, `${seed}`], ...options }).spawn();
}

/** What the program prints, to its end. */
async function printed(folder: string, seed?: number): Promise<string> {
  return await new Response(start(folder, seed).stdout).text();
}

/** Starts the program and kills it once it printed this. */
async function killedAt(folder: string, line: string): Promise<void> {
  const child = start(folder);
  let text = "";
  for await (const part of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (text.includes(line)) break;
  }
  child.kill("SIGKILL");
  await child.status;
}

function recordIn(text: string): string {
  return text.slice(text.indexOf("{"));
}

testWith("a run that is killed, again and again, ends with the record of one that is not", {
  needs: ["read", "write", "run"],
  fn: async () => {
    const folder = await Deno.makeTempDir();
    const kept = join(folder, "kept");
    const killedTwice = async () => {
      for (const line of ["step 3", "step 8"]) await killedAt(kept, line);
      return await printed(kept);
    };
    const [whole, last] = await Promise.all([printed(join(folder, "whole")), killedTwice()]);
    assertStringIncludes(last, "The run resumes from step 8, its last checkpoint");
    assert(!last.includes("step 7"));
    assertEquals(recordIn(last), recordIn(whole));
    await Deno.remove(folder, { recursive: true });
  },
});

testWith("what is kept of a run and is damaged, or another run's, is not used", {
  needs: ["read", "write", "run"],
  fn: async () => {
    const folder = await Deno.makeTempDir();
    const [whole, kept] = [join(folder, "whole"), join(folder, "kept")];
    const [text] = await Promise.all([printed(whole, 1), killedAt(kept, "step 4")]); // of seed 0
    const record = recordIn(text);
    const other = await printed(kept, 1);
    assertStringIncludes(other, "The run starts again, its checkpoint cannot be used: ");
    assertEquals(recordIn(other), record);

    const file = join(kept, "model.json");
    await Deno.writeTextFile(file, (await Deno.readTextFile(file)).replace("x_res", "x_rest"));
    const damaged = await printed(kept, 1);
    assertStringIncludes(damaged, "The run starts again, its checkpoint cannot be used: ");
    assertEquals(recordIn(damaged), record);
    await Deno.remove(folder, { recursive: true });
  },
});

testWith("a run that cannot be kept goes on, and says so once", {
  needs: ["read", "write", "run"],
  fn: async () => {
    const folder = await Deno.makeTempDir();
    const file = join(folder, "a-file");
    await Deno.writeTextFile(file, "in the way");
    const [text, other] = await Promise.all([file, folder].map((at) => printed(join(at, "kept"))));
    assertEquals(text.match(/The run trains without checkpoints: /g)?.length, 1);
    assertEquals(recordIn(text), recordIn(other));
    await Deno.remove(folder, { recursive: true });
  },
});
