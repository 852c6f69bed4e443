/**
 * The most multiplications and additions a second that wasm can do on this machine.
 *
 * @module
 */

/** Chains that do not wait for each other: with two constants they fill 14 of 16 registers. */
const CHAINS = 12;

/** Operations in one turn of the loop: a product and a sum in each chain's four lanes. */
const FLOP_PER_TURN = CHAINS * 4 * 2;

const TURNS = 100_000;
const REPEATS = 300;

/**
 * In 10⁹ operations a second: the best of many runs of a loop that never leaves the registers. Products
 * and sums are separate, since wasm has no fused multiply-add.
 */
export function peakFlops(): number {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(loopModule()));
  const run = exports.run as (turns: number) => number;
  let best = Infinity;
  for (let repeat = 0; repeat < REPEATS; repeat++) { // The first ones run before the engine has optimized them.
    const start = performance.now();
    run(TURNS);
    best = Math.min(best, performance.now() - start);
  }
  return TURNS * FLOP_PER_TURN / best / 1e6;
}

// Opcodes of the WebAssembly specification; those of SIMD have two bytes or three.
const I32 = 0x7f, F32 = 0x7d, V128 = 0x7b;
const GET = 0x20, SET = 0x21, TEE = 0x22, BR_IF = 0x0d, END = 0x0b;
const LOOP = [0x03, 0x40], I32_ONE = [0x41, 1], I32_SUB = 0x6b;
const SPLAT = [0xfd, 0x13], LANE_0 = [0xfd, 0x1f, 0];
const ADD = [0xfd, 0xe4, 0x01], MUL = [0xfd, 0xe6, 0x01];

/** `run(turns)`: turns times xᵢ ← xᵢ·½ + 1 for each chain i; gives a sum, so that nothing is optimized away. */
export function loopModule(): Uint8Array<ArrayBuffer> {
  const [half, one] = [CHAINS + 1, CHAINS + 2]; // Locals; 0 is turns, the chains start at 1.
  const chains = Array.from({ length: CHAINS }, (_, i) => 1 + i);
  const code = [
    ...chains.flatMap((x) => [...float(x), ...SPLAT, SET, x]), // All differ, so that none is merged.
    ...float(0.5),
    ...SPLAT,
    SET,
    half,
    ...float(1),
    ...SPLAT,
    SET,
    one,
    ...LOOP,
    ...chains.flatMap((x) => [GET, x, GET, half, ...MUL, GET, one, ...ADD, SET, x]),
    GET,
    0,
    ...I32_ONE,
    I32_SUB,
    TEE,
    0,
    BR_IF,
    0,
    END,
    ...chains.flatMap((x) => x === 1 ? [GET, x] : [GET, x, ...ADD]),
    ...LANE_0,
    END,
  ];
  const body = [1, ...size(CHAINS + 2), V128, ...code];
  return new Uint8Array([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // "\0asm", version 1
    ...section(1, [1, 0x60, 1, I32, 1, F32]), // one type: i32 to f32
    ...section(3, [1, 0]), // one function of it
    ...section(7, [1, 3, ...new TextEncoder().encode("run"), 0, 0]),
    ...section(10, [1, ...size(body.length), ...body]),
  ]);
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...size(content.length), ...content];
}

/** A number in 7-bit groups, low first (LEB128). */
function size(value: number): number[] {
  return value < 128 ? [value] : [value & 127 | 128, ...size(value >> 7)];
}

/** An `f32.const`. */
function float(value: number): number[] {
  return [0x43, ...new Uint8Array(new Float32Array([value]).buffer)];
}
