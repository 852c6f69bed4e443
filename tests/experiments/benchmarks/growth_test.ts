import { assert, assertEquals } from "@std/assert";
import { growthSizes } from "../../../experiments/benchmarks/growth_worker.ts";

Deno.test("one size changes at a time, and the article's own is among each", () => {
  const article = { batch: 32, side: 32, channels: 64 };
  for (const quick of [false, true]) {
    const sizes = growthSizes(quick);
    for (const size of sizes) {
      const changed = Object.entries(article).filter(([name, value]) =>
        size[name as keyof typeof article] !== value
      );
      assert(changed.length <= 1, JSON.stringify(size));
    }
    assertEquals(
      sizes.filter((size) => JSON.stringify(size) === JSON.stringify(article)).length,
      3,
    );
  }
});

Deno.test("the batch grows from 8 to 256", () => {
  const batches = growthSizes(false).map(({ batch }) => batch);
  assertEquals([Math.min(...batches), Math.max(...batches)], [8, 256]);
});
