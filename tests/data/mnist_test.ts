import { assertEquals, assertRejects } from "@std/assert";
import { loadMnist, type LoadMnistOptions } from "../../src/data/mnist.ts";
import { bilinear } from "../../src/data/bilinear.ts";
import reference from "../reference/mnist-32x32.json" with { type: "json" };
import { idxBytes } from "./idx_bytes.ts";
import { inPage } from "./in_page.ts";
import { gzip } from "./gzip.ts";
import { withFolder } from "../support/temporary_folder.ts";
import { testWith } from "../support/test_with.ts";

/** Of the four lines that `sha256sum` prints for the package's files, cut to 64 digits each. */
const MNIST_CHECKSUM = "ac89dbc26b7b0b5f68ff586bc0579a0c16e78b3436b0c71ccdd0169cbebf9ff7";

/** Images in each class of the training set, as counted by many before us. */
const TRAIN_CLASSES = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949];

/** Two training images and one test image of 1×2 pixels: MNIST's form, other data. */
const otherData = {
  "train-images-idx3-ubyte": idxBytes([2, 1, 2], [1, 2, 3, 4]),
  "train-labels-idx1-ubyte": idxBytes([2], [7, 8]),
  "t10k-images-idx3-ubyte": idxBytes([1, 1, 2], [5, 6]),
  "t10k-labels-idx1-ubyte": idxBytes([1], [9]),
};

testWith("loadMnist gives 60,000 and 10,000 images of 28×28, named MNIST", {
  needs: ["read"],
  fn: async () => {
    const { name, checksum, train, test } = await loadMnist();
    assertEquals([name, checksum], ["MNIST", MNIST_CHECKSUM]);
    assertEquals([train.count, train.height, train.width], [60_000, 28, 28]);
    assertEquals([test.count, test.height, test.width], [10_000, 28, 28]);
  },
});

testWith("MNIST's training labels are as often each digit as is known", {
  needs: ["read"],
  fn: async () => {
    const { train } = await loadMnist();
    const counts = new Array(10).fill(0);
    for (const label of train.labels) counts[label]++;
    assertEquals(counts, TRAIN_CLASSES);
  },
});

testWith("MNIST's first four images, scaled, are the article's byte for byte", {
  needs: ["read"],
  fn: async () => {
    const { train } = await loadMnist();
    const scaled = bilinear({ from: [28, 28], to: [32, 32] })(
      train.images.subarray(0, 4 * 28 * 28),
    );
    assertEquals([...train.labels.subarray(0, 4)], reference.labels);
    assertEquals([...scaled], reference.images.flat());
  },
});

Deno.test("loadMnist without permission to read names the flag that gives it", {
  permissions: "none",
}, async () => {
  await assertRejects(() => loadMnist(), Deno.errors.NotCapable, "--allow-read");
});

testWith("loadMnist knows MNIST in a folder by its bytes, whatever the files' names", {
  needs: ["read", "write"],
  fn: async () => {
    const { train, test } = await loadMnist();
    const files = {
      "train-images.idx3-ubyte": idxBytes([60_000, 28, 28], train.images),
      "train-labels-idx1-ubyte.gz": await gzip(idxBytes([60_000], train.labels)),
      "t10k-images-idx3-ubyte": idxBytes([10_000, 28, 28], test.images),
      "t10k-labels.idx1-ubyte.gz": await gzip(idxBytes([10_000], test.labels)),
    };
    await withFolder(files, async (folder) => {
      for (const anyData of [false, true]) {
        const { name, checksum } = await loadMnist({ folder, anyData });
        assertEquals([name, checksum], ["MNIST", MNIST_CHECKSUM]);
      }
    });
  },
});

testWith("loadMnist refuses other data, naming the file and both checksums", {
  needs: ["read", "write"],
  fn: () =>
    withFolder(otherData, async (folder) => {
      await assertRejects(
        () => loadMnist({ folder }),
        RangeError,
        `Cannot take ${folder}/train-images-idx3-ubyte for MNIST's: its SHA-256 must be ` +
          "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db, got " +
          "ffa40123e1211233f22e53aaceaae2cae4a3b44771c7bb3bd20a6e2fb900058b; " +
          "anyData (--any-data) accepts other data of this form",
      );
    }),
});

testWith("loadMnist accepts other data of MNIST's form where told to, and its name says so", {
  needs: ["read", "write"],
  fn: () =>
    withFolder(otherData, async (folder) => {
      const { name, checksum, train, test } = await loadMnist({ folder, anyData: true });
      assertEquals(checksum, "c5132cd20ab05142ab89b302e638a07f9f5eadf48a3fb3133bf7a8c7398f0231");
      assertEquals(name, "other data of MNIST's form (c5132cd2)");
      assertEquals([...train.images], [1, 2, 3, 4]);
      assertEquals([...test.labels], [9]);
    }),
});

testWith("loadMnist refuses a file of another form even where other data will do", {
  needs: ["read", "write"],
  fn: () => {
    const files = { ...otherData, "t10k-labels-idx1-ubyte": idxBytes([2], [1, 2]) };
    return withFolder(files, async (folder) => {
      await assertRejects(
        () => loadMnist({ folder, anyData: true }),
        RangeError,
        "their counts must be equal, got 1 and 2",
      );
    });
  },
});

Deno.test("loadMnist refuses folders that are no paths, and options that are no object", async () => {
  for (const [folder, got] of [["", '""'], ["a\0b", '"a\\u0000b"'], [3, "3"], [null, "null"]]) {
    await assertRejects(
      () => loadMnist({ folder: folder as string }),
      TypeError,
      `Cannot load MNIST: folder must be a path, got ${got}`,
    );
  }
  await assertRejects(
    () => loadMnist(null as unknown as LoadMnistOptions),
    TypeError,
    "Cannot load MNIST: options must be an object, got null",
  );
});

Deno.test("loadMnist in a page names what reads bytes there", async () => {
  await assertRejects(
    () => inPage(() => loadMnist()),
    Error,
    "Cannot find MNIST: a page has no files; parseIdx takes what it has fetched",
  );
});

testWith("loadMnist names the first file that its folder lacks", {
  needs: ["read"],
  fn: async () => {
    await assertRejects(
      () => loadMnist({ folder: "no/such/folder" }),
      Deno.errors.NotFound,
      "Cannot find train-images-idx3-ubyte in no/such/folder: ",
    );
  },
});
