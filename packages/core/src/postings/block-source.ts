/** Blocks of postings that a list decodes when they are needed, wherever they come from. */

export interface BlockSource {
  /** Last row of every block. */
  readonly lastRows: Int32Array
  /** What no tf factor of a block exceeds. */
  readonly bounds: Float64Array
  /** How many postings stand before every block, and behind them how many there are. */
  readonly starts: Int32Array
  /** Writes the postings of a block to `rows` and `tfs` from `at` on. */
  decode(block: number, rows: Int32Array, tfs: Uint8Array, at: number): void
}
