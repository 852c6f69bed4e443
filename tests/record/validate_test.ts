import { assertEquals, assertRejects } from "@std/assert";
import { formatRecord, parseRecord } from "../../src/record/record.ts";
import { sampleRecord } from "./record_sample.ts";

/** Registers that a text is refused with this sentence. */
function refuses(what: string, text: string | (() => Promise<string>), sentence: string): void {
  Deno.test(`${what} is refused`, async () => {
    const given = typeof text === "string" ? text : await text();
    const { message } = await assertRejects(() => parseRecord(given), TypeError);
    assertEquals(message, `Cannot read the run record: ${sentence}`);
  });
}

/** The sample's text with parts of it replaced; `undefined` takes a part away. */
function changed(parts: Record<string, unknown>): () => Promise<string> {
  return async () => JSON.stringify({ ...await sampleRecord(), ...parts });
}

for (
  const [what, text, got] of [
    ["an array", "[]", "an array"],
    ["null", "null", "null"],
    ["a number", "7", "7"],
    ["a string", '"record"', '"record"'],
  ]
) {
  refuses(`JSON that is ${what}`, text, `it must be a JSON object, got ${got}`);
}

const format = "its format must be residual-connection/run@1";
refuses("foreign JSON", '{"name": "package"}', `${format}, got undefined`);
refuses(
  "a newer format",
  changed({ format: "residual-connection/run@2" }),
  `${format}, got "residual-connection/run@2"`,
);
refuses(
  "an older format",
  changed({ format: "residual-connection/run@0" }),
  `${format}, got "residual-connection/run@0"`,
);
refuses(
  "a format that is a list",
  changed({ format: ["residual-connection/run@1"] }),
  `${format}, got an array`,
);
refuses(
  "a format that is inherited",
  '{"__proto__": {"format": "residual-connection/run@1"}}',
  `${format}, got undefined`,
);

for (const section of ["configuration", "environment", "results", "columns"]) {
  refuses(
    `a record without ${section}`,
    changed({ [section]: undefined }),
    `${section} must be an object, got undefined`,
  );
  refuses(
    `a record whose ${section} is a list`,
    changed({ [section]: [] }),
    `${section} must be an object, got an array`,
  );
}

const parts =
  "it must have no other parts than checksum, configuration, environment, results, columns";
refuses("a part that no checksum covers", changed({ author: "me" }), `${parts}, got "author"`);
refuses(
  "a part named __proto__",
  async () => formatRecord(await sampleRecord()).replace("{", '{"__proto__": {},'),
  `${parts}, got "__proto__"`,
);

const setting = "configuration.seed must be a string or a finite number";
for (const [value, got] of [[null, "null"], [true, "true"], [[1], "an array"], [{}, "an object"]]) {
  refuses(
    `a setting that is ${got}`,
    changed({ configuration: { seed: value } }),
    `${setting}, got ${got}`,
  );
}
refuses(
  "a setting past all numbers",
  async () => formatRecord(await sampleRecord()).replace('"seed": 0', '"seed": 1e999'),
  "configuration.seed must be a finite number, got one past all numbers",
);

/** A record of these columns. */
const columns = (columns: Record<string, unknown>) => changed({ columns });

refuses(
  "a record without steps",
  columns({ loss: [] }),
  "columns.step must be an array, got undefined",
);
refuses(
  "a record without a loss",
  columns({ step: [] }),
  "columns.loss must be an array, got undefined",
);
refuses(
  "steps that are a number",
  columns({ step: 3, loss: [] }),
  "columns.step must be an array, got 3",
);
refuses(
  "a column that is text",
  columns({ step: [0], loss: [1], x: "1" }),
  'columns.x must be an array, got "1"',
);
refuses(
  "a column that is too short",
  columns({ step: [0, 1], loss: [1] }),
  "columns.loss must be as long as columns.step, 2, got 1",
);
refuses(
  "a column that is too long",
  columns({ step: [0], loss: [1], x: [1, 2] }),
  "columns.x must be as long as columns.step, 1, got 2",
);
refuses(
  "a column with text in it",
  columns({ step: [0, 1], loss: [1, "2"] }),
  'columns.loss[1] must be a finite number or null, got "2"',
);
refuses(
  "a column in a column",
  columns({ step: [0], loss: [[1]] }),
  "columns.loss[0] must be a finite number or null, got an array",
);
refuses(
  "a column with true in it",
  columns({ step: [0], loss: [true] }),
  "columns.loss[0] must be a finite number or null, got true",
);

for (
  const [what, step, got] of [
    ["stand still", [0, 1, 1], "1 in row 2"],
    ["fall", [0, 2, 1], "1 in row 2"],
    ["are negative", [-1, 0, 1], "-1 in row 0"],
    ["are not whole", [0, 0.5, 1], "0.5 in row 1"],
    ["are null", [0, null, 1], "null in row 1"],
    ["are past whole numbers", [0, 1, 2 ** 53], "9007199254740992 in row 2"],
  ] as const
) {
  refuses(
    `a record whose steps ${what}`,
    columns({ step, loss: [1, 1, 1] }),
    `columns.step must be rising whole numbers from 0 on, got ${got}`,
  );
}

Deno.test("text that is not JSON is refused, with where", async () => {
  for (const text of ["", "{", "record", "{'a': 1}", '{"a": NaN}']) {
    const { message, cause } = await assertRejects(() => parseRecord(text), TypeError);
    assertEquals(message, `Cannot read the run record: ${(cause as Error).message}`);
  }
});

Deno.test("a long text in a wrong place is cut short in the message", async () => {
  const text = JSON.stringify({ format: "x".repeat(100_000) });
  const { message } = await assertRejects(() => parseRecord(text), TypeError);
  assertEquals(message.length < 200, true);
});

Deno.test("steps need not begin at 0 nor be next to each other", async () => {
  const text = await columns({ step: [100, 200], loss: [2, 1] })();
  await assertRejects(() => parseRecord(text), RangeError, "Cannot trust the run record"); // no TypeError
});

Deno.test("a record that was changed is refused with both checksums", async () => {
  const record = await sampleRecord();
  const text = JSON.stringify({ ...record, results: { ...record.results, test_accuracy: 0.99 } });
  const { message } = await assertRejects(() => parseRecord(text), RangeError);
  const [, found, stated] = message.match(/have checksum (\w+), it states "(\w+)"$/)!;
  assertEquals(stated, record.checksum);
  assertEquals(found.length, 64);
});

for (const checksum of [undefined, null, 7, "", []]) {
  Deno.test(`a record whose checksum is ${JSON.stringify(checksum)} is refused`, async () => {
    const text = JSON.stringify({ ...await sampleRecord(), checksum });
    await assertRejects(() => parseRecord(text), RangeError, "Cannot trust the run record");
  });
}
