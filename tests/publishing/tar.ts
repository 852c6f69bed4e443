/** Packs texts as a tar archive of plain files, as POSIX describes it; checksums are left out. */
export function tar(files: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const blocks = Object.entries(files).flatMap(([name, text]) => {
    const content = new TextEncoder().encode(text);
    const header = new Uint8Array(512);
    const write = (at: number, field: string) => header.set(new TextEncoder().encode(field), at);
    write(0, name);
    write(124, content.length.toString(8).padStart(11, "0"));
    write(156, "0");
    const padded = new Uint8Array(Math.ceil(content.length / 512) * 512);
    padded.set(content);
    return [header, padded];
  });
  return concatenate([...blocks, new Uint8Array(1024)]);
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
