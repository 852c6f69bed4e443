/** Tries what a task must not do, and prints the name of what came of each as JSON. */

const attempts: Readonly<Record<string, () => unknown>> = {
  run: () => new Deno.Command(Deno.execPath(), { args: ["--version"] }).output(),
  ffi: () => Deno.dlopen("libc.so.6", {}),
  shell: () => new Deno.Command("sh", { args: ["-c", ":"] }).output(),
  connect: () => Deno.connect({ hostname: "127.0.0.1", port: 9 }),
  // An address of no machine, kept for documentation (RFC 5737).
  reach: () => Deno.connect({ hostname: "192.0.2.1", port: 9 }),
  listen: () => Deno.listen({ port: 0 }).close(),
  env: () => Deno.env.get("HOME"),
  sys: () => Deno.hostname(),
  import: () => import(`https://${"example.com"}/module.ts`),
  write: () => Deno.writeTextFile(Deno.args[0], "written"),
};

/** The name of the error; nothing if there is none. */
async function errorOf(attempt: () => unknown): Promise<string> {
  try {
    await attempt();
    return "";
  } catch (error) {
    const { name, message } = error as Error;
    return /^Requires \w+ access/.test(message) ? "denied" : name;
  }
}

const outcomes = Object.entries(attempts).map(async ([name, attempt]) => [
  name,
  await errorOf(attempt),
]);
console.log(JSON.stringify(Object.fromEntries(await Promise.all(outcomes))));
