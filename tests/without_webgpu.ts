/**
 * Takes WebGPU away from the tests that are loaded after this: for `deno test --parallel`, as Mesa's
 * software driver may corrupt memory where several threads of a program look for an adapter at once.
 */

Object.defineProperty(Navigator.prototype, "gpu", { value: undefined });
