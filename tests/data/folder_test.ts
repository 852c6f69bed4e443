import { assertEquals, assertLess, assertMatch, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import { readIdxFile } from "../../src/data/mnist.ts";
import { inPage } from "./in_page.ts";
import { gzip } from "./gzip.ts";
import { idxBytes } from "./idx_bytes.ts";
import { makePipe } from "./make_pipe.ts";
import { withFolder } from "../support/temporary_folder.ts";
import { testWith } from "../support/test_with.ts";

const NAME = "train-images-idx3-ubyte";
const bytes = idxBytes([3000], Uint8Array.from({ length: 3000 }, (_, i) => i * i));

/** A program that unpacks a small file of zeros, and says what it took. */
const BOMB = fileURLToPath(new URL("unpack_zeros.ts", import.meta.url));

function test(name: string, fn: () => Promise<void>): void {
  testWith(name, { needs: ["read", "write"], fn });
}

for (const name of [NAME, "train-images.idx3-ubyte"]) {
  test(`readIdxFile reads ${name}`, () =>
    withFolder({ [name]: bytes }, async (folder) => {
      assertEquals(await readIdxFile(folder, NAME), { name: `${folder}/${name}`, bytes });
    }));

  test(`readIdxFile unpacks ${name}.gz`, async () =>
    withFolder({ [`${name}.gz`]: await gzip(bytes) }, async (folder) => {
      assertEquals(await readIdxFile(folder, NAME), { name: `${folder}/${name}.gz`, bytes });
    }));
}

test("readIdxFile passes over a folder of the file's name", () =>
  withFolder({ "train-images.idx3-ubyte": bytes }, async (folder) => {
    await Deno.mkdir(`${folder}/${NAME}`);
    assertEquals((await readIdxFile(folder, NAME)).bytes, bytes);
  }));

test("readIdxFile refuses a gzip stream that is cut, damaged, followed by more, or none", async () => {
  const whole = await gzip(bytes);
  const damaged = whole.slice();
  damaged[damaged.length - 12] ^= 1;
  const wrong = [
    whole.slice(0, -1),
    damaged,
    Uint8Array.from([...whole, 0]),
    bytes,
    whole.slice(0, 0),
  ];
  for (const packed of wrong) {
    await withFolder({ [`${NAME}.gz`]: packed }, async (folder) => {
      await assertRejects(
        () => readIdxFile(folder, NAME),
        RangeError,
        `Cannot unpack ${folder}/${NAME}.gz: it must be one whole gzip stream, ` +
          `got ${packed.length} bytes that are cut, damaged or something else`,
      );
    });
  }
});

test("readIdxFile refuses a gzip stream of more than its header states", async () => {
  const packed = await gzip(Uint8Array.from([...idxBytes([3], [5, 0, 4]), 0]));
  await withFolder({ [`${NAME}.gz`]: packed }, async (folder) => {
    await assertRejects(
      () => readIdxFile(folder, NAME),
      RangeError,
      `Cannot unpack ${folder}/${NAME}.gz: its header states 11 bytes, got a gzip stream of more`,
    );
  });
});

test("readIdxFile refuses a gzip stream whose header states more than there can be", async () => {
  const packed = await gzip(idxBytes([0xffffffff, 28, 28], [1, 2, 3]));
  await withFolder({ [`${NAME}.gz`]: packed }, async (folder) => {
    await assertRejects(
      () => readIdxFile(folder, NAME),
      RangeError,
      `Cannot parse ${folder}/${NAME}.gz: it can have at most 1073741824 values, ` +
        "got shape [4294967295,28,28] of unsigned bytes",
    );
  });
});

testWith("a gzip stream of four gigabytes behind a small header takes less than 200 MB to refuse", {
  needs: ["read", "write", "run"],
  fn: () =>
    withFolder({}, async (folder) => {
      const { success, stdout } = await new Deno.Command(Deno.execPath(), {
        args: [
          "run",
          "--no-check",
          "--no-prompt",
          `--allow-read=${folder}`,
          `--allow-write=${folder}`,
          BOMB,
          folder,
        ],
        stdin: "null",
      }).output();
      assertEquals(success, true);
      const { message, megabytes } = JSON.parse(new TextDecoder().decode(stdout));
      assertEquals(
        message,
        `Cannot unpack ${folder}/${NAME}.gz: its header states 47040016 bytes, ` +
          "got a gzip stream of more",
      );
      assertLess(megabytes, 200);
    }),
});

testWith("readIdxFile does not wait for a pipe", {
  needs: ["read", "write", "run"],
  fn: () =>
    withFolder({}, async (folder) => {
      await makePipe(`${folder}/${NAME}`);
      await assertRejects(
        () => readIdxFile(folder, NAME),
        Error,
        `Cannot read ${folder}/${NAME}: it must be a file, got a pipe`,
      );
    }),
});

test("readIdxFile refuses a file that is larger than an IDX file can be, unread", () =>
  withFolder({ [NAME]: bytes }, async (folder) => {
    await Deno.truncate(`${folder}/${NAME}`, 2 ** 31); // It is sparse.
    await assertRejects(
      () => readIdxFile(folder, NAME),
      Error,
      `Cannot read ${folder}/${NAME}: it can have at most 1073742848 bytes, got 2147483648`,
    );
  }));

test("readIdxFile says what it could not read, and why", () =>
  withFolder({ [NAME]: bytes }, async (folder) => {
    const { cause } = await assertRejects(
      () => readIdxFile(`${folder}/\0`, NAME),
      Error,
      `Cannot read ${folder}/\0/${NAME}: `,
    );
    assertEquals((cause as { code?: string }).code, "ERR_INVALID_ARG_VALUE");
  }));

Deno.test("readIdxFile in a page says that there are no files", async () => {
  await assertRejects(
    () => inPage(() => readIdxFile("data", NAME)),
    Error,
    `Cannot read data/${NAME}: files can be had in Deno and in Node 20.16, 22.3 or later, not in a page`,
  );
});

test("readIdxFile names a missing file and the names it may have", () =>
  withFolder({}, async (folder) => {
    const { message } = await assertRejects(
      () => readIdxFile(folder, NAME),
      Deno.errors.NotFound,
      `Cannot find ${NAME} in ${folder}: `,
    );
    assertMatch(message, /train-images-idx3-ubyte\.gz, train-images\.idx3-ubyte, /);
  }));

test("readIdxFile finds nothing in a folder that is missing or is a file", () =>
  withFolder({ file: bytes }, async (folder) => {
    for (const wrong of [`${folder}/missing`, `${folder}/file`]) {
      await assertRejects(
        () => readIdxFile(wrong, NAME),
        Deno.errors.NotFound,
        `Cannot find ${NAME} in ${wrong}: `,
      );
    }
  }));
