import { assert, assertEquals } from "@std/assert";
import { formatRecord, parseRecord } from "../../src/record/record.ts";
import { random32 } from "../data/random.ts";
import { sampleRecord } from "./record_sample.ts";

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
