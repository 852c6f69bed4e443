/** The server, spoken to as a browser and as nobody should. */

import { assertEquals, assertMatch, assertNotMatch } from "@std/assert";
import { textFile } from "../../../live/build/files.ts";
import { serve } from "../../../live/serve.ts";

const FILES = new Map([
  ["index.html", textFile("<p>page</p>")],
  ["report/index.html", textFile("<p>report</p>")],
  ["a.js", textFile("a")],
]);

const ignore = Deno.permissions.querySync({ name: "net" }).state !== "granted";

/** Registers a test with a server; it sends text as it is, and gives the whole answer. */
function test(name: string, fn: (ask: Ask, port: number) => Promise<void>): void {
  Deno.test({
    name: ignore ? `${name} (left out: needs --allow-net)` : name,
    ignore,
    fn: async () => {
      const controller = new AbortController();
      const { address, finished } = serve(FILES, { port: 0, signal: controller.signal });
      const port = Number(new URL(address).port);
      const said: unknown[] = [];
      const { error } = console;
      console.error = (...words) => said.push(words);
      try {
        await fn((head) => ask(port, head), port);
      } finally {
        console.error = error;
        controller.abort();
        await finished;
      }
      assertEquals(said, []);
    },
  });
}

type Ask = (head: string) => Promise<string>;

/** Sends a request's lines, with `HOST` for the server's own, and gives all that comes back. */
async function ask(port: number, head: string): Promise<string> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const lines = head.replace("HOST", `localhost:${port}`).replaceAll("\n", "\r\n");
  await connection.write(new TextEncoder().encode(`${lines}\r\nconnection: close\r\n\r\n`));
  let answer = "";
  const decoder = new TextDecoder();
  for (const bytes = new Uint8Array(65_536);;) {
    const length = await connection.read(bytes).catch(() => null);
    if (length === null) return answer;
    answer += decoder.decode(bytes.subarray(0, length), { stream: true });
  }
}

const hostile: readonly [what: string, head: string, status: number][] = [
  ["a % alone", "GET /% HTTP/1.1\nhost: HOST", 400],
  ["a % before letters", "GET /%zz HTTP/1.1\nhost: HOST", 400],
  ["bytes that are no UTF-8", "GET /%ff%fe HTTP/1.1\nhost: HOST", 400],
  ["no host", "GET / HTTP/1.0", 400],
  ["an empty host", "GET / HTTP/1.1\nhost:", 400],
  ["a host that cannot be", "GET / HTTP/1.1\nhost: a b<>", 400],
  ["a host with a bad port", "GET / HTTP/1.1\nhost: localhost:zz", 400],
  ["a foreign host", "GET / HTTP/1.1\nhost: example.com", 421],
  ["a foreign host of the same port", "GET / HTTP/1.1\nhost: example.com:PORT", 421],
  ["another port", "GET / HTTP/1.1\nhost: localhost:1", 421],
  ["a method that writes", "POST / HTTP/1.1\nhost: HOST\ncontent-length: 0", 405],
  ["a method that deletes", "DELETE /a.js HTTP/1.1\nhost: HOST", 405],
  ["a file that is not there", "GET /none.js HTTP/1.1\nhost: HOST", 404],
  ["what is not seen", "GET /%c2%9b31m%e2%80%ae HTTP/1.1\nhost: HOST", 404],
  ["a path out of the folder", "GET /..%2f..%2fetc/passwd HTTP/1.1\nhost: HOST", 404],
];

for (const [what, head, status] of hostile) {
  test(
    `a request with ${what} is answered ${status} in a sentence, and nothing is logged`,
    async (ask, port) => {
      const answer = await ask(head.replace("PORT", `${port}`));
      assertMatch(answer, new RegExp(`^HTTP/1\\.[01] ${status} `));
      assertNotMatch(answer, /\bat .*\.ts|Error:/);
      assertMatch(answer, /\r\n\r\nCannot [^\n]+: [^\n]+[^.\n]\n$/);
      assertNotMatch(answer, /[\u009b\u202e]/);
      assertMatch(answer, /^x-content-type-options: nosniff\r$/im);
      if (status === 405) assertMatch(answer, /^allow: GET, HEAD\r$/im);
    },
  );
}

for (const host of ["localhost", "127.0.0.1", "[::1]", "LocalHost"]) {
  test(`${host} is this server`, async (ask, port) => {
    assertMatch(await ask(`GET / HTTP/1.1\nhost: ${host}:${port}`), /^HTTP\/1\.1 200 /);
  });
}

test("a page comes with a policy that lets nothing leave, and says that it gives no ranges", async (ask) => {
  const answer = await ask("GET /report/ HTTP/1.1\nhost: HOST\nrange: bytes=0-2");
  assertMatch(answer, /^HTTP\/1\.1 200 /);
  assertMatch(
    answer,
    /^content-security-policy: default-src 'none'; .*frame-ancestors 'none'\r$/im,
  );
  assertMatch(answer, /^referrer-policy: no-referrer\r$/im);
  assertMatch(answer, /^cross-origin-opener-policy: same-origin\r$/im);
  assertMatch(answer, /^cross-origin-embedder-policy: require-corp\r$/im);
  assertMatch(answer, /^accept-ranges: none\r$/im);
  assertMatch(answer, /\r\n\r\n<p>report<\/p>$/);
});

test("HEAD has the headers of GET, and no body", async (ask) => {
  const headers = (answer: string) =>
    answer.split("\r\n\r\n")[0].split("\r\n").filter((line) => !/^date:/i.test(line)).sort();
  const head = await ask("HEAD / HTTP/1.1\nhost: HOST");
  const get = await ask("GET / HTTP/1.1\nhost: HOST");
  assertEquals(headers(head), headers(get));
  assertMatch(head, /^content-length: 11\r$/im);
  assertMatch(head, /\r\n\r\n$/);
});

test("a file that the browser has is not sent again", async (ask) => {
  const [, etag] = /^etag: (".+")\r$/im.exec(await ask("GET /a.js HTTP/1.1\nhost: HOST"))!;
  for (const known of [etag, `"x", W/${etag}`, "*"]) {
    const answer = await ask(`GET /a.js HTTP/1.1\nhost: HOST\nif-none-match: ${known}`);
    assertMatch(answer, /^HTTP\/1\.1 304 [^]*\r\n\r\n$/);
  }
  assertMatch(await ask('GET /a.js HTTP/1.1\nhost: HOST\nif-none-match: "x"'), /^HTTP\/1\.1 200 /);
});

test("1,500 requests at once are all answered", async (_, port) => {
  const answers = await Promise.all(
    Array.from({ length: 1500 }, async (_, i) => {
      const response = await fetch(`http://127.0.0.1:${port}/${["", "a.js", "%zz"][i % 3]}`);
      await response.body?.cancel();
      return response.status;
    }),
  );
  assertEquals(answers, Array.from({ length: 1500 }, (_, i) => [200, 200, 400][i % 3]));
});
