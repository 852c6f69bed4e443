import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { codeOf, sourceOf } from "../../../experiments/sweep/source.ts";
import { testWith } from "../../test_with.ts";

testWith("the source's key is sixteen hexadecimal digits, the same every time", {
  needs: ["read"],
  fn: async () => {
    const { key } = await sourceOf("wasm");
    assertMatch(key, /^[0-9a-f]{16}$/);
    assertEquals((await sourceOf("wasm")).key, key);
  },
});

testWith("the source has the rooms that compute numbers, WebGPU's only on WebGPU", {
  needs: ["read"],
  fn: async () => {
    const wasm = Object.keys((await sourceOf("wasm")).files);
    const webgpu = Object.keys((await sourceOf("webgpu")).files);
    for (const path of ["src/train/update.ts", "src/backend/wasm/kernels_wasm.ts"]) {
      assert(wasm.includes(path), path);
    }
    assert(!wasm.some((path) => path.includes("/assembly/") || path.includes("/webgpu/")));
    assert(webgpu.includes("src/backend/webgpu/sum.ts"));
    assert(!wasm.some((path) => path.startsWith("figures/") || path.startsWith("tests/")));
  },
});

const MODULE = `/** Adds. */
export function add(a: number, b: number): number {
  return a + b; // the sum
}
`;

Deno.test("comments, white space and line ends are no code", () => {
  const bare = "export function add(a: number,b: number): number{return a+b;}";
  assertEquals(codeOf(MODULE), codeOf(bare));
  assertEquals(codeOf(MODULE), codeOf(MODULE.replaceAll("\n", "\r\n")));
});

Deno.test("an operator, a number, a text and what is within a template are code", () => {
  for (
    const [was, now] of [
      ["a + b", "a - b"],
      ["x = 1", "x = 2"],
      ['"// a"', '"// b"'],
      ["`/* a */`", "`/* b */`"],
      ["/\\/\\*a/", "/\\/\\*b/"],
    ]
  ) assertNotEquals(codeOf(was), codeOf(now), was);
});
