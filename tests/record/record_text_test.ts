import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { formatRecord, parseRecord, type RunRecord, sealRecord } from "../../src/record/record.ts";
import { escapeUnseen } from "../../src/validate.ts";
import { random32 } from "../data/random.ts";
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

/** Whether a text is read; if so it must say what the original says, if not a sentence must say why. */
async function isRead(text: string, original: string): Promise<boolean> {
  try {
    assertEquals(formatRecord(await parseRecord(text)), original);
    return true;
  } catch (error) {
    assert(error instanceof TypeError || error instanceof RangeError, String(error));
    assert(/^Cannot (read|trust) the run record: [^]+[^.]$/.test(error.message), error.message);
    return false;
  }
}

Deno.test("a record with any bit of its text flipped is refused, or says the same", async () => {
  const original = formatRecord(await sampleRecord());
  const bytes = new TextEncoder().encode(original);
  let read = 0;
  for (let i = 0; i < bytes.length; i++) {
    for (let bit = 0; bit < 8; bit++) {
      const damaged = bytes.with(i, bytes[i] ^ (1 << bit));
      if (await isRead(new TextDecoder().decode(damaged), original)) read++;
    }
  }
  const exponents = original.match(/\de-\d/g)!;
  assertEquals(read, exponents.length); // 1e-8 and 1E-8 are one number, nothing else is
});

Deno.test("a record that is cut off anywhere is refused", async () => {
  const original = formatRecord(await sampleRecord());
  const end = original.trimEnd().length;
  for (let i = 0; i < end; i++) assertEquals(await isRead(original.slice(0, i), original), false);
});

/** Texts that mean something in JSON, in JavaScript or in a record. */
const SNIPPETS = [
  ...'{}[]",:-+.eE0123456789\\ \n\t\u0000\ufffd',
  ...[
    "null",
    "true",
    "NaN",
    "Infinity",
    "1e999",
    "-0",
    '"__proto__"',
    '"step"',
    '"columns": {}',
    "[[[[",
  ],
];

Deno.test("2,000 random changes of a record's text are refused with a sentence, or say the same", async () => {
  const original = formatRecord(await sampleRecord());
  const random = random32(3);
  const below = (n: number) => random() % n;
  let read = 0;
  for (let i = 0; i < 2000; i++) {
    let text = original;
    for (let changes = 1 + below(4); changes > 0; changes--) {
      const from = below(text.length);
      const to = Math.min(text.length, from + below(below(4) === 0 ? 200 : 3));
      const put = [
        SNIPPETS[below(SNIPPETS.length)],
        text.slice(below(text.length)).slice(0, 30),
        "",
      ];
      text = text.slice(0, from) + put[below(3)] + text.slice(to);
    }
    if (await isRead(text, original)) read++;
  }
  assert(read < 500, `${read} of 2,000 were read`);
});

/** Values of every kind that JSON has. */
const VALUES = [null, true, 0, -1, 0.5, 1e308, "", "text", [], [null], ["1"], {}, { step: [0] }];

Deno.test("2,000 random values in random places of a record are refused with a sentence", async () => {
  const original = formatRecord(await sampleRecord());
  const random = random32(5);
  const pick = <T>(items: readonly T[]) => items[random() % items.length];
  let read = 0;
  for (let i = 0; i < 2000; i++) {
    // deno-lint-ignore no-explicit-any -- the tree is walked at random
    const tree: any = JSON.parse(original);
    let at = tree;
    let key = pick(Object.keys(at));
    while (random() % 3 > 0 && Object(at[key]) === at[key]) {
      at = at[key];
      key = pick(Object.keys(at));
    }
    at[key] = pick(VALUES);
    if (await isRead(JSON.stringify(tree), original)) read++;
  }
  assert(read < 100, `${read} of 2,000 were read`); // a value was replaced by the same one
});
