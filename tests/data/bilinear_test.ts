import { assertEquals, assertThrows } from "@std/assert";
import { bilinear, type BilinearOptions, type ImageSize } from "../../src/data/bilinear.ts";
import pillow from "./pillow.json" with { type: "json" };

// pillow.json is the output of Pillow 9.4 in Python 3.11:
// import json,random;from PIL import Image;random.seed(1);B=random.randbytes;print(json.dumps([{"from":[h,w],"to":[H,W],"source":(s:=B(h*w)).hex(),"target":Image.frombytes("L",(w,h),s).resize((W,H),Image.BILINEAR).tobytes().hex()} for h,w,H,W in [(28,28,32,32),(1,1,3,2),(7,5,11,13),(13,11,5,7),(9,16,16,9),(17,3,2,8),(20,20,20,6),(31,33,1,1)]]))

const cases = pillow.map(({ from, to, source, target }) => ({
  sizes: { from: size(from), to: size(to) },
  source: Uint8Array.fromHex(source),
  target: Uint8Array.fromHex(target),
}));

function size([height, width]: number[]): ImageSize {
  return [height, width];
}

for (const { sizes, source, target } of cases) {
  Deno.test(`bilinear gives Pillow's bytes from ${sizes.from} to ${sizes.to}`, () => {
    assertEquals(bilinear(sizes)(source), target);
  });
}

Deno.test("bilinear to the same size gives every byte as it was", () => {
  const pixels = Uint8Array.from({ length: 256 }, (_, i) => i);
  assertEquals(bilinear({ from: [8, 32], to: [8, 32] })(pixels), pixels);
});

Deno.test("bilinear keeps a constant image constant", () => {
  for (const value of [0, 1, 127, 254, 255]) {
    const pixels = new Uint8Array(7 * 11).fill(value);
    const scaled = bilinear({ from: [7, 11], to: [13, 3] })(pixels);
    assertEquals(scaled, new Uint8Array(13 * 3).fill(value));
  }
});

Deno.test("bilinear rounds millions of weights as Pillow does: past 1, but never past 255", () => {
  // Pillow 9.4: Image.frombytes("L", (n, 1), b"\xff" * n).resize((1, 1), Image.BILINEAR)
  const white = (n: number) => bilinear({ from: [1, n], to: [1, 1] })(new Uint8Array(n).fill(255));
  assertEquals([...white(2_000_000), ...white(4_000_000)], [255, 243]);
});

Deno.test("bilinear scales images end to end as it scales each of them", () => {
  const [{ sizes, source, target }] = cases;
  const reversed = source.toReversed();
  const both = bilinear(sizes)(Uint8Array.from([...source, ...reversed]));
  assertEquals(both.subarray(0, target.length), target);
  assertEquals(both.subarray(target.length), bilinear(sizes)(reversed));
});

Deno.test("bilinear gives nothing for no images", () => {
  assertEquals(bilinear({ from: [2, 2], to: [4, 4] })(new Uint8Array()), new Uint8Array());
});

Deno.test("bilinear refuses sizes that are not positive integers", () => {
  const wrong: [BilinearOptions, number][] = [
    [{ from: [0, 2], to: [2, 2] }, 0],
    [{ from: [2, 1.5], to: [2, 2] }, 1.5],
    [{ from: [2, 2], to: [-1, 2] }, -1],
    [{ from: [2, 2], to: [2, NaN] }, NaN],
  ];
  for (const [sizes, got] of wrong) {
    assertThrows(
      () => bilinear(sizes),
      RangeError,
      `Cannot scale images: height and width must be a positive integer, got ${got}`,
    );
  }
});

Deno.test("bilinear refuses bytes that are not whole images", () => {
  assertThrows(
    () => bilinear({ from: [2, 3], to: [4, 4] })(new Uint8Array(7)),
    RangeError,
    "Cannot scale images: the number of bytes must be a multiple of 2×3 = 6, got 7",
  );
});

Deno.test("bilinear refuses sizes that are not two numbers", () => {
  const wrong: [unknown, string][] = [
    [{ from: [2, 2, 2], to: [2, 2] }, "from must be [height, width], got an array of 3"],
    [{ from: [2, 2], to: [2] }, "to must be [height, width], got an array of 1"],
    [{ from: null, to: [2, 2] }, "from must be [height, width], got null"],
    [{ from: [2, 2], to: 2 }, "to must be [height, width], got 2"],
    [null, "options must be an object, got null"],
  ];
  for (const [sizes, got] of wrong) {
    assertThrows(
      () => bilinear(sizes as BilinearOptions),
      TypeError,
      `Cannot scale images: ${got}`,
    );
  }
});

Deno.test("bilinear refuses sizes that need more memory than can be had, before it takes any", () => {
  const wrong: [BilinearOptions, string][] = [
    [{ from: [1, 1], to: [2 ** 20, 2 ** 20] }, "the scaled images"],
    [{ from: [2 ** 20, 1], to: [1, 2 ** 20] }, "the scaled images"], // between the two passes
    [{ from: [1, 1], to: [1, 2 ** 30] }, "the weights along an axis"],
    [{ from: [1, 2 ** 53 - 1], to: [1, 1] }, "the weights along an axis"],
  ];
  for (const [sizes, what] of wrong) {
    assertThrows(
      () => bilinear(sizes),
      RangeError,
      `Cannot scale images: ${what} can take at most 2147483647 bytes at a time, got `,
    );
  }
});

Deno.test("bilinear refuses images that would take too much memory together", () => {
  const scale = bilinear({ from: [1, 1], to: [2 ** 12, 2 ** 12] });
  assertThrows(
    () => scale(new Uint8Array(128)),
    RangeError,
    "Cannot scale images: the scaled images can take at most 2147483647 bytes at a time, " +
      "got 2147483648",
  );
});

Deno.test("bilinear's scaling refuses what is no Uint8Array", () => {
  const scale = bilinear({ from: [1, 1], to: [2, 2] });
  assertThrows(
    () => scale(undefined as unknown as Uint8Array),
    TypeError,
    "Cannot scale images: the pixels must be a Uint8Array, got undefined",
  );
});
