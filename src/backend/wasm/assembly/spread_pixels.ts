// Pixels of smaller images put into larger ones, `stepY` rows and `stepX` columns apart:
//
//   out[b, firstRow + y·stepY, firstColumn + x·stepX] = from[b, y, x]
//
// for the images of one part of the batch. What lies in between stays as it is.

export function spreadPixels(
  from: i32,
  out: i32,
  firstImage: i32,
  lastImage: i32,
  rows: i32,
  columns: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  firstRow: i32,
  firstColumn: i32,
  stepY: i32,
  stepX: i32,
): void {
  const pixel = channels << 2;
  from += firstImage * rows * columns * pixel;
  for (let b = firstImage; b < lastImage; b++) {
    for (let y = 0; y < rows; y++) {
      let to = out +
        ((b * outHeight + firstRow + y * stepY) * outWidth + firstColumn) * pixel;
      for (let x = 0; x < columns; x++) {
        memory.copy(to, from, pixel);
        from += pixel;
        to += stepX * pixel;
      }
    }
  }
}
