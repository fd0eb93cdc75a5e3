/** The best k rows seen so far: a binary heap with the worst on top. Ties go to the lower row. */

export interface ScoredRow {
  readonly row: number
  readonly score: number
}

/** The rows alone, ascending. */
export function sortedRows(rows: readonly ScoredRow[]): Int32Array {
  return Int32Array.from(rows, ({ row }) => row).sort()
}

export class TopHits {
  readonly capacity: number
  // Not typed arrays, which take longer to make than most queries are here.
  readonly #rows: number[] = []
  readonly #scores: number[] = []

  constructor(capacity: number) {
    this.capacity = capacity
  }

  get size(): number {
    return this.#rows.length
  }

  /** A row that comes after all rows so far must score more than this to get in. */
  get threshold(): number {
    if (this.capacity === 0) return Number.POSITIVE_INFINITY
    return this.size < this.capacity ? -1 : this.#scores[0]!
  }

  offer(row: number, score: number): void {
    if (this.size < this.capacity) {
      this.#up(this.size, row, score)
    } else if (this.capacity > 0 && this.#isWorse(this.#rows[0]!, this.#scores[0]!, row, score)) {
      this.#down(row, score)
    }
  }

  /** Best first. The heap is empty afterwards. */
  drain(): ScoredRow[] {
    const hits = this.#rows.map((row, i) => ({ row, score: this.#scores[i]! }))
    this.#rows.length = 0
    return hits.sort((a, b) => b.score - a.score || a.row - b.row)
  }

  #isWorse(rowA: number, scoreA: number, rowB: number, scoreB: number): boolean {
    return scoreA < scoreB || (scoreA === scoreB && rowA > rowB)
  }

  #up(from: number, row: number, score: number): void {
    let at = from
    while (at > 0) {
      const parent = (at - 1) >>> 1
      if (!this.#isWorse(row, score, this.#rows[parent]!, this.#scores[parent]!)) break
      this.#rows[at] = this.#rows[parent]!
      this.#scores[at] = this.#scores[parent]!
      at = parent
    }
    this.#rows[at] = row
    this.#scores[at] = score
  }

  #down(row: number, score: number): void {
    let at = 0
    for (;;) {
      let child = at * 2 + 1
      if (child >= this.size) break
      const right = child + 1
      if (
        right < this.size &&
        this.#isWorse(
          this.#rows[right]!,
          this.#scores[right]!,
          this.#rows[child]!,
          this.#scores[child]!,
        )
      ) {
        child = right
      }
      if (!this.#isWorse(this.#rows[child]!, this.#scores[child]!, row, score)) break
      this.#rows[at] = this.#rows[child]!
      this.#scores[at] = this.#scores[child]!
      at = child
    }
    this.#rows[at] = row
    this.#scores[at] = score
  }
}
