/** The commands, with arguments and files that nobody should give them. */

import { assert, assertEquals, assertInstanceOf, assertMatch } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { claims } from "../../experiments/commands/claims.ts";
import { experiments } from "../../experiments/commands/experiments.ts";
import { exportRecord } from "../../experiments/commands/export.ts";
import { figures } from "../../experiments/commands/figures.ts";
import {
  oneOf,
  parseFlags,
  text,
  UsageError,
  wholeNumber,
} from "../../experiments/commands/flags.ts";
import { parity } from "../../experiments/commands/parity.ts";
import { verify } from "../../experiments/commands/verify.ts";
import { live } from "../../live/live.ts";
import { type Idx, parseIdx } from "../../src/data/idx.ts";
import { formatRecord, parseRecord, type RunRecord } from "../../src/record/record.ts";
import { fileSystem } from "../../src/saving/file_system.ts";
import { formatModel, type ParsedModel, parseModel } from "../../src/saving/model_json.ts";
import { idxBytes } from "../data/idx_bytes.ts";
import { random32 } from "../data/random.ts";
import { sampleRecord } from "../record/record_sample.ts";
import { bits, denseModel, testInFolder, weightsFile } from "../saving/models.ts";
import { runs, written } from "../support/generated.ts";
import { runHere } from "../support/run_here.ts";
import { temporaryFolder } from "../support/temporary_folder.ts";
import { testWith } from "../support/test_with.ts";
import { anyText } from "./any_text.ts";
import { isIdx, mutant } from "./idx_mutations.ts";
import { changeText, changeValue, flipBit } from "./json_mutations.ts";
import { attack, kindsIn } from "./mutations.ts";
import { assertRefusal } from "./refuses.ts";

const RUNS = runs({ sample: 200, full: 1000 });

const COMMANDS = { claims, experiments, export: exportRecord, figures, live, parity, verify };

for (const [name, command] of Object.entries(COMMANDS)) {
  Deno.test(`${name} reads any arguments beside --help, or refuses them with a sentence`, async () => {
    const { out: help } = await runHere(command, ["--help"]);
    const flags = [...new Set(help.match(/(?<=--)[a-z-]+/g))];
    assert(flags.length > 2, "the help text names the flags");
    const value = fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String));
    const flag = fc.constantFrom(...flags).map((flag) => `--${flag}`);
    const argument = fc.oneof(
      flag,
      fc.tuple(flag, value).map(([flag, value]) => `${flag}=${value}`),
      value,
      fc.constantFrom("--", "-", "---", "--=", "--no-fresh", "--__proto__", "-s", ""),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(argument, { maxLength: 5 }), async (args) => {
        try {
          const { status, out } = await runHere(command, ["--help", ...args]);
          assertEquals([status, out], [0, help]);
        } catch (error) {
          assertInstanceOf(error, UsageError);
          assertMatch(error.message, /^(--|Unknown flag --|Unexpected ")[^]*[^.]$/);
        }
      }),
      { numRuns: RUNS, seed: 1 },
    );
  });
}

const OF_A_KIND = runs({ sample: 300, full: 1000 });

testWith(
  `of ${written(OF_A_KIND)} changed files of each kind none is read that says anything else`,
  {
    needs: ["read", "write"],
    fn: async () => {
      await using folder = await temporaryFolder();
      for (const kind of await kindsIn(folder.path)) {
        const { name, read, refused } = await attack(kind, { runs: OF_A_KIND, seed: 1 });
        assert(read > 10 && refused > 100, `${name}: ${read} were read, ${refused} refused`);
      }
    },
  },
);

// Files that this package wrote and that were changed since: read only where they say the same.

/** A small `model.json` with everything in it that one can hold. */
const modelText = await formatModel({
  modelTopology: { class_name: "Sequential", config: { layers: [{ units: 2, rate: 1e-8 }] } },
  format: "layers-model",
  generatedBy: "TensorFlow.js",
  convertedBy: null,
  userDefinedMetadata: { note: { text: "∇ ✓" } },
  optimizer: "SGD",
  weightsManifest: [{
    paths: ["weights.0123456789abcdef.bin"],
    weights: [
      { name: "dense/kernel", shape: [2, 3], dtype: "float32" },
      { name: "iter", shape: [], dtype: "int32", group: "optimizer" },
    ],
  }],
});

