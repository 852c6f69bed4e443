import { assertEquals } from "@std/assert";
import type * as tf from "@tensorflow/tfjs";
import { stackNetwork } from "../../../experiments/article/networks.ts";
import { testOn } from "../../support/on_backend.ts";

const stack = (variant: "plain" | "residual", depth = 3) =>
  stackNetwork({ variant, depth, seed: 1, initialization: "PyTorch default" });

const named = ({ weights }: tf.LayersModel) =>
  Object.fromEntries(
    weights.map((weight) => [weight.originalName, [...weight.read().dataSync()]]),
  );

testOn("cpu", "a stack of d blocks has 2d convolutions between stem and classifier", () => {
  const model = stack("plain");
  const kernels = model.weights.map(({ originalName }) => originalName)
    .filter((name) => name.endsWith("kernel"));
  assertEquals(kernels, [
    "stem/kernel",
    ...[1, 2, 3].flatMap((i) => [`block${i}_conv1/kernel`, `block${i}_conv2/kernel`]),
    "cls/kernel",
  ]);
  assertEquals(model.outputs[0].shape, [null, 10]);
  // 3·9·16 + 16, six times 16·9·16 + 16, and 64·10 + 10
  assertEquals(model.countParams(), 448 + 6 * 2320 + 650);
  model.dispose();
});

testOn("cpu", "plain and residual stacks of one seed start from identical weights", () => {
  const [plain, residual] = [stack("plain"), stack("residual")];
  assertEquals(named(residual), named(plain));
  plain.dispose();
  residual.dispose();
});

testOn("cpu", "a deeper stack has the shallower one's weights in its lower blocks", () => {
  const [two, three] = [stack("plain", 2), stack("plain", 3)];
  const deeper = named(three);
  for (const [name, values] of Object.entries(named(two))) assertEquals(deeper[name], values);
  two.dispose();
  three.dispose();
});
