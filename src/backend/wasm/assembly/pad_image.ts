// The upper left part of one image with zeros around it, so that the loops over it need no checks at its
// edges. Rows are given in bytes; `stride` is that of the image.

export function padImage(
  x: i32,
  out: i32,
  rows: i32,
  row: i32,
  stride: i32,
  top: i32,
  bottom: i32,
  left: i32,
  right: i32,
): void {
  const paddedRow = left + row + right;
  memory.fill(out, 0, top * paddedRow);
  out += top * paddedRow;
  for (let y = 0; y < rows; y++) {
    memory.fill(out, 0, left);
    memory.copy(out + left, x, row);
    memory.fill(out + left + row, 0, right);
    x += stride;
    out += paddedRow;
  }
  memory.fill(out, 0, bottom * paddedRow);
}
