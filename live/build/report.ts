/**
 * The experiments' report as a page, with its figures.
 *
 * @module
 */

import { Marked } from "marked";
import { withPolicy } from "../policy.ts";
import { type Files, textFile } from "./files.ts";

const ROOT = new URL("../../", import.meta.url);

/** How the report names its figures; in the page's folder they lie as in the repository. */
const FIGURE = /figures\/out\/[a-z-]+\.svg/g;

/** The report in HTML, and the figures in it. Needs permission to read. */
export async function reportFiles(): Promise<Files> {
  const text = await Deno.readTextFile(new URL("experiments/README.md", ROOT));
  const figures = [...new Set(text.match(FIGURE))];
  return new Map([
    ["report/index.html", textFile(reportPage(text))],
    ...await Promise.all(figures.map(async (path) => {
      return [path, await Deno.readFile(new URL(path, ROOT))] as const;
    })),
  ]);
}

/** A page around the report's Markdown; of links to files that are not in the folder the words stay. */
export function reportPage(markdown: string): string {
  let tables = 0;
  const body = new Marked({
    renderer: {
      link({ href, tokens }) {
        const words = this.parser.parseInline(tokens);
        return /^(https:|#)/.test(href) ? `<a href="${href}">${words}</a>` : words;
      },
      table({ header, rows }) {
        const cells = (tag: "th" | "td") => (row: typeof header) =>
          row.map(({ tokens }) => `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`).join("");
        const lines = rows.map((row) => `<tr>${cells("td")(row)}</tr>`).join("\n");
        return `<div class="scroll" tabindex="0" role="region" aria-label="Table ${++tables}">
<table><thead><tr>${cells("th")(header)}</tr></thead><tbody>${lines}</tbody></table></div>\n`;
      },
    },
  }).parse(markdown.replaceAll(/^<!--.*-->$/gm, ""), { async: false });
  return withPolicy(`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>What the experiments say</title>
    <link rel="icon" href="../icon.svg" />
    <link rel="stylesheet" href="../style.css" />
  </head>
  <body class="report">
    <main>
      <article>
        <p><a href="../index.html">Residual connection, live</a></p>
        ${body}
        <p><a href="../licenses.txt">Licenses</a> of what these pages carry.</p>
      </article>
    </main>
  </body>
</html>
`);
}
