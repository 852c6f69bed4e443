import { assertEquals, assertLess, assertThrows } from "@std/assert";
import { readFigure } from "../../../experiments/commands/figure_file.ts";
import { claimFigures } from "../../../experiments/figures/mod.ts";
import { plots } from "../../../figures/mod.ts";
import { sampleRecord } from "../../figures/sample.ts";

const svg = (inside: string) => `<?xml version="1.0"?>\n<svg xmlns="x">${inside}</svg>`;

Deno.test("a figure of one run names its record, and says what it shows and how it was trained", () => {
  const record = sampleRecord(3);
  const { configuration, environment } = record;
  assertEquals(readFigure(plots["residual-experiment"](record)), {
    figure: "residual-experiment",
    records: [record.checksum],
    run: { configuration, environment },
  });
});

Deno.test("a figure of many runs names each record", () => {
  const checksums = ["a", "b"].map((letter) => letter.repeat(64));
  const records = checksums.map((checksum, seed) => ({
    ...sampleRecord(3, { configuration: { experiment: "article", case: "residual", seed } }),
    checksum,
  }));
  const drawn = claimFigures["published-figure"](records);
  assertEquals(readFigure(drawn).records, checksums);
});

Deno.test("a drawing without data names no record", () => {
  const drawing = svg(`<title>T</title><metadata>{"figure":"f","records":[]}</metadata>`);
  assertEquals(readFigure(drawing), { figure: "f", records: [], run: undefined });
});

const checksum = "0".repeat(64);

Deno.test("a figure's words are read as they were before XML's escapes", () => {
  assertEquals(
    readFigure(
      svg('<metadata>{"figure":"a &lt; b &amp;&amp; c&#8217;s &#x1f600;","records":[]}</metadata>'),
    ).figure,
    "a < b && c’s 😀",
  );
});

Deno.test("what is drawn is not read: a million nested groups take no time", () => {
  const groups = "<g>".repeat(1e6) + "</g>".repeat(1e6);
  const begun = performance.now();
  const drawing = svg(`<title>T</title><metadata>{"figure":"f","records":[]}</metadata>${groups}`);
  assertEquals(readFigure(drawing).figure, "f");
  assertThrows(() => readFigure(svg(groups)), TypeError, "got a file without any");
  assertLess(performance.now() - begun, 1000);
});

Deno.test("what comes before the drawing may be of any length", () => {
  const metadata = `<metadata>{"figure":"f","record":"${checksum}"}</metadata>`;
  for (const before of ["<!a>", "<?a?>", " <!-- -->", " \n"]) {
    assertEquals(readFigure(before.repeat(4e6) + svg(metadata)).records, [checksum]);
  }
});

for (
  const [what, text, message] of [
    ["an empty file", "", "it must be an SVG file, got an empty file"],
    ["JSON", `{"a": 1}`, `it must be an SVG file, got "{\\"a\\": 1}"`],
    ["a page", "<html><svg/></html>", `it must be an SVG file, got "<html><svg/></html>"`],
    ["an SVG without metadata", svg(""), "it must name its records in <metadata>, got a file"],
    ["metadata further inside", svg("<g><metadata>{}</metadata></g>"), "got a file without any"],
    ["empty metadata", svg("<metadata/>"), "drew it from, got nothing"],
    [
      "another program's",
      svg("<metadata><Work>Inkscape</Work></metadata>"),
      `got "<Work>Inkscape</Work>"`,
    ],
    ["other JSON", svg(`<metadata>{"machine":"x"}</metadata>`), `got "{\\"machine\\":\\"x\\"}"`],
    ["JSON that is no object", svg("<metadata>null</metadata>"), `got "null"`],
    ["no checksum", svg(`<metadata>{"figure":"f","record":"0"}</metadata>`), "must name"],
    [
      "no figure's name",
      svg(`<metadata>{"record":"${checksum}"}</metadata>`),
      "must name the figure",
    ],
    [
      "one bad checksum",
      svg(`<metadata>{"figure":"f","records":["${checksum}",1]}</metadata>`),
      "must name",
    ],
  ]
) {
  Deno.test(`${what} in a figure's place is refused`, () => {
    assertThrows(() => readFigure(text), TypeError, message);
  });
}
