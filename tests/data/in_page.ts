/** Does something where there is no `process`, as in a page, which has no modules of Node. */
export async function inPage<T>(fn: () => T | Promise<T>): Promise<T> {
  const process = Object.getOwnPropertyDescriptor(globalThis, "process")!;
  Object.defineProperty(globalThis, "process", { value: undefined, configurable: true });
  try {
    return await fn();
  } finally {
    Object.defineProperty(globalThis, "process", process);
  }
}
