/** The pairs of BMP characters that a field holds, with what was counted of each. */

import { CountTable } from '../counts/count-table.js'
import { PairColumn, pairKey } from '../counts/index-counts.js'
import type { CountedTerm } from './counted-term.js'

const COLUMNS = Object.keys(PairColumn).length

/** Collects pairs in their order; see counts/index-counts.ts for the columns. */
export class CountedPairs {
  #keys = new Uint32Array(1 << 12)
  #columns = Array.from({ length: COLUMNS }, () => new Uint32Array(1 << 12))
  #count = 0

  add({ term, frequency, occurrences, asWord, atEdge }: CountedTerm): void {
    if (this.#count === this.#keys.length) this.#grow()
    const at = this.#count++
    this.#keys[at] = pairKey(term.charCodeAt(0), term.charCodeAt(1))
    this.#columns[PairColumn.rows]![at] = frequency
    this.#columns[PairColumn.occurrences]![at] = occurrences
    this.#columns[PairColumn.asWord]![at] = asWord
    this.#columns[PairColumn.atEdge]![at] = atEdge
  }

  /** All of them. */
  table(): CountTable {
    const held = (values: Uint32Array) => values.subarray(0, this.#count)
    return new CountTable(held(this.#keys), this.#columns.map(held))
  }

  #grow(): void {
    const grown = (values: Uint32Array) => {
      const more = new Uint32Array(values.length * 2)
      more.set(values)
      return more
    }
    this.#keys = grown(this.#keys)
    this.#columns = this.#columns.map(grown)
  }
}
