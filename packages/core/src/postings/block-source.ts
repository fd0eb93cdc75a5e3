/** Blocks of postings that a list decodes when they are needed, wherever they come from. */

import type { DecodedPostings } from './posting-list.js'

export interface BlockSource {
  /** Last row of every block. */
  readonly lastRows: Int32Array
  /** What no tf factor exceeds. */
  readonly bound: number
  /** How many postings stand before every block, and behind them how many there are. */
  readonly starts: Int32Array
  /** All of them, where they are decoded already. */
  readonly whole: DecodedPostings | null
  /** Writes the postings of a block to `rows` and `tfs` from `at` on. */
  decode(block: number, rows: Int32Array, tfs: Uint8Array, at: number): void
}
