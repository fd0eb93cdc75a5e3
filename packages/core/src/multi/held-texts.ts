/** What several segments hold together, as their builders would have answered. */

import type { HeldTexts } from '../build/vocabulary.js'
import type { IndexCounts } from '../counts/index-counts.js'
import { type FieldCounts, PairColumn, pairKey, wordShareOf } from '../counts/index-counts.js'
import { RegionalCounts } from './regional-counts.js'
import type { SegmentView } from './segment-view.js'

export class HeldField implements HeldTexts {
  readonly #views: readonly SegmentView[]
  readonly #which: keyof IndexCounts
  #units: Int32Array | null = null
  #sources: Int32Array | null = null
  #regional: RegionalCounts | null = null

  constructor(views: readonly SegmentView[], which: keyof IndexCounts) {
    this.#views = views
    this.#which = which
  }

  hasUnit(unit: number): boolean {
    this.#units ??= this.#sum('units')
    return this.#units[unit]! > 0
  }

  hasSource(unit: number): boolean {
    this.#sources ??= this.#sum('sources')
    return this.#sources[unit]! > 0
  }

  mayHold(text: string): boolean {
    for (let i = 1; i < text.length; i++) {
      const key = pairKey(text.charCodeAt(i - 1), text.charCodeAt(i))
      if (this.#pairCount(key, PairColumn.occurrences) === 0) return false
    }
    return true
  }

  isWord(pair: string): boolean {
    const key = pairKey(pair.charCodeAt(0), pair.charCodeAt(1))
    if (this.#pairCount(key, PairColumn.atEdge) > 0) return true
    const occurrences = this.#pairCount(key, PairColumn.occurrences)
    return wordShareOf(occurrences, this.#pairCount(key, PairColumn.asWord)) > 0
  }

  #pairCount(key: number, column: number): number {
    this.#regional ??= this.#sumRegional()
    let sum = this.#regional.get(key, column)
    if (sum !== undefined) return sum
    sum = 0
    for (const view of this.#views) sum += view[this.#which].pairCount(key, column)
    return sum
  }

  #sumRegional(): RegionalCounts {
    const pairs = (counts: IndexCounts) => counts[this.#which].pairs
    return new RegionalCounts(
      this.#views.map((view) => pairs(view.counts)),
      this.#views.flatMap(({ deletions }) => deletions.map(({ counts }) => pairs(counts))),
    )
  }

  #sum(table: 'units' | 'sources'): Int32Array {
    const sums = new Int32Array(0x10000)
    const add = (counts: IndexCounts, sign: number) => {
      const { keys, columns }: FieldCounts['units'] = counts[this.#which][table]
      for (let i = 0; i < keys.length; i++) sums[keys[i]!]! += sign * columns[0]![i]!
    }
    for (const { counts, deletions } of this.#views) {
      add(counts, 1)
      for (const deletion of deletions) add(deletion.counts, -1)
    }
    return sums
  }
}
