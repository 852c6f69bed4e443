/** Colors that share a chart can be told apart, also with each of the three common deficiencies of color vision. */

import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import style from "../../live/page/style.css" with { type: "text" };
import { colors } from "../../figures/theme.ts";

type Triple = readonly [number, number, number];

/** Linear RGB of a color with a deficiency at full severity: Machado, Oliveira and Fernandes, 2009. */
const VISIONS: Readonly<Record<string, readonly Triple[]>> = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const times = (matrix: readonly Triple[], [x, y, z]: Triple) =>
  matrix.map(([a, b, c]) => a * x + b * y + c * z) as unknown as Triple;

/** Linear RGB of a color, `#rrggbb`. */
function linear(color: string): Triple {
  return [1, 3, 5].map((at) => {
    const value = parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as unknown as Triple;
}

/** CIELAB, D65. */
function lab(rgb: Triple): Triple {
  const f = (t: number) => t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 * t + 16) / 116;
  const [x, y, z] = times([
    [0.4124564, 0.3575761, 0.1804375],
    [0.2126729, 0.7151522, 0.072175],
    [0.0193339, 0.119192, 0.9503041],
  ], rgb).map((value, i) => f(value / [0.95047, 1, 1.08883][i]));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** CIEDE2000 of two colors in CIELAB: Sharma, Wu and Dalal, 2005. */
function difference([l1, a1, b1]: Triple, [l2, a2, b2]: Triple): number {
  const radians = (degrees: number) => degrees * Math.PI / 180;
  const seventh = (c: number) => Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7));
  const g = 1.5 - seventh((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2) / 2;
  const [c1, c2] = [Math.hypot(g * a1, b1), Math.hypot(g * a2, b2)];
  const hue = (a: number, b: number) => (Math.atan2(b, g * a) * 180 / Math.PI + 360) % 360;
  const [h1, h2] = [hue(a1, b1), hue(a2, b2)];
  const isGray = c1 * c2 === 0;
  const far = Math.abs(h1 - h2) > 180;
  const turn = isGray ? 0 : h2 - h1 + (far ? (h2 > h1 ? -360 : 360) : 0);
  const [l, c] = [(l1 + l2) / 2, (c1 + c2) / 2];
  const h = isGray ? h1 + h2 : (h1 + h2 + (far ? (h1 + h2 < 360 ? 360 : -360) : 0)) / 2;
  const cosine = (factor: number, shift: number) => Math.cos(radians(factor * h + shift));
  const t = 1 - 0.17 * cosine(1, -30) + 0.24 * cosine(2, 0) + 0.32 * cosine(3, 6) -
    0.2 * cosine(4, -63);
  const dl = (l2 - l1) / (1 + 0.015 * (l - 50) ** 2 / Math.sqrt(20 + (l - 50) ** 2));
  const dc = (c2 - c1) / (1 + 0.045 * c);
  const dh = 2 * Math.sqrt(c1 * c2) * Math.sin(radians(turn / 2)) / (1 + 0.015 * c * t);
  const rotation = -2 * seventh(c) * Math.sin(radians(60 * Math.exp(-(((h - 275) / 25) ** 2))));
  return Math.sqrt(dl ** 2 + dc ** 2 + dh ** 2 + rotation * dc * dh);
}

Deno.test("the color difference is that of Sharma's published examples", () => {
  const examples: [Triple, Triple, number][] = [
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, 2.5, 0], [50, 0, -2.5], 4.3065],
    [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
    [[63.0109, -31.0961, -5.8663], [62.8187, -29.7946, -4.0864], 1.263],
    [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
  ];
  for (const [one, other, expected] of examples) {
    assertAlmostEquals(difference(one, other), expected, 1e-4);
  }
});

/** The palettes: of the figures and the page, and of the page in the dark. */
const [light, dark] = ["--loss", "--x-res", "--x-in", "--a"].map((name) =>
  [...style.matchAll(new RegExp(`${name}: (#[0-9a-f]{6});`, "g"))].map(([, color]) => color)
).reduce<string[][]>(([light, dark], [a, b]) => [[...light, a], [...dark, b]], [[], []]);

Deno.test("the page has the figures' colors", () => {
  assertEquals(light, [colors.loss, colors.xRes, colors.xIn, colors.a]);
});

const PAIRS: readonly (readonly [name: string, one: string, other: string])[] = [
  ["x_res and x_in", light[1], light[2]],
  ["loss and x_res", light[0], light[1]],
  ["loss and x_in", light[0], light[2]],
  ["a and x_res", light[3], light[1]],
  ["a and loss", light[3], light[0]],
  ["x_res and x_in in the dark", dark[1], dark[2]],
  ["loss and x_res in the dark", dark[0], dark[1]],
  ["loss and x_in in the dark", dark[0], dark[2]],
];

for (const [name, one, other] of PAIRS) {
  Deno.test(`the colors of ${name} differ by 20 or more, whoever looks at them`, () => {
    for (const [vision, matrix] of Object.entries(VISIONS)) {
      const [a, b] = [one, other].map((color) =>
        lab(
          times(matrix, linear(color)).map((x) => Math.min(1, Math.max(0, x))) as unknown as Triple,
        )
      );
      const found = difference(a, b);
      assert(found >= 20, `${one} and ${other} with ${vision}: ${found.toFixed(1)}`);
    }
  });
}
