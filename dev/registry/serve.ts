/**
 * Serves an empty registry on the loopback interface and says where:
 *
 *     deno run --allow-net=127.0.0.1 dev/registry/serve.ts TOKEN
 *
 * @module
 */

import { registry } from "./registry.ts";

if (import.meta.main) {
  const [token] = Deno.args;
  if (token === undefined) {
    throw new TypeError("Cannot serve a registry: it needs a token, got none");
  }
  const onListen = ({ port }: Deno.NetAddr) => console.log(`http://127.0.0.1:${port}/`);
  Deno.serve({ hostname: "127.0.0.1", port: 0, onListen }, registry({ token }));
}
