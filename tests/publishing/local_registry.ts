import { fileURLToPath } from "node:url";

const serve = fileURLToPath(new URL("../../dev/registry/serve.ts", import.meta.url));

/** A registry in a process of its own, which ends when it is disposed of. */
export interface LocalRegistry extends AsyncDisposable {
  /** Its address, as `JSR_URL` wants it. */
  readonly url: string;
}

/** Starts an empty registry on the loopback interface, the only address that it may open. */
export async function localRegistry(token: string): Promise<LocalRegistry> {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--allow-net=127.0.0.1", serve, token],
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const lines = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const { value } = await lines.read();
  if (value === undefined) {
    throw new Error("Cannot start the registry: it ended before it listened");
  }
  return {
    url: value.trim(),
    [Symbol.asyncDispose]: async () => {
      process.kill();
      await lines.cancel();
      await process.status;
    },
  };
}
