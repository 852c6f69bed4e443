import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { formatRecord, parseRecord, type RunRecord, sealRecord } from "../../src/record/record.ts";
import { contents, sampleRecord } from "./record_sample.ts";

Deno.test("a record goes through text and back unchanged", async () => {
  const record = await sampleRecord();
  assertEquals(await parseRecord(formatRecord(record)), record);
});

Deno.test("the text of a record that was read is the same bytes", async () => {
  const text = formatRecord(await sampleRecord());
  assertEquals(formatRecord(await parseRecord(text)), text);
});

Deno.test("a record's text is JSON, with the sections in their order", async () => {
  const record = await sampleRecord();
  const names = ["format", "checksum", "configuration", "environment", "results", "columns"];
  assertEquals(Object.keys(JSON.parse(formatRecord(record))), names);
  assertEquals(JSON.parse(formatRecord(record)), record);
});

Deno.test("a record's text has one line a setting and ten numbers a line", async () => {
  const step = Array.from({ length: 25 }, (_, i) => i);
  const x = step.map((i) => i % 2 === 0 ? i / 8 : null);
  const columns = { step, loss: step, x };
  const record = await sealRecord({ ...contents, results: {}, columns });
  const [, section] = formatRecord(record).split(/^ {2}"environment".*$/m);
  assertEquals(
    section,
    `
    "backend": "wasm",
    "note": "quotes \\", a \\\\ and ∇ ✓"
  },
  "results": {},
  "columns": {
    "step": [
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
      10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
      20, 21, 22, 23, 24
    ],
    "loss": [
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
      10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
      20, 21, 22, 23, 24
    ],
    "x": [
      0, null, 0.25, null, 0.5, null, 0.75, null, 1, null,
      1.25, null, 1.5, null, 1.75, null, 2, null, 2.25, null,
      2.5, null, 2.75, null, 3
    ]
  }
}
`,
  );
});

Deno.test("one number changed is two lines of text changed, its own and the checksum's", async () => {
  const loss = contents.columns.loss.with(7, 99);
  const other = await sealRecord({ ...contents, columns: { ...contents.columns, loss } });
  const before = formatRecord(await sampleRecord()).split("\n");
  const after = formatRecord(other).split("\n");
  assertEquals(after.filter((line, i) => line !== before[i]).length, 2);
});

Deno.test("an epoch of three columns stays below 100 kB of text", async () => {
  const step = Array.from({ length: 1875 }, (_, i) => i);
  const float = step.map((i) => Number(Math.fround(Math.sin(i)).toPrecision(9)));
  const columns = { step, loss: float, x_in: float, x_res: float };
  const text = formatRecord(await sealRecord({ ...contents, columns }));
  assert(text.length < 100_000, `${text.length} characters`);
});

Deno.test("a record without rows goes through text and back", async () => {
  const record = await sealRecord({ ...contents, columns: { step: [], loss: [] } });
  assert(formatRecord(record).includes('"step": [],\n'));
  assertEquals(await parseRecord(formatRecord(record)), record);
});

Deno.test("the checksum is SHA-256 of the sections as JSON, their names sorted", async () => {
  const { checksum } = await sealRecord({
    configuration: { seed: 0, batch: 32 },
    environment: {},
    results: {},
    columns: { step: [0], loss: [2.5] },
  });
  const text = '[[["batch",32],["seed",0]],[],[],[["loss",[2.5]],["step",[0]]]]';
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  assertEquals(checksum, new Uint8Array(digest).toHex());
});

Deno.test("the checksum does not depend on the order of names", async () => {
  const reversed = (section: object) => Object.fromEntries(Object.entries(section).reverse());
  const turned = {
    results: reversed(contents.results),
    columns: reversed(contents.columns),
    environment: reversed(contents.environment),
    configuration: reversed(contents.configuration),
  } as typeof contents;
  assertEquals((await sealRecord(turned)).checksum, (await sampleRecord()).checksum);
});

