/** The dictionary of several segments, as that of one build of their documents. */

import { PairColumn, pairKey, wordShareOf } from '../counts/index-counts.js'
import type { Terms } from '../field/field.js'
import { ownGetters } from '../search/own-getters.js'
import type { TermEntry } from '../terms/term-dictionary.js'
import type { FieldView } from './segment-view.js'

/** An entry that counts how often its term is a word when it is first asked. */
class MergedEntry implements TermEntry {
  readonly term: string
  readonly frequency: number
  readonly rows: number
  readonly offset = NO_OFFSET
  readonly #shareOf: () => number

  constructor(term: string, frequency: number, rows: number, shareOf: () => number) {
    this.term = term
    this.frequency = frequency
    this.rows = rows
    this.#shareOf = shareOf
    ownEntryGetters(this)
  }

  get wordShare(): number {
    return this.#shareOf()
  }
}

const ownEntryGetters = ownGetters(MergedEntry.prototype)

export class MergedTerms implements Terms {
  readonly #views: readonly FieldView[]

  constructor(views: readonly FieldView[]) {
    this.#views = views
  }

  get(term: string): TermEntry | null {
    return this.#sum(
      term,
      this.#views.map(({ field }) => field.dictionary.get(term)),
    )
  }

  withPrefix(prefix: string, limit: number): TermEntry[] {
    for (let asked = limit; ; asked *= MORE) {
      const found = this.#views.map(({ field }) => field.dictionary.withPrefix(prefix, asked))
      const isCut = found.some(({ length }) => length === asked)
      // A segment that has more may have terms in between from its last one on.
      const lasts = found.filter(({ length }) => length === asked).map((list) => list.at(-1)!.term)
      const entries = this.#merge(found).filter(({ term }) => lasts.every((last) => term <= last))
      if (!isCut || entries.length >= limit) return entries.slice(0, limit)
    }
  }

  pairsOf(character: string): TermEntry[] {
    const found = this.#views.map(({ field }) => field.dictionary.pairsOf(character))
    return this.#merge(found).filter(({ frequency }) => frequency > 0)
  }

  standingAt(text: string, at: number, prefixLength: number): TermEntry[] {
    const found = this.#views.map(({ field }) => {
      return field.dictionary.standingAt(text, at, prefixLength)
    })
    return this.#merge(found)
  }

  /** All entries in order. */
  *entries(): Generator<TermEntry> {
    for (const { entry } of this.walk()) yield entry
  }

  /** All entries in order, each with its entries in the segments; null where one lacks the term. */
  *walk(): Generator<{ entry: TermEntry; parts: readonly (TermEntry | null)[] }> {
    const walks = this.#views.map(({ field }) => {
      const entries = field.dictionary.entries()
      return { entries, next: take(entries) }
    })
    for (;;) {
      let least: string | null = null
      for (const { next } of walks) {
        if (next !== null && (least === null || next.term < least)) least = next.term
      }
      if (least === null) return
      const term = least
      const parts = walks.map((walk) => {
        const { next } = walk
        if (next?.term !== term) return null
        walk.next = take(walk.entries)
        return next
      })
      const entry = this.#sum(term, parts)
      if (entry !== null) yield { entry, parts }
    }
  }

  /** Lists in order of their terms, as one; what no row has any more is left out. */
  #merge(lists: readonly (readonly TermEntry[])[]): TermEntry[] {
    const found = new Map<string, (TermEntry | null)[]>()
    for (const [i, list] of lists.entries()) {
      for (const entry of list) {
        let known = found.get(entry.term)
        if (known === undefined) {
          known = new Array<TermEntry | null>(lists.length).fill(null)
          found.set(entry.term, known)
        }
        known[i] = entry
      }
    }
    const terms = [...found.keys()].sort()
    return terms.flatMap((term) => this.#sum(term, found.get(term)!) ?? [])
  }

  /** The entry of a term from its entries in the segments, or null when no row is left. */
  #sum(term: string, entries: readonly (TermEntry | null)[]): TermEntry | null {
    let frequency = 0
    let characterRows = 0
    let isKnown = false
    for (const [i, entry] of entries.entries()) {
      if (entry === null) continue
      const view = this.#views[i]!
      isKnown = true
      frequency += view.frequency(entry)
      characterRows += view.characterRows(term)
    }
    const rows = Math.max(frequency, characterRows)
    if (!isKnown || rows === 0) return null
    return new MergedEntry(term, frequency, rows, () => this.#wordShare(term))
  }

  #wordShare(term: string): number {
    if (term.length !== 2) return 0
    const key = pairKey(term.charCodeAt(0), term.charCodeAt(1))
    let occurrences = 0
    let asWord = 0
    for (const view of this.#views) {
      occurrences += view.pairCount(key, PairColumn.occurrences)
      asWord += view.pairCount(key, PairColumn.asWord)
    }
    return wordShareOf(occurrences, asWord)
  }
}

/** How much more is asked of the segments when deleted terms leave too few. */
const MORE = 4
/** Lists that are put together have no place in a section. */
const NO_OFFSET = 0

function take(entries: Generator<TermEntry>): TermEntry | null {
  const { value, done } = entries.next()
  return done ? null : value
}
