/**
 * How the filter gradient's product is divided over a GPU's workgroups.
 *
 * @module
 */

import type { backend_util } from "@tensorflow/tfjs";

/** Threads of a workgroup: one or two subgroups of a GPU, eight of the software adapter. */
export const THREADS = 64;

/** Most output positions in one tile; twice as many were no faster. */
const POSITIONS = 16;

/** Workgroups that keep a large GPU busy; where the tiles are fewer, the positions are split. */
const WORKGROUPS = 512;

/** Fewest output rows worth a chunk of their own. */
const ROWS_PER_CHUNK = 4;

/**
 * The product `[rows, p] · [p, columns]` of a filter gradient, where p runs over the batch's output
 * positions, cut into tiles (by row and column) and chunks (by position).
 */
export interface FilterGradientPlan {
  /** Rows of the product: filter height × filter width × input channels. */
  readonly rows: number;
  /** Columns of the product: output channels. */
  readonly columns: number;
  /** Rows and columns of the product in one workgroup; each thread has 4 × 4 of them. */
  readonly tile: readonly [rows: number, columns: number];
  /** Output positions that pass through workgroup memory at once, all of one output row. */
  readonly positions: number;
  /** Parts that the batch's output rows are split into, each summed on its own. */
  readonly chunks: number;
  /** Output rows in one part; the last may have fewer. */
  readonly rowsPerChunk: number;
  /** Whether input and output channels can be read and written four at a time. */
  readonly vectors: readonly [x: boolean, dy: boolean];
}

/** Divides the product of a convolution's filter gradient over workgroups. */
export function planFilterGradient(info: backend_util.Conv2DInfo): FilterGradientPlan {
  const rows = info.filterHeight * info.filterWidth * info.inChannels;
  const columns = info.outChannels;
  const across = columns > 32 ? 16 : columns > 16 ? 8 : 4; // threads, of 4 columns each
  const tile = [THREADS / across * 4, across * 4] as const;
  const tiles = Math.ceil(rows / tile[0]) * Math.ceil(columns / tile[1]);
  const outRows = info.batchSize * info.outHeight;
  const parts = Math.min(Math.ceil(WORKGROUPS / tiles), Math.ceil(outRows / ROWS_PER_CHUNK));
  const rowsPerChunk = Math.ceil(outRows / parts);
  return {
    rows,
    columns,
    tile,
    positions: Math.min(POSITIONS, info.outWidth),
    chunks: Math.ceil(outRows / rowsPerChunk),
    rowsPerChunk,
    vectors: [info.inChannels % 4 === 0, columns % 4 === 0],
  };
}