Deno.test("the checksum does not depend on white space or on how numbers are written", async () => {
  const record = await sampleRecord();
  const dense = JSON.stringify(record);
  const wide = JSON.stringify(record, undefined, "\t").replaceAll("\n", "\r\n");
  const other = dense.replace("0.0003", "3.0E-4");
  assertNotEquals(other, dense);
  for (const text of [dense, wide, other]) assertEquals(await parseRecord(text), record);
});

for (const section of ["configuration", "environment", "results", "columns"] as const) {
  Deno.test(`the checksum depends on ${section}`, async () => {
    const more = section === "columns" ? contents.columns.loss : "more";
    const changed = { ...contents, [section]: { ...contents[section], more } };
    assertNotEquals((await sealRecord(changed)).checksum, (await sampleRecord()).checksum);
  });
}

Deno.test('the checksum tells 1 from "1", and a name from a value', async () => {
  const configurations: RunRecord["configuration"][] = [
    { a: 1 },
    { a: "1" },
    { "1": "a" },
    { a: "1,b" },
    {},
  ];
  const records = configurations.map((configuration) => sealRecord({ ...contents, configuration }));
  const sums = (await Promise.all(records)).map(({ checksum }) => checksum);
  assertEquals(new Set(sums).size, 5);
});

Deno.test("−0 is kept nowhere: it is 0 in a record, in its text and when read", async () => {
  const columns = { step: [-0], loss: [-0] };
  const record = await sealRecord({ ...contents, configuration: { a: -0 }, columns });
  const text = JSON.stringify(record).replace('"a":0', '"a":-0').replace(
    '"loss":[0]',
    '"loss":[-0]',
  );
  for (const read of [record, await parseRecord(formatRecord(record)), await parseRecord(text)]) {
    const zeros = [read.configuration.a, read.columns.step[0], read.columns.loss[0]];
    assert(zeros.every((zero) => Object.is(zero, 0)));
  }
});

Deno.test("a sealed record does not change with what it was sealed from", async () => {
  const loss = [1, 2];
  const configuration = { seed: 0 };
  const columns = { step: [0, 1], loss };
  const record = await sealRecord({ ...contents, configuration, columns });
  loss[0] = 99;
  configuration.seed = 99;
  assertEquals([record.columns.loss[0], record.configuration.seed], [1, 0]);
});

Deno.test("names that objects have by themselves are names like any other", async () => {
  const own = (value: unknown) => JSON.parse(`{"__proto__": ${JSON.stringify(value)}}`);
  const record = await sealRecord({
    configuration: { ...own("of settings"), constructor: "too" },
    environment: own(1),
    results: { toString: 0 } as never,
    columns: { step: [0], loss: [1], ...own([2]) },
  });
  assertEquals(Object.keys(record.columns), ["step", "loss", "__proto__"]);
  assertEquals(Object.getPrototypeOf(record.columns), Object.prototype);
  const read = await parseRecord(formatRecord(record));
  assertEquals(formatRecord(read), formatRecord(record));
  assertEquals(({} as Record<string, unknown>).step, undefined);
});

Deno.test("texts with half a surrogate pair go through text and back", async () => {
  const record = await sealRecord({ ...contents, results: { odd: "\ud800 and \u2028" } });
  assertEquals(await parseRecord(formatRecord(record)), record);
});

Deno.test("contents that are no record are not sealed", async () => {
  const columns = { step: [0], loss: [NaN] };
  await assertRejects(
    () => sealRecord({ ...contents, columns }),
    TypeError,
    "Cannot seal the run record: columns.loss[0] must be a finite number or null, got NaN",
  );
  await assertRejects(
    () => sealRecord({ ...contents, results: { accuracy: NaN } }),
    TypeError,
    "Cannot seal the run record: results.accuracy must be a string or a finite number, got NaN",
  );
});
