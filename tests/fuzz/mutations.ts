/**
 * Changed files of every kind that is read here, and what must hold of each: a sealed one is read as
 * it was or refused, a foreign one is sound or refused, and a refusal is a sentence.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertMatch, assertNotMatch } from "@std/assert";
import fc from "fast-check";
import { verifyFigure } from "../../experiments/commands/verify_figure.ts";
import { parseTrace } from "../../experiments/parity/trace.ts";
import { diagrams, plots } from "../../figures/mod.ts";
import { formatAddress, parseAddress } from "../../live/shared/address.ts";
import { LAST_SEED, OFFERED } from "../../live/shared/configuration.ts";
import { escapeUnseen } from "../../src/validate.ts";
import { parseIdx } from "../../src/data/idx.ts";
import { startBackend } from "../../src/backend/start.ts";
import { fileSystem } from "../../src/saving/file_system.ts";
import { formatRecord, parseRecord, sealRecord } from "../../src/record/record.ts";
import { header, sealed, weightBytes } from "../experiments/parity/a_trace.ts";
import { sampleRecord as drawable } from "../figures/sample.ts";
import { denseModel, weightsFile } from "../saving/models.ts";
import { sampleRecord } from "../record/record_sample.ts";
import { isIdx, mutant } from "./idx_mutations.ts";
import { changeText, changeValue, flipBit } from "./json_mutations.ts";

/** Milliseconds that reading one file may take. */
const LONGEST = 5000;

/** Whole numbers below n. */
type Below = (n: number) => number;

/** A kind of file. */
export interface Kind {
  readonly name: string;
  /** Changes one and reads it; whether it was read. Fails if that is wrong, or the refusal is. */
  read(below: Below): Promise<boolean>;
}

/** What became of the files of one kind. */
export interface Tally {
  readonly name: string;
  readonly read: number;
  readonly refused: number;
  /** Milliseconds that the longest took. */
  readonly longest: number;
  /** Bytes that the process took at most for one of them, garbage that is not yet collected included. */
  readonly memory: number;
  /** Bytes that it took at most while it read all of them, beyond those that it had before. */
  readonly peak: number;
}

/** How many files, and which. */
export interface AttackOptions {
  readonly runs: number;
  /** Of fast-check, which prints it with the path to a failure. */
  readonly seed: number;
}

/** Reads changed files of one kind. */
export async function attack(kind: Kind, { runs, seed }: AttackOptions): Promise<Tally> {
  const before = Deno.memoryUsage().rss;
  let [read, refused, longest, memory, peak, last] = [0, 0, 0, 0, before, before];
  const tape = fc.array(fc.nat(), { minLength: 40, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(tape, async (numbers) => {
      let at = 0;
      const start = performance.now();
      const isRead = await kind.read((n) => numbers[at++ % numbers.length] % n);
      const took = performance.now() - start;
      assert(took < LONGEST, `it took ${took} ms`);
      if (isRead) read++;
      else refused++;
      longest = Math.max(longest, took);
      const { rss } = Deno.memoryUsage();
      memory = Math.max(memory, rss - last);
      peak = Math.max(peak, rss);
      last = rss;
    }),
    { numRuns: runs, seed, includeErrorInReport: true },
  );
  return { name: kind.name, read, refused, longest, memory, peak: peak - before };
}

/** What the JavaScript engine says when it trips. */
const ENGINE =
  /Cannot (?:(?:read|set) propert|destructure|convert|access|mix)|is not (?:a function|iterable|defined)| of (?:undefined|null)/;

/** What a call gives; nothing where it is refused, which must be done in one short sentence. */
async function readOrRefused<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    const { message, constructor } = error as Error;
    const known = [Error, TypeError, RangeError, ...Object.values(Deno.errors)];
    assert(known.some((each) => each === constructor), String(error));
    assertMatch(message, /^Cannot [a-z][^\n]*[^.]$/);
    assertNotMatch(message, ENGINE);
    assert(message.length < 1500, `${message.length} characters`);
    assertEquals(escapeUnseen(message), message);
  }
}

/** Whether an object of a JSON text has a name twice: then the text has more names than its value. */
function hasDuplicates(text: string): boolean {
  const strings = text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g);
  const written = [...strings].filter(([, colon]) => colon !== undefined).length;
  return written !== namesIn(JSON.parse(text.replace(/^\ufeff/, "")));
}

function namesIn(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce((sum, each) => sum + namesIn(each), own);
}

