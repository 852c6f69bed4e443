// The sum of rows by the segment that each belongs to, as the gradient of a lookup of rows is:
//
//   out[s, i] = Σ_{r: segments[r] = s} x[r, i]
//
// in the order of the rows. A row whose segment is not one of 0 … segments − 1 is left out.

export function segmentSum(
  x: i32,
  ids: i32,
  out: i32,
  rows: i32,
  columns: i32,
  segments: i32,
): void {
  const row = columns << 2;
  memory.fill(out, 0, segments * row);
  for (let r = 0; r < rows; r++) {
    const segment = load<i32>(ids + (r << 2));
    if (segment >= 0 && segment < segments) add(out + segment * row, x, row);
    x += row;
  }
}

function add(out: i32, x: i32, bytes: i32): void {
  const end = out + bytes;
  for (; out + 16 <= end; out += 16) {
    v128.store(out, f32x4.add(v128.load(out), v128.load(x)));
    x += 16;
  }
  for (; out < end; out += 4) {
    store<f32>(out, load<f32>(out) + load<f32>(x));
    x += 4;
  }
}
