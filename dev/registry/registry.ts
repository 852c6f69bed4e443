/**
 * A registry in JSR's layout that lives in memory: what `deno publish` uploads to, and `deno add`
 * and imports resolve from, for tests of publishing.
 *
 * It leaves out the module graph, which JSR adds to a version's description so that Deno loads at
 * once what it otherwise finds module by module.
 *
 * @module
 */

import { readVersion, type Version } from "./version.ts";

/** Answers a request to the registry. */
export type Handler = (request: Request) => Promise<Response>;

/** Who may publish. */
export interface RegistryOptions {
  /** The token that uploads must come with. */
  readonly token: string;
}

/** The parts of an address. */
interface Address {
  readonly name: string;
  readonly version: string;
  readonly path: string;
}

type Answer = (address: Address, request: Request) => Response | Promise<Response>;

const API = "/api/scopes/:scope/packages/:package";

/** Makes an empty registry, in which every package may be published. */
export function registry({ token }: RegistryOptions): Handler {
  const packages = new Map<string, Map<string, Version>>();
  const find = ({ name, version }: Address) => packages.get(name)?.get(version);

  const publish: Answer = async (address, request) => {
    if (request.headers.get("authorization") !== `Bearer ${token}`) {
      return refusal(401, "unauthorized");
    }
    if (find(address)) return refusal(409, "versionExists");
    const config = new URL(request.url).searchParams.get("config")!;
    const version = await readVersion(request.body!, { ...address, config });
    packages.set(address.name, packages.get(address.name) ?? new Map());
    packages.get(address.name)!.set(address.version, version);
    return Response.json({ id: crypto.randomUUID(), status: "success", error: null });
  };

  const versions: Answer = ({ name }) => {
    const published = [...packages.get(name)?.keys() ?? []];
    if (published.length === 0) return missing();
    const [scope, unscoped] = name.slice(1).split("/");
    const entries = published.map((version) => [version, {}]);
    const latest = published.at(-1);
    return Response.json({ scope, name: unscoped, latest, versions: Object.fromEntries(entries) });
  };

  const description: Answer = (address) => {
    const version = find(address);
    if (version === undefined) return missing();
    return Response.json({ manifest: version.manifest, exports: version.exports });
  };

  const file: Answer = (address) => {
    const bytes = find(address)?.files.get(`/${address.path}`);
    return bytes === undefined ? missing() : new Response(bytes);
  };

  return handler([
    ["GET", API, ({ name }) => Response.json({ name })],
    ["GET", `${API}/versions/:version`, (address) => find(address) ? Response.json({}) : missing()],
    ["POST", `${API}/versions/:version`, publish],
    ["GET", "/@:scope/:package/meta.json", versions],
    ["GET", "/@:scope/:package/:version([^/]+)_meta.json", description],
    ["GET", "/@:scope/:package/:version/:path(.+)", file],
  ]);
}

/** Answers with the first route that fits; what it cannot do is the sender's mistake. */
function handler(routes: readonly (readonly [method: string, path: string, Answer])[]): Handler {
  const compiled = routes.map(([method, pathname, answer]) =>
    [method, new URLPattern({ pathname }), answer] as const
  );
  return async (request) => {
    for (const [method, pattern, answer] of compiled) {
      const groups = request.method === method && pattern.exec(request.url)?.pathname.groups;
      if (!groups) continue;
      const { scope, package: unscoped, version = "", path = "" } = groups;
      try {
        return await answer({ name: `@${scope}/${unscoped}`, version, path }, request);
      } catch (error) {
        return refusal(400, (error as Error).message);
      }
    }
    return missing();
  };
}

function missing(): Response {
  return refusal(404, "notFound");
}

function refusal(status: number, message: string): Response {
  return Response.json({ code: "refused", message }, { status });
}
