import { assertAlmostEquals, assertEquals } from "@std/assert";
import { diagrams } from "../../figures/mod.ts";
import { parse } from "./parse.ts";

function texts(svg: string): string[] {
  return [...parse(svg).querySelectorAll("text")].map(({ textContent }) => textContent ?? "")
    .sort();
}

/** The numbers of an attribute in their order. */
function numbers(element: Element, name: string): number[] {
  return element.getAttribute(name)!.match(/-?[\d.]+/g)!.map(Number);
}

const common = ["block(x):", "some", "computations", "x", "x", "y"];

Deno.test("the first diagram names the input twice, the block and the output", () => {
  assertEquals(texts(diagrams["residual"]()), common.toSorted());
});

Deno.test("the second diagram also names a, in the article's orange", () => {
  const svg = diagrams["residual-a"]();
  assertEquals(texts(svg), [...common, "a"].sort());
  assertEquals(parse(svg).querySelectorAll('g[fill="#e69500"] text').length, 1);
});

for (const [name, draw] of Object.entries(diagrams)) {
  const root = parse(draw());
  const lines = [...root.querySelectorAll("g[aria-label=line] path")];

  Deno.test(`${name}.svg says in its metadata that it is drawn from no record`, () => {
    const { records, runs } = JSON.parse(root.querySelector("metadata")!.textContent!);
    assertEquals([records, runs], [[], {}]);
  });

  Deno.test(`${name}.svg has upright and level lines only, but for diamonds and ×`, () => {
    const open = lines.filter((line) => !line.getAttribute("d")!.endsWith("Z"));
    const crooked = open.filter((line) => {
      const d = numbers(line, "d");
      return d.some((_, i) => i >= 2 && i % 2 === 0 && d[i] !== d[i - 2] && d[i + 1] !== d[i - 1]);
    });
    assertEquals(crooked.length, name === "residual-a" ? 2 : 0);
  });

  Deno.test(`${name}.svg has a line that ends within each arrowhead`, () => {
    const ends = lines.map((line) => numbers(line, "d").slice(-2));
    for (const head of root.querySelectorAll("g[aria-label=vector] path")) {
      const [x, y] = numbers(head, "transform");
      const distances = ends.map(([endX, endY]) => Math.hypot(endX - x, endY - y));
      assertAlmostEquals(Math.min(...distances), 10, 0.01);
    }
  });
}
