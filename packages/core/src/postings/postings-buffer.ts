/** Postings that are read from lists one after the other, in memory that is used again and again. */
export class PostingsBuffer {
  /** Rows of the postings, at `[0, length)`. */
  rows = new Int32Array(1 << 10)
  /** Frequencies in parallel to `rows`. */
  tfs = new Uint8Array(1 << 10)
  length = 0

  /** Makes room for so many postings behind the last one. */
  reserve(count: number): void {
    const needed = this.length + count
    if (needed <= this.rows.length) return
    const rows = new Int32Array(needed * 2)
    const tfs = new Uint8Array(needed * 2)
    rows.set(this.rows.subarray(0, this.length))
    tfs.set(this.tfs.subarray(0, this.length))
    this.rows = rows
    this.tfs = tfs
  }
}
