import { assertEquals } from "@std/assert";
import { kernelsWasm } from "../../../src/backend/wasm/kernels_wasm.ts";
import { testWith } from "../../support/test_with.ts";

testWith("the embedded wasm kernels are what their sources compile to (deno task kernels)", {
  needs: ["read", "env=CI"],
  fn: async () => {
    // Imported here because the compiler asks for CI's value as soon as it is imported.
    const { compileKernels } = await import("../../../dev/kernels/compile.ts");
    assertEquals(kernelsWasm.toHex(), (await compileKernels()).toHex());
  },
});

Deno.test("the wasm kernels import one memory and nothing else", () => {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(kernelsWasm));
  assertEquals(imports, [{ module: "env", name: "memory", kind: "memory" }]);
});
