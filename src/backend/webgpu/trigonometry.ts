/**
 * Sine, cosine and tangent on WebGPU.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import type { KernelOverride } from "../overrides.ts";
import { elementwiseProgram } from "./elementwise_program.ts";

/**
 * WGSL that brings `angle` into ±π, about: by whole turns, 2π being a sum of three numbers of so few bits
 * that the first two products are exact for up to 2¹⁵ turns.
 */
const reduced = (value: string) => `
  let turns = round(x[index] * ${value}(0.15915494309189535));
  let angle = ((x[index] - turns * ${value}(6.28125)) - turns * ${value}(0.001934051513671875)) -
    turns * ${value}(0.000001255665914);`;

/** The functions by the name of their kernel. */
const FUNCTIONS = { [tf.Sin]: "sin", [tf.Cos]: "cos", [tf.Tan]: "tan" } as const;

/** WGSL's functions, for angles within a few turns, where they are exact to about 1e-6. */
export const trigonometry: readonly KernelOverride[] = Object.entries(FUNCTIONS).map(
  ([kernel, name]) => ({
    kernel,
    covers: "float32",
    why: "large angles; WGSL's functions promise nothing beyond ±π, where a driver's lose digits",
    run: ({ inputs, backend }) => {
      const x = inputs.x as tf.TensorInfo;
      if (x.dtype !== "float32") return undefined;
      const program = elementwiseProgram(x.shape, {
        name: kernel,
        inputs: ["x"],
        body: (value) =>
          `${reduced(value)}
          result[index] = ${name}(angle);`,
      });
      return (backend as WebGPUBackend).runWebGPUProgram(program, [x], "float32");
    },
  }),
);
