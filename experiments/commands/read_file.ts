/**
 * Reading the files whose paths a command is given: whole files of a bounded size, and nothing else.
 * Opening a pipe waits for whoever writes to it, and a device may never come to an end.
 *
 * @module
 */

/**
 * The most bytes that a run record, a trace or a figure may have. An epoch in batches of one image has
 * 60,000 steps: with four measures, 5 MB of text.
 */
export const MOST_BYTES: number = 16 * 2 ** 20;

/**
 * The bytes of a file.
 *
 * @throws {RangeError} If it is no file, or too large; the message is the end of a sentence.
 * @throws {Error} If it cannot be read.
 */
export async function readBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  await checkFile(path);
  return await Deno.readFile(path);
}

/**
 * Returns if a path leads to a file that can be read as a whole.
 *
 * @throws {RangeError} If it is no file, or too large; the message is the end of a sentence.
 * @throws {Error} If there is none.
 */
export async function checkFile(path: string): Promise<void> {
  const info = await Deno.stat(path);
  if (!info.isFile) throw new RangeError(`it must be a file, got ${kindOf(info)}`);
  if (info.size <= MOST_BYTES) return;
  throw new RangeError(`it can have at most ${MOST_BYTES} bytes, got ${info.size}`);
}

function kindOf({ isDirectory, isFifo, isSocket }: Deno.FileInfo): string {
  if (isDirectory) return "a folder";
  if (isFifo) return "a pipe";
  return isSocket ? "a socket" : "a device";
}
