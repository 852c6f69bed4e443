import { assertEquals, assertLessOrEqual, assertStrictEquals } from "@std/assert";
import { downsampleM4, type Point } from "../../figures/downsample.ts";

const noisy = Array.from({ length: 10_000 }, (_, x) => ({ x, y: Math.sin(x * x) }));

Deno.test("downsampleM4 returns a curve of few points as it is", () => {
  const points = noisy.slice(0, 400);
  assertStrictEquals(downsampleM4(points, 100), points);
});

Deno.test("downsampleM4 keeps at most four points a strip, all the curve's own and in order", () => {
  const kept = downsampleM4(noisy, 100);
  assertLessOrEqual(kept.length, 400);
  kept.forEach(({ x, y }, i) => {
    assertEquals(y, noisy[x].y);
    if (i > 0) assertLessOrEqual(kept[i - 1].x + 1, x);
  });
});

Deno.test("downsampleM4 keeps the first, lowest, highest and last point of every strip", () => {
  const kept = downsampleM4(noisy, 10);
  const within = (points: readonly Point[], i: number) =>
    points.filter(({ x }) => Math.min(9, Math.floor(x / 999.9)) === i);
  for (let i = 0; i < 10; i++) {
    const [all, some] = [within(noisy, i), within(kept, i)];
    assertEquals([some[0], some[some.length - 1]], [all[0], all[all.length - 1]]);
    for (const extreme of [Math.min, Math.max]) {
      assertEquals(extreme(...some.map(({ y }) => y)), extreme(...all.map(({ y }) => y)));
    }
  }
});
