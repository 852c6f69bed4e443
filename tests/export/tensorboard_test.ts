import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import protobuf from "protobufjs";
import { toTensorBoard } from "../../src/export/tensorboard.ts";
import { crc32c } from "../../src/export/tf_record.ts";
import type { RunRecord } from "../../src/record/record.ts";
import { sampleRecord } from "../record/record_sample.ts";
import { ofAnyRecord } from "./any_record.ts";

/** What is used of TensorFlow's event.proto, summary.proto, tensor.proto and tensor_shape.proto. */
const EVENT = protobuf.parse(
  `
  syntax = "proto3";
  message Event {
    double wall_time = 1;
    int64 step = 2;
    oneof what {
      string file_version = 3;
      Summary summary = 5;
    }
  }
  message Summary {
    message Value {
      string tag = 1;
      SummaryMetadata metadata = 9;
      oneof value {
        float simple_value = 2;
        TensorProto tensor = 8;
      }
    }
    repeated Value value = 1;
  }
  message SummaryMetadata {
    message PluginData {
      string plugin_name = 1;
      bytes content = 2;
    }
    PluginData plugin_data = 1;
  }
  message TensorProto {
    int32 dtype = 1;
    TensorShapeProto tensor_shape = 2;
    repeated bytes string_val = 8;
  }
  message TensorShapeProto {
    message Dim {
      int64 size = 1;
    }
    repeated Dim dim = 2;
  }
`,
  { keepCase: true },
).root.lookupType("Event");

/** An event as protobufjs decodes it, without numbers that are 0 and texts that are empty. */
interface Event {
  readonly wall_time?: number;
  readonly step?: number;
  readonly file_version?: string;
  readonly summary?: { readonly value: readonly Value[] };
}

interface Value {
  readonly tag?: string;
  readonly simple_value?: number;
  readonly metadata?: { readonly plugin_data: { readonly plugin_name: string } };
  readonly tensor?: { readonly dtype: number; readonly string_val: readonly Uint8Array[] };
}

/** The events of a file, after their lengths and checksums were compared. */
function eventsIn(file: Uint8Array<ArrayBuffer>): Event[] {
  const view = new DataView(file.buffer);
  const events: Event[] = [];
  for (let at = 0; at < file.length;) {
    const length = Number(view.getBigUint64(at, true));
    const bytes = file.subarray(at + 12, at + 12 + length);
    assertEquals(unmasked(view.getUint32(at + 8, true)), crc32c(file.subarray(at, at + 8)));
    assertEquals(unmasked(view.getUint32(at + 12 + length, true)), crc32c(bytes));
    events.push(EVENT.toObject(EVENT.decode(bytes), { longs: Number, arrays: true }) as Event);
    at += length + 16;
  }
  return events;
}

/** `Unmask` of TensorFlow's crc32c.h. */
function unmasked(masked: number): number {
  const rotated = (masked - 0xa282ead8) >>> 0;
  return ((rotated >>> 17) | (rotated << 15)) >>> 0;
}

const bytes = (length: number, at: (i: number) => number) =>
  Uint8Array.from({ length }, (_, i) => at(i));

/** From RFC 3720, appendix B.4, and the catalog of CRC algorithms' check value. */
const CHECKSUMS: readonly (readonly [what: string, of: Uint8Array, checksum: number])[] = [
  ["no bytes", new Uint8Array(0), 0],
  ["123456789", new TextEncoder().encode("123456789"), 0xe3069283],
  ["32 zeros", bytes(32, () => 0), 0x8a9136aa],
  ["32 ones", bytes(32, () => 0xff), 0x62a8ab43],
  ["32 rising bytes", bytes(32, (i) => i), 0x46dd794e],
  ["32 falling bytes", bytes(32, (i) => 31 - i), 0x113fdb5c],
];

for (const [what, of, checksum] of CHECKSUMS) {
  Deno.test(`the CRC-32C of ${what} is the published one`, () => {
    assertEquals(crc32c(of), checksum);
  });
}

Deno.test("an event file begins with its version and the record's settings", async () => {
  const record = await sampleRecord();
  const [version, description] = eventsIn(toTensorBoard(record));
  assertEquals(version, { file_version: "brain.Event:2" });
  const [{ tag, metadata, tensor }] = description.summary!.value;
  assertEquals(tag, "record/text_summary");
  assertEquals(metadata!.plugin_data.plugin_name, "text");
  const lines = new TextDecoder().decode(tensor!.string_val[0]).split("\n");
  assertEquals(lines.filter((line) => !line.startsWith("    ")), []); // all of it a block of code
  const { columns: _, ...rest } = record;
  assertEquals(JSON.parse(lines.join("\n")), rest);
});

Deno.test("another program reads every number in an event file, as float32", async () => {
  await fc.assert(
    ofAnyRecord((record) => {
      const { step: steps, ...measured } = record.columns;
      const [, , ...events] = eventsIn(toTensorBoard(record));
      const scalars: unknown[] = events.map(({ step = 0, summary }) => [
        step,
        summary!.value.map(({ tag = "", simple_value }) => [tag, simple_value]),
      ]);
      const expected = steps.map((step, row) => [
        step,
        Object.entries(measured).flatMap(([name, column]) =>
          column[row] === null ? [] : [[name, Math.fround(column[row])]]
        ),
      ]);
      assertEquals(scalars, expected);
    }),
    { seed: 1 },
  );
});

Deno.test("an event file of what is no record is refused", () => {
  assertThrows(
    () => toTensorBoard({} as RunRecord),
    TypeError,
    "Cannot export the run record as an event file: format must be a string, got undefined",
  );
});
