import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { escapeUnseen } from "../../src/validate.ts";
import { formatRecord, parseRecord, type RunRecord, sealRecord } from "../../src/record/record.ts";
import { contents, sampleRecord } from "./record_sample.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

Deno.test("a record is read from a file's bytes as from their text", async () => {
  const record = await sampleRecord();
  assertEquals(await parseRecord(utf8(formatRecord(record))), record);
});

Deno.test("a byte order mark and line ends of other systems change no record", async () => {
  const record = await sampleRecord();
  const text = formatRecord(record);
  for (
    const other of [text.replaceAll("\n", "\r\n"), `\ufeff${text}`, text.replaceAll("\n", "\r")]
  ) {
    assertEquals(await parseRecord(other), record);
    assertEquals(await parseRecord(utf8(other)), record);
  }
});

Deno.test("a record in UTF-16, or in no UTF-8, is refused with what to do", async () => {
  const units = Uint16Array.from(formatRecord(await sampleRecord()), (unit) => unit.charCodeAt(0));
  await assertRejects(
    () => parseRecord(new Uint8Array(units.buffer)),
    TypeError,
    "Cannot read the run record: it must be text in UTF-8, got UTF-16: save it as UTF-8",
  );
  await assertRejects(
    () => parseRecord(Uint8Array.of(0x7b, 0xff, 0x7d)),
    TypeError,
    "Cannot read the run record: it must be text in UTF-8, got other bytes",
  );
});

Deno.test("a record that is neither a text nor bytes is refused", async () => {
  await assertRejects(
    () => parseRecord(7 as never),
    TypeError,
    "Cannot read the run record: it must be a text or bytes, got 7",
  );
});

/** Second values of a name, by what they are put in the place of. */
const FORGED: readonly (readonly [string, string])[] = [
  ['  "results": {', '  "results": {"test_accuracy": 1},\n  "results": {'],
  ['  "results": {', '  "\\u0072esults": {"test_accuracy": 1},\n  "results": {'],
  ['"test_accuracy": 0.9731', '"test_accuracy": 1, "test_accuracy": 0.9731'],
  ['"format": ', '"format": "residual-connection/run@2", "format": '],
  ['"checksum": ', '"checksum": "", "checksum": '],
  ['"columns": {', '"columns": {"loss": [0],'],
  ['"environment": {', '"environment": {"__proto__": 1, "__proto__": 2,'],
  ['  "columns"', '  "columns": {},\n  "columns"'],
];

for (const [there, put] of FORGED) {
  Deno.test(`a record with ${JSON.stringify(put)} is refused, whatever its checksum`, async () => {
    const text = formatRecord(await sampleRecord());
    const forged = text.replace(there, put);
    assert(forged !== text);
    const { message } = await assertRejects(() => parseRecord(forged), TypeError);
    assertMatch(
      message,
      /^Cannot read the run record: it must have each name of an object once, got "\w+" twice$/,
    );
  });
}

Deno.test("what a record says reaches no terminal raw, and a name of 2 MB gives a short message", async () => {
  const hostile = `\x1b]0;title\x07\u009b31m\u202e\u2066${"x".repeat(2e6)}`;
  const changes: Record<string, unknown>[] = [
    { [hostile]: {} },
    { format: hostile },
    { checksum: hostile },
    { configuration: { [hostile]: null } },
    { results: { a: { [hostile]: hostile } } },
    { columns: { ...contents.columns, [hostile]: hostile } },
    { columns: { ...contents.columns, step: [hostile], loss: [1], x_in: [1] } },
  ];
  const texts = [
    hostile,
    `{${hostile}`,
    `{"a": "${hostile}`,
    `{"a": 1e999, "${"y".repeat(2e6)}": 1}`,
  ];
  const record = await sampleRecord();
  texts.push(...changes.map((change) => JSON.stringify({ ...record, ...change })));
  for (const text of texts) {
    const { message } = await assertRejects(() => parseRecord(text), Error);
    assert(message.length < 400, `${message.length} characters`);
    assertEquals(escapeUnseen(message), message);
  }
});

Deno.test("contents that cannot be sealed are refused without their names raw", async () => {
  const results = { ["\x1b[31m" + "x".repeat(2e6)]: NaN };
  const { message } = await assertRejects(
    () => sealRecord({ ...contents, results } as unknown as RunRecord),
    TypeError,
  );
  assertMatch(message, /^Cannot seal the run record: results\.\\u001b\[31mx+… must be a string/);
});
