// A filter in blocks of eight output channels, as the inner loop of a convolution reads it:
//
//   out[co / 8, tap, ci, co mod 8] = w[tap, ci, co]
//
// or, rotated by half a turn with its channels swapped, which makes a convolution the input gradient:
//
//   out[ci / 8, taps − 1 − tap, co, ci mod 8] = w[tap, ci, co]
//
// Channels that the last block lacks are 0. A bias is packed like a filter of one tap and one input channel.

export function packFilter(w: i32, out: i32, taps: i32, inChannels: i32, outChannels: i32): void {
  const row = outChannels << 2;
  for (let block = 0; block < row; block += 32) {
    const width = min(32, row - block);
    let at = w + block;
    for (let i = taps * inChannels; i > 0; i--) {
      if (width == 32) {
        v128.store(out, v128.load(at));
        v128.store(out, v128.load(at, 16), 16);
      } else {
        memory.fill(out, 0, 32);
        memory.copy(out, at, width);
      }
      out += 32;
      at += row;
    }
  }
}

export function packRotatedFilter(
  w: i32,
  out: i32,
  taps: i32,
  inChannels: i32,
  outChannels: i32,
): void {
  const row = outChannels << 2;
  for (let block = 0; block < inChannels; block += 8) {
    const width = min(8, inChannels - block);
    for (let tap = taps - 1; tap >= 0; tap--) {
      const from = w + (tap * inChannels + block) * row;
      for (let co = 0; co < row; co += 4) {
        for (let ci = 0; ci < 8; ci++) {
          store<f32>(out + (ci << 2), ci < width ? load<f32>(from + ci * row + co) : 0);
        }
        out += 32;
      }
    }
  }
}
