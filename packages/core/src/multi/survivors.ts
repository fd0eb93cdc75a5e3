/** Which of the numbers 0 … n − 1 are left, and the dense numbers that those get. */

export class Survivors {
  /** How many are left. */
  readonly count: number
  /** Ascending; empty when none is gone. */
  readonly gone: Int32Array
  readonly #originals: Int32Array | null = null
  readonly #ranks: Int32Array | null = null

  /** `gone`: those of the `total` numbers that are not left, ascending and distinct. */
  constructor(total: number, gone: Int32Array) {
    this.gone = gone
    this.count = total - gone.length
    if (gone.length === 0) return
    const originals = new Int32Array(this.count)
    const ranks = new Int32Array(total)
    let rank = 0
    for (let number = 0, at = 0; number < total; number++) {
      if (gone[at] === number) {
        ranks[number] = GONE
        at++
      } else {
        originals[rank] = number
        ranks[number] = rank++
      }
    }
    this.#originals = originals
    this.#ranks = ranks
  }

  /** The number that became `rank`. */
  original(rank: number): number {
    return this.#originals === null ? rank : this.#originals[rank]!
  }

  /** What became of a number; negative when it is gone. */
  rankOf(number: number): number {
    return this.#ranks === null ? number : this.#ranks[number]!
  }
}

const GONE = -1
