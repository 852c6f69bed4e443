// The filter whose forward convolution is the input gradient: taps in reverse order, channels swapped.
//
//   out[filterHeight − 1 − ky, filterWidth − 1 − kx, co, ci] = w[ky, kx, ci, co]

export function rotateFilter(w: i32, out: i32, taps: i32, inChannels: i32, outChannels: i32): void {
  const tap = inChannels * outChannels << 2;
  for (let t = 0; t < taps; t++) {
    const to = out + (taps - 1 - t) * tap;
    for (let ci = 0; ci < inChannels; ci++) {
      for (let co = 0; co < outChannels; co++) {
        store<f32>(to + (co * inChannels + ci << 2), load<f32>(w));
        w += 4;
      }
    }
  }
}
