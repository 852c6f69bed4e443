// Pooling over depth, rows and columns, channels last; images have a depth of 1. A window is cut at the
// edges of its image; an average is over what is left of it, as in TensorFlow.
//
//   max: out[b, oz, oy, ox, c] = the largest x in the window, NaN where one is in it
//   average: out[b, oz, oy, ox, c] = the mean of the x in the window

/** Where an output's window begins and ends on one axis. */
// @ts-ignore: decorator of AssemblyScript

function first(o: i32, stride: i32, pad: i32): i32 {
  return max(0, o * stride - pad);
}

// @ts-ignore: decorator of AssemblyScript

function last(o: i32, stride: i32, pad: i32, filter: i32, size: i32): i32 {
  return min(size, o * stride - pad + filter);
}

/** The images of one part of the batch. `mode` is 0 for the maximum, 1 for the average. */
export function pool(
  x: i32,
  out: i32,
  mode: i32,
  firstImage: i32,
  lastImage: i32,
  depth: i32,
  height: i32,
  width: i32,
  channels: i32,
  outDepth: i32,
  outHeight: i32,
  outWidth: i32,
  filterDepth: i32,
  filterHeight: i32,
  filterWidth: i32,
  strideZ: i32,
  strideY: i32,
  strideX: i32,
  padFront: i32,
  padTop: i32,
  padLeft: i32,
): void {
  const pixel = channels << 2, row = width * pixel, plane = height * row;
  let to = out + firstImage * outDepth * outHeight * outWidth * pixel;
  for (let b = firstImage; b < lastImage; b++) {
    const image = x + b * depth * plane;
    for (let oz = 0; oz < outDepth; oz++) {
      const z0 = first(oz, strideZ, padFront), z1 = last(oz, strideZ, padFront, filterDepth, depth);
      for (let oy = 0; oy < outHeight; oy++) {
        const y0 = first(oy, strideY, padTop), y1 = last(oy, strideY, padTop, filterHeight, height);
        for (let ox = 0; ox < outWidth; ox++) {
          const x0 = first(ox, strideX, padLeft),
            x1 = last(ox, strideX, padLeft, filterWidth, width);
          const start = image + z0 * plane + y0 * row + x0 * pixel;
          const sizeZ = max(0, z1 - z0), sizeY = max(0, y1 - y0), sizeX = max(0, x1 - x0);
          if (mode == 0) window(0, start, to, pixel, row, plane, sizeZ, sizeY, sizeX);
          else window(1, start, to, pixel, row, plane, sizeZ, sizeY, sizeX);
          to += pixel;
        }
      }
    }
  }
}

/** All channels of one window, sixteen at once where there are so many. @inline */
function window(
  mode: i32,
  start: i32,
  to: i32,
  pixel: i32,
  row: i32,
  plane: i32,
  sizeZ: i32,
  sizeY: i32,
  sizeX: i32,
): void {
  const count = <f32> max(1, sizeZ * sizeY * sizeX); // 0 of none
  const counts = f32x4.splat(count);
  const nothing: f32 = mode == 0 ? -Infinity : 0;
  let c = 0;
  for (; c + 64 <= pixel; c += 64) {
    let v0 = f32x4.splat(nothing), v1 = v0, v2 = v0, v3 = v0;
    for (let z = 0; z < sizeZ; z++) {
      for (let y = 0; y < sizeY; y++) {
        let at = start + z * plane + y * row + c;
        for (const end = at + sizeX * pixel; at < end; at += pixel) {
          v0 = combine(mode, v0, v128.load(at));
          v1 = combine(mode, v1, v128.load(at, 16));
          v2 = combine(mode, v2, v128.load(at, 32));
          v3 = combine(mode, v3, v128.load(at, 48));
        }
      }
    }
    v128.store(to + c, mode == 0 ? v0 : f32x4.div(v0, counts));
    v128.store(to + c, mode == 0 ? v1 : f32x4.div(v1, counts), 16);
    v128.store(to + c, mode == 0 ? v2 : f32x4.div(v2, counts), 32);
    v128.store(to + c, mode == 0 ? v3 : f32x4.div(v3, counts), 48);
  }
  for (; c + 16 <= pixel; c += 16) {
    let value = f32x4.splat(nothing);
    for (let z = 0; z < sizeZ; z++) {
      for (let y = 0; y < sizeY; y++) {
        let at = start + z * plane + y * row + c;
        for (const end = at + sizeX * pixel; at < end; at += pixel) {
          value = combine(mode, value, v128.load(at));
        }
      }
    }
    v128.store(to + c, mode == 0 ? value : f32x4.div(value, counts));
  }
  for (; c < pixel; c += 4) {
    let value: f32 = nothing;
    for (let z = 0; z < sizeZ; z++) {
      for (let y = 0; y < sizeY; y++) {
        let at = start + z * plane + y * row + c;
        for (const end = at + sizeX * pixel; at < end; at += pixel) {
          const v = load<f32>(at);
          value = mode == 0 ? max<f32>(value, v) : value + v;
        }
      }
    }
    store<f32>(to + c, mode == 0 ? value : value / count);
  }
}

/** @inline */
function combine(mode: i32, a: v128, b: v128): v128 {
  return mode == 0 ? f32x4.max(a, b) : f32x4.add(a, b);
}