/** Puts a second value of one of the text's names before or after the first one. */
function addDuplicate(text: string, below: Below): string {
  const pairs = [...text.matchAll(/("(?:[^"\\]|\\.)+")\s*:\s*(-?[\d.e-]+|"(?:[^"\\]|\\.)*")/g)];
  const { index, 0: pair, 1: name } = pairs[below(pairs.length)];
  const escaped = name.replace(
    /"(.)/,
    (_, letter: string) => `"\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  const more = `${[name, escaped][below(2)]}: ${["null", "1", '"x"', "[]", "{}"][below(5)]}`;
  const [first, second] = below(2) === 0 ? [more, pair] : [pair, more];
  return `${text.slice(0, index)}${first}, ${second}${text.slice(index + pair.length)}`;
}

/** The bytes of a changed JSON text, in one of the encodings that editors write. */
function changedJson(text: string, below: Below): Uint8Array<ArrayBuffer> {
  const change = [changeText, changeValue, flipBit, addDuplicate, (text: string) => text][below(5)];
  const changed = change(text, below);
  const ended = below(4) === 0 ? changed.replaceAll(/\r?\n/g, "\r\n") : changed;
  const encoding = below(12);
  if (encoding === 0) {
    const units = Uint16Array.from(`\ufeff${ended}`, (unit) => unit.charCodeAt(0));
    return new Uint8Array(units.buffer);
  }
  const bytes = new TextEncoder().encode(encoding === 1 ? `\ufeff${ended}` : ended);
  return encoding === 2 ? changedBytes(bytes, below) : bytes;
}

/** Bytes with a bit flipped, a part cut out, put in or moved. */
function changedBytes(bytes: Uint8Array<ArrayBuffer>, below: Below): Uint8Array<ArrayBuffer> {
  const at = below(bytes.length);
  const part = bytes.slice(at, at + 1 + below(8));
  const to = below(bytes.length);
  switch (below(4)) {
    case 0:
      return bytes.with(at, bytes[at] ^ (1 << below(8)));
    case 1:
      return joined(bytes.subarray(0, at), bytes.subarray(at + part.length));
    case 2:
      return joined(bytes.subarray(0, to), part, bytes.subarray(to));
    default:
      return joined(bytes.subarray(0, at), Uint8Array.of(below(256)), bytes.subarray(at + 1));
  }
}

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Every kind of file. Some are read from a folder of their own. */
export async function kindsIn(folder: string): Promise<readonly Kind[]> {
  await startBackend("cpu");
  return [
    await records(),
    ...await models(`${folder}/sealed`, `${folder}/foreign`),
    idx,
    await traces(),
    await figures(`${folder}/figures`),
    addresses,
  ];
}

async function records(): Promise<Kind> {
  const original = await sampleRecord();
  const text = formatRecord(original);
  return {
    name: "records",
    async read(below) {
      const bytes = changedJson(text, below);
      const record = await readOrRefused(() => parseRecord(bytes));
      if (record === undefined) return false;
      assertEquals(record, original);
      assert(!hasDuplicates(decode(bytes)), "a name is in it twice");
      return true;
    },
  };
}

/** Of models that were saved here, `model.json` and the weights; of another tool's, `model.json`. */
async function models(sealed: string, foreign: string): Promise<readonly Kind[]> {
  const model = denseModel(1);
  await model.save(fileSystem(sealed));
  model.dispose();
  const weights = await weightsFile(sealed);
  const json = await Deno.readTextFile(`${sealed}/model.json`);
  const bytes = await Deno.readFile(`${sealed}/${weights}`);
  const original = contentsOf(await fileSystem(sealed).load());
  const readSealed = async (name: string, changed: Uint8Array, whole: Uint8Array | string) => {
    await Deno.writeFile(`${sealed}/${name}`, changed);
    try {
      const artifacts = await readOrRefused(() => fileSystem(sealed).load());
      if (artifacts === undefined) return false;
      assertEquals(contentsOf(artifacts), original);
      assert(name !== "model.json" || !hasDuplicates(decode(changed)), "a name is in it twice");
      return true;
    } finally {
      await Deno.writeFile(
        `${sealed}/${name}`,
        typeof whole === "string" ? new TextEncoder().encode(whole) : whole,
      );
    }
  };
  await Deno.mkdir(foreign);
  await Deno.writeFile(`${foreign}/weights.bin`, bytes.slice(0, 8));
  const others = JSON.stringify({
    format: "layers-model",
    modelTopology: { class_name: "Sequential", config: [1, null] },
    weightsManifest: [{
      paths: ["weights.bin"],
      weights: [
        { name: "a", shape: [2], dtype: "float32", quantization: { dtype: "float16" } },
        {
          name: "b",
          shape: [2, 1],
          dtype: "float32",
          quantization: { dtype: "uint8", scale: 0.25, min: -1 },
        },
        { name: "c", shape: [2], dtype: "bool" },
      ],
    }],
  });
  return [
    {
      name: "model.json",
      read: (below) => readSealed("model.json", changedJson(json, below), json),
    },
    {
      name: "model.json of another tool",
      async read(below) {
        const changed = changedJson(others, below);
        await Deno.writeFile(`${foreign}/model.json`, changed);
        const artifacts = await readOrRefused(() => fileSystem(foreign).load());
        if (artifacts === undefined) return false;
        assert(!hasDuplicates(decode(changed)), "a name is in it twice");
        assertSound(artifacts);
        return true;
      },
    },
    {
      name: "weights",
      read: (below) =>
        readSealed(weights, below(8) === 0 ? bytes : changedBytes(bytes, below), bytes),
    },
  ];
}

function contentsOf({ weightData, ...json }: tf.io.ModelArtifacts): string {
  return JSON.stringify([json, new Uint8Array(weightData as ArrayBuffer).toHex()]);
}

/** TensorFlow.js must take the weights, and what was rounded must be numbers. */
function assertSound({ weightData, weightSpecs }: tf.io.ModelArtifacts): void {
  const tensors = tf.io.decodeWeights(weightData as ArrayBuffer, weightSpecs!);
  for (const { name, shape, quantization } of weightSpecs!) {
    assertEquals(tensors[name].shape, shape);
    const rounded = quantization !== undefined && quantization.dtype !== "float16";
    if (rounded) assert(tensors[name].dataSync().every(Number.isFinite), name);
  }
  tf.dispose(tensors);
}

const idx: Kind = {
  name: "IDX",
  async read(below) {
    const bytes = mutant(() => below(2 ** 31));
    const file = await readOrRefused(() => Promise.resolve().then(() => parseIdx(bytes)));
    assertEquals(file !== undefined, isIdx(bytes));
    return file !== undefined;
  },
};

async function traces(): Promise<Kind> {
  const weights = weightBytes();
  const text = await sealed({ ...header(), about: "made up" });
  const original = await parseTrace(text, weights);
  return {
    name: "traces",
    async read(below) {
      const both = below(4) === 0
        ? [text, changedBytes(weights, below)] as const
        : [decode(changedJson(text, below)), weights] as const;
      const trace = await readOrRefused(() => parseTrace(...both));
      if (trace === undefined) return false;
      assertEquals(trace, original);
      assert(!hasDuplicates(both[0]), "a name is in it twice");
      return true;
    },
  };
}

/** Figures beside their record: one that differs in a byte from what the record draws is refused. */
async function figures(folder: string): Promise<Kind> {
  const configuration = { experiment: "article", case: "residual" };
  const environment = { backend: "webgpu", tensorflow: "4" };
  const record = await sealRecord(drawable(3, { configuration, environment }));
  const drawn = [diagrams.residual(), plots["residual-experiment"](record)];
  await Deno.mkdir(folder);
  await Deno.writeTextFile(`${folder}/x.json`, formatRecord(record));
  return {
    name: "figures",
    async read(below) {
      const svg = drawn[below(8) === 0 ? 1 : 0]; // the other takes ten times as long to draw again
      const original = new TextEncoder().encode(svg);
      const changed = [
        () => changedBytes(original, below),
        () => new TextEncoder().encode(changeText(svg, below)),
        () => new TextEncoder().encode(svg.replaceAll("\n", ["\n", "\r\n", ""][below(3)])),
        () => new TextEncoder().encode(svg.replace(/[^>]+(?=<\/)/, changeText("Loss", below))),
      ][below(4)]();
      await Deno.writeFile(`${folder}/x.svg`, changed);
      const lines = await readOrRefused(() => verifyFigure(`${folder}/x.svg`, { records: folder }));
      if (lines === undefined) return false;
      assertEquals(changed, original);
      lines.forEach((line) => assertEquals(escapeUnseen(line), line));
      return true;
    },
  };
}

const ADDRESSES = [
  "?variant=residual-a&seed=7&under=published+seeds",
  "?depth=4&optimizer=SGD&learning_rate=0.01&against=optimizer%3AAdam",
  "?batch=64&initialization=He+normal&backend=wasm&seed=2147483647&against=depth:8",
];

const addresses: Kind = {
  name: "addresses",
  read(below) {
    const query = changeText(ADDRESSES[below(ADDRESSES.length)], below);
    const { page, problems } = parseAddress(query);
    for (const [name, value] of Object.entries(page.first)) {
      if (name === "seed") assert(Number.isInteger(value) && value >= 0 && value <= LAST_SEED);
      else assert((OFFERED[name as keyof typeof OFFERED] as readonly unknown[]).includes(value));
    }
    for (const problem of problems) assertMatch(problem, /^Cannot [a-z][^]{10,500}[^.]$/);
    assertEquals(parseAddress(formatAddress(page)), { page, problems: [] });
    return Promise.resolve(problems.length === 0);
  },
};
