import { assertEquals, assertMatch } from "@std/assert";
import { sourceKey } from "../../../experiments/article/source.ts";
import { testWith } from "../../test_with.ts";

testWith("the source's key is 16 hexadecimal digits, the same every time", {
  needs: ["read"],
  fn: async () => {
    const key = await sourceKey();
    assertMatch(key, /^[0-9a-f]{16}$/);
    assertEquals(await sourceKey(), key);
  },
});