/** The gradient of the maximum, as {@linkcode pool} takes it: dx += dy at each window's first maximum. */
export function maxPool3dGradient(
  x: i32,
  dy: i32,
  dx: i32,
  firstImage: i32,
  lastImage: i32,
  depth: i32,
  height: i32,
  width: i32,
  channels: i32,
  outDepth: i32,
  outHeight: i32,
  outWidth: i32,
  filterDepth: i32,
  filterHeight: i32,
  filterWidth: i32,
  strideZ: i32,
  strideY: i32,
  strideX: i32,
  padFront: i32,
  padTop: i32,
  padLeft: i32,
): void {
  const pixel = channels << 2, row = width * pixel, plane = height * row;
  const size = depth * plane;
  memory.fill(dx + firstImage * size, 0, (lastImage - firstImage) * size);
  let from = dy + firstImage * outDepth * outHeight * outWidth * pixel;
  for (let b = firstImage; b < lastImage; b++) {
    const image = b * size;
    for (let oz = 0; oz < outDepth; oz++) {
      const z0 = first(oz, strideZ, padFront), z1 = last(oz, strideZ, padFront, filterDepth, depth);
      for (let oy = 0; oy < outHeight; oy++) {
        const y0 = first(oy, strideY, padTop), y1 = last(oy, strideY, padTop, filterHeight, height);
        for (let ox = 0; ox < outWidth; ox++) {
          const x0 = first(ox, strideX, padLeft),
            x1 = last(ox, strideX, padLeft, filterWidth, width);
          for (let c = 0; c < pixel; c += 4) {
            const gradient = load<f32>(from + c);
            const start = image + z0 * plane + y0 * row + x0 * pixel + c;
            const best = firstMaximum(x, start, pixel, row, plane, z1 - z0, y1 - y0, x1 - x0);
            if (best >= 0) store<f32>(dx + best, load<f32>(dx + best) + gradient);
          }
          from += pixel;
        }
      }
    }
  }
}

/** The index of each window's first maximum among the numbers of its image, or of the batch; −1 of none. */
export function maxPoolIndices(
  x: i32,
  out: i32,
  inBatch: i32,
  firstImage: i32,
  lastImage: i32,
  depth: i32,
  height: i32,
  width: i32,
  channels: i32,
  outDepth: i32,
  outHeight: i32,
  outWidth: i32,
  filterDepth: i32,
  filterHeight: i32,
  filterWidth: i32,
  strideZ: i32,
  strideY: i32,
  strideX: i32,
  padFront: i32,
  padTop: i32,
  padLeft: i32,
): void {
  const pixel = channels << 2, row = width * pixel, plane = height * row;
  const size = depth * plane;
  let to = out + firstImage * outDepth * outHeight * outWidth * pixel;
  for (let b = firstImage; b < lastImage; b++) {
    const image = x + b * size;
    const before = inBatch ? b * (size >> 2) : 0;
    for (let oz = 0; oz < outDepth; oz++) {
      const z0 = first(oz, strideZ, padFront), z1 = last(oz, strideZ, padFront, filterDepth, depth);
      for (let oy = 0; oy < outHeight; oy++) {
        const y0 = first(oy, strideY, padTop), y1 = last(oy, strideY, padTop, filterHeight, height);
        for (let ox = 0; ox < outWidth; ox++) {
          const x0 = first(ox, strideX, padLeft),
            x1 = last(ox, strideX, padLeft, filterWidth, width);
          const start = z0 * plane + y0 * row + x0 * pixel;
          const sizeZ = z1 - z0, sizeY = y1 - y0, sizeX = x1 - x0;
          let c = 0;
          if (sizeZ > 0 && sizeY > 0 && sizeX > 0) {
            for (; c + 16 <= pixel; c += 16) {
              const best = firstMaxima(image, start + c, pixel, row, plane, sizeZ, sizeY, sizeX);
              v128.store(to + c, i32x4.add(i32x4.splat(before), i32x4.shr_u(best, 2)));
            }
          }
          for (; c < pixel; c += 4) {
            const best = firstMaximum(image, start + c, pixel, row, plane, sizeZ, sizeY, sizeX);
            store<i32>(to + c, best < 0 ? -1 : before + (best >> 2));
          }
          to += pixel;
        }
      }
    }
  }
}

/**
 * The offset in bytes from `x` of one window's first maximum, of its first NaN if it has one, as in PyTorch;
 * −1 where the window is empty. @inline
 */
function firstMaximum(
  x: i32,
  start: i32,
  pixel: i32,
  row: i32,
  plane: i32,
  sizeZ: i32,
  sizeY: i32,
  sizeX: i32,
): i32 {
  let best = -1, largest: f32 = 0;
  for (let z = 0; z < sizeZ; z++) {
    for (let y = 0; y < sizeY; y++) {
      let at = start + z * plane + y * row;
      for (const end = at + sizeX * pixel; at < end; at += pixel) {
        const v = load<f32>(x + at);
        if (best < 0 || v > largest || (v != v && largest == largest)) {
          best = at;
          largest = v;
        }
      }
    }
  }
  return best;
}

/** The same for four channels of a window that is not empty: offsets of the first one's numbers. */
function firstMaxima(
  x: i32,
  start: i32,
  pixel: i32,
  row: i32,
  plane: i32,
  sizeZ: i32,
  sizeY: i32,
  sizeX: i32,
): v128 {
  let largest = v128.load(x + start), where = i32x4.splat(start);
  for (let z = 0; z < sizeZ; z++) {
    for (let y = 0; y < sizeY; y++) {
      let at = start + z * plane + y * row;
      for (const end = at + sizeX * pixel; at < end; at += pixel) {
        const v = v128.load(x + at);
        // Where the largest is a number, and v is larger or NaN.
        const isLarger = v128.andnot(f32x4.eq(largest, largest), f32x4.le(v, largest));
        largest = v128.bitselect(v, largest, isLarger);
        where = v128.bitselect(i32x4.splat(at), where, isLarger);
      }
    }
  }
  return i32x4.add(where, i32x4(0, 4, 8, 12));
}