const MODELS = runs({ sample: 1000, full: 30_000 });

Deno.test(`of ${written(MODELS)} changed model.json with a checksum those are read that say the same`, async () => {
  const { checksum: _, ...original } = JSON.parse(modelText);
  const random = random32(1);
  const below = (n: number) => random() % n;
  let read = 0;
  for (let i = 0; i < MODELS; i++) {
    const changed = [changeText, changeValue, flipBit][i % 3](modelText, below);
    const model: ParsedModel | Error = await parseModel(changed).catch((error) => error);
    if (model instanceof Error) {
      assert([TypeError, RangeError].some((c) => c === model.constructor), `${model}`);
      assertMatch(model.message, /^(its|the|a weight's|each weight) [^]+[^.]$/);
    } else if (model.checked) {
      assertEquals(JSON.stringify(model.json), JSON.stringify(original), changed);
      read++;
    }
  }
  assert(read > MODELS / 300 && read < MODELS / 3, `${read} were read`);
});

/** All of what `load` gives, as a text. */
function shown({ weightData, ...json }: tf.io.ModelArtifacts): string {
  return JSON.stringify([json, new Uint8Array(weightData as ArrayBuffer).toHex()]);
}

testInFolder(
  "a saved model of which any bit is flipped is refused, or is the same",
  async (folder) => {
    const model = denseModel(1);
    const optimizer = tf.train.momentum(0.1, 0.9);
    await model.save(fileSystem(folder, { optimizer }));
    const saved = JSON.stringify(bits(model));
    const original = shown(await fileSystem(folder, { optimizer }).load());
    const random = random32(2);
    for (const name of ["model.json", await weightsFile(folder)]) {
      const bytes = await Deno.readFile(`${folder}/${name}`);
      for (let i = 0; i < 200; i++) {
        const at = random() % bytes.length;
        await Deno.writeFile(`${folder}/${name}`, bytes.with(at, bytes[at] ^ (1 << random() % 8)));
        const artifacts: tf.io.ModelArtifacts | Error = await fileSystem(folder, { optimizer })
          .load()
          .catch((error) => error);
        if (artifacts instanceof Error) assertRefusal(artifacts);
        else assertEquals(shown(artifacts), original);
      }
      await Deno.writeFile(`${folder}/${name}`, bytes);
    }
    const loaded = await tf.loadLayersModel(fileSystem(folder, { optimizer }));
    assertEquals(JSON.stringify(bits(loaded)), saved);
    loaded.dispose();
    model.dispose();
    optimizer.dispose();
    (optimizer as unknown as { readonly c: tf.Tensor }).c.dispose();
  },
);

const RECORDS = runs({ sample: 1000, full: 100_000 });

Deno.test(`of ${written(RECORDS)} changed records those are read that say the same, the rest is refused with a sentence`, async () => {
  const original = formatRecord(await sampleRecord());
  const random = random32(1);
  const below = (n: number) => random() % n;
  let read = 0;
  for (let i = 0; i < RECORDS; i++) {
    const text = [changeText, changeValue, flipBit][i % 3](original, below);
    const record: RunRecord | Error = await parseRecord(text).catch((error) => error);
    if (record instanceof Error) {
      assert([TypeError, RangeError].some((c) => c === record.constructor), `${record}`);
      assertMatch(record.message, /^Cannot (read|trust) the run record: [^]+[^.]$/);
    } else {
      assertEquals(formatRecord(record), original, text);
      read++;
    }
  }
  assert(read > RECORDS / 100 && read < RECORDS / 2, `${read} were read`);
});

const FILES = runs({ sample: 2000, full: 100_000 });

/** What is parsed, or the error. */
function outcome(bytes: Uint8Array): Idx | Error {
  try {
    return parseIdx(bytes);
  } catch (error) {
    return error as Error;
  }
}

Deno.test(`of ${written(FILES)} changed IDX files those are parsed whose header describes exactly their bytes`, () => {
  const random = random32(1);
  let parsed = 0;
  for (let i = 0; i < FILES; i++) {
    const bytes = mutant(random);
    const idx = outcome(bytes);
    assert(isIdx(bytes) !== idx instanceof Error, `[${bytes}] gives ${idx}`);
    if (idx instanceof Error) {
      assertInstanceOf(idx, RangeError);
      assertMatch(idx.message, /^Cannot parse IDX bytes: .+ got .*[^.]$/);
    } else {
      const { shape, data } = idx;
      assertEquals(shape.reduce((product, size) => product * size), data.length);
      assertEquals(idxBytes(shape, data).toHex(), bytes.toHex());
      parsed++;
    }
  }
  assert(parsed > 0.05 * FILES && parsed < 0.95 * FILES, `${parsed} were parsed`);
});

const FLAGS = {
  seed: wholeNumber({ from: 0 }),
  steps: wholeNumber({ from: 1, to: 10 }),
  out: text,
  only: oneOf("a", "b"),
  fresh: true,
  all: true,
} as const;

/** Arguments as people and scripts may give them. */
const argument = fc.oneof(
  fc.constantFrom(
    "--",
    "-",
    "---",
    "--=",
    "--seed",
    "--seed=",
    "--fresh",
    "--fresh=true",
    "--no-fresh",
  ),
  fc.constantFrom(
    "--__proto__",
    "--constructor=1",
    "--toString",
    "--words",
    "--_",
    "-s",
    "1",
    "a",
    "",
  ),
  fc.tuple(fc.constantFrom(...Object.keys(FLAGS), "help"), fc.string()).map(([name, value]) =>
    `--${name}=${value}`
  ),
  anyText,
  fc.integer().map(String),
  fc.double().map(String),
);

Deno.test("any arguments are read, or refused with a sentence", () => {
  fc.assert(
    fc.property(fc.array(argument, { maxLength: 5 }), fc.boolean(), (args, words) => {
      try {
        const values = parseFlags(args, FLAGS, { words });
        const known = [...Object.keys(FLAGS), "words", "help"];
        assertEquals(Object.keys(values).filter((name) => !known.includes(name)), []);
      } catch (error) {
        assertInstanceOf(error, UsageError);
        assertMatch(error.message, /^(--|Unknown flag --|Unexpected ")[^]*[^.]$/);
      }
    }),
    { numRuns: runs({ sample: 2000, full: 20_000 }), seed: 1 },
  );
});

/** The values of flags that fit, each there or not. */
const fitting = fc.record({
  seed: fc.nat(),
  steps: fc.integer({ min: 1, max: 10 }),
  out: fc.string({ minLength: 1 }),
  only: fc.constantFrom("a", "b"),
  fresh: fc.constant(true),
  all: fc.constant(true),
}, { requiredKeys: [] });

Deno.test("flags that are given with values that fit, in any order and either way, are read as such", () => {
  fc.assert(
    fc.property(fitting, fc.infiniteStream(fc.boolean()), fc.nat(), (values, joined, turn) => {
      const flags = Object.entries(values).map(([name, value]) => {
        if (value === true) return [`--${name}`];
        const apart = joined.next().value && !`${value}`.startsWith("--");
        return apart ? [`--${name}`, `${value}`] : [`--${name}=${value}`];
      });
      const first = flags.length === 0 ? 0 : turn % flags.length;
      const args = [...flags.slice(first), ...flags.slice(0, first)].flat();
      const { words, ...read } = parseFlags(args, FLAGS, { words: true });
      const given = Object.entries(read).filter(([, value]) => value !== false);
      assertEquals(Object.fromEntries(given), { ...values });
      assertEquals(words, []);
    }),
    { numRuns: runs({ sample: 500, full: 5000 }), seed: 1 },
  );
});

Deno.test("a number that does not fit is refused", () => {
  const unfit = fc.oneof(
    fc.integer({ max: -1 }).map(String),
    fc.integer({ min: 11 }).map(String),
    fc.double().filter((value) => !Number.isInteger(value)).map(String),
    fc.stringMatching(/^\s*\d+\s+$|^0x\d$|^\d+e\d$|^\+\d$/),
  );
  fc.assert(
    fc.property(unfit, (value) => {
      try {
        parseFlags([`--steps=${value}`], FLAGS);
      } catch (error) {
        const quoted = JSON.stringify(value);
        assertEquals(
          (error as Error).message,
          `--steps must be a whole number from 1 to 10, got ${quoted}`,
        );
        return;
      }
      throw new Error(`--steps=${value} was read`);
    }),
    { numRuns: runs({ sample: 500, full: 2000 }), seed: 1 },
  );
});
