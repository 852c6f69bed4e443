/**
 * Scaling 8-bit images and giving them to a network, on WebGPU: a batch travels as bytes.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import type { KernelOverride } from "../overrides.ts";
import { commandsOf } from "./commands.ts";
import { type DataId, internals } from "./internals.ts";
import { pipelineFor, workgroupsFor } from "./pipelines.ts";

/** Threads of a workgroup. */
const THREADS = 64;

/** What the kernel is told. */
export interface EncodeImagesAttrs {
  /** Images, and their height and width. */
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** Height and width of the result. */
  readonly side: number;
  readonly channels: number;
  /**
   * For each row of the result four whole numbers: the first row of the image that counts, and the
   * weights of that and of the two below it, with `precision` bits behind the point.
   */
  readonly rows: Int32Array;
  /** The same for its columns. */
  readonly columns: Int32Array;
  readonly precision: number;
  /** What each of the 256 gray values becomes. */
  readonly values: Float32Array;
}

/**
 * 8-bit gray images, four bytes to a number, scaled along the rows and then along the columns, rounded to
 * 8 bits after each, and looked up in a table. Its input `bytes` is int32: the images' bytes end to end,
 * filled up to fours; its result is [count, side, side, channels], float32.
 */
export const encodeImages: KernelOverride = {
  kernel: "EncodeImages",
  covers: "all that `batches` asks for",
  why: "a batch travels as bytes; TensorFlow.js has no such kernel",
  run: ({ inputs, attrs, backend }) => {
    const bytes = inputs.bytes as tf.TensorInfo;
    const settings = attrs as unknown as EncodeImagesAttrs;
    const { count, side, channels } = settings;
    const inside = internals(backend as tf.KernelBackend);
    const result = inside.makeTensorInfo([count, side, side, channels], "float32");
    commandsOf(backend as tf.KernelBackend).dispatch({
      pipeline: pipelineFor(inside.device, {
        label: `images from bytes ${side}_${channels}_${settings.precision}`,
        code: () => source(settings),
      }),
      bindings: [result.dataId as DataId, bytes.dataId as DataId],
      written: 1,
      uniforms: uniformsOf(settings),
      workgroups: workgroupsFor(count * side * side, { threads: THREADS }),
    });
    return result;
  },
};

/** The uniforms of an encoder that was there before, by its table of rows and the number of images. */
const known = new WeakMap<Int32Array, Map<number, ArrayBuffer>>();

function uniformsOf(settings: EncodeImagesAttrs): ArrayBuffer {
  const byCount = known.get(settings.rows) ?? new Map<number, ArrayBuffer>();
  known.set(settings.rows, byCount);
  const uniforms = byCount.get(settings.count) ?? newUniforms(settings);
  byCount.set(settings.count, uniforms);
  return uniforms;
}

function newUniforms(
  { count, height, width, rows, columns, values }: EncodeImagesAttrs,
): ArrayBuffer {
  const bytes = new ArrayBuffer(16 + rows.byteLength + columns.byteLength + values.byteLength);
  const numbers = new Int32Array(bytes);
  numbers.set([count, height, width]);
  numbers.set(rows, 4);
  numbers.set(columns, 4 + rows.length);
  new Float32Array(bytes).set(values, 4 + rows.length + columns.length);
  return bytes;
}

const source = ({ side, channels, precision }: EncodeImagesAttrs) => /* wgsl */ `
  struct Settings {
    count : i32, height : i32, width : i32, padding : i32,
    rows : array<vec4<i32>, ${side}>,
    columns : array<vec4<i32>, ${side}>,
    values : array<vec4<f32>, 64>,
  }
  @group(0) @binding(0) var<storage, read_write> result : array<f32>;
  @group(0) @binding(1) var<storage, read> words : array<u32>;
  @group(0) @binding(2) var<uniform> settings : Settings;

  const HALF = ${1 << (precision - 1)};

  fn rounded(sum : i32) -> i32 { return min(sum >> ${precision}u, 255); }

  fn pixel(at : i32) -> i32 {
    return i32(words[at / 4] >> u32(at % 4 * 8)) & 255;
  }

  // A row of the image, scaled: its value at one column of the result.
  fn along(row : i32, weights : vec4<i32>) -> i32 {
    let last = settings.width - 1;
    return rounded(HALF +
      pixel(row + weights.x) * weights.y +
      pixel(row + min(weights.x + 1, last)) * weights.z +
      pixel(row + min(weights.x + 2, last)) * weights.w);
  }

  @compute @workgroup_size(${THREADS})
  fn main(@builtin(global_invocation_id) id : vec3<u32>, @builtin(num_workgroups) groups : vec3<u32>) {
    let index = i32(id.y * groups.x * ${THREADS} + id.x);
    if (index >= settings.count * ${side * side}) { return; }
    let image = index / ${side * side} * settings.height;
    let down = settings.rows[index / ${side} % ${side}];
    let across = settings.columns[index % ${side}];
    let last = settings.height - 1;
    let gray = rounded(HALF +
      along((image + down.x) * settings.width, across) * down.y +
      along((image + min(down.x + 1, last)) * settings.width, across) * down.z +
      along((image + min(down.x + 2, last)) * settings.width, across) * down.w);
    let value = settings.values[gray / 4][gray % 4];
    for (var channel = 0; channel < ${channels}; channel++) {
      result[index * ${channels} + channel] = value;
    }
  }`;
