/** The dictionary of several segments, as that of one build of their documents. */

import { PairColumn, pairKey, wordShareOf } from '../counts/index-counts.js'
import type { Terms } from '../field/field.js'
import { ownGetters } from '../search/own-getters.js'
import { isCharacter } from '../terms/term-block.js'
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

/** A term with its entries in the segments; null where one lacks it. */
export interface MergedTerm {
  readonly term: string
  readonly frequency: number
  readonly rows: number
  readonly parts: readonly (TermEntry | null)[]
}

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
    for (const { term, frequency, rows } of this.walk()) {
      yield new MergedEntry(term, frequency, rows, () => this.#wordShare(term))
    }
  }

  /** All terms in order. What is given is changed for the next one: there are many. */
  *walk(): Generator<MergedTerm> {
    const walks = this.#views.map(({ field }) => field.dictionary.entries())
    const next = walks.map(take)
    const parts = new Array<TermEntry | null>(walks.length).fill(null)
    const found = { term: '', frequency: 0, rows: 0, parts }
    for (;;) {
      let least: string | null = null
      for (let i = 0; i < next.length; i++) {
        const entry = next[i]!
        if (entry !== null && (least === null || entry.term < least)) least = entry.term
      }
      if (least === null) return
      for (let i = 0; i < next.length; i++) {
        const entry = next[i]!
        parts[i] = entry?.term === least ? entry : null
        if (parts[i] !== null) next[i] = take(walks[i]!)
      }
      found.term = least
      found.frequency = this.#frequency(parts)
      found.rows = this.#rows(least, parts, found.frequency)
      if (found.rows > 0) yield found
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
  #sum(term: string, parts: readonly (TermEntry | null)[]): TermEntry | null {
    const frequency = this.#frequency(parts)
    const rows = this.#rows(term, parts, frequency)
    return rows === 0 ? null : new MergedEntry(term, frequency, rows, () => this.#wordShare(term))
  }

  /** Postings that are left of a term. */
  #frequency(parts: readonly (TermEntry | null)[]): number {
    let frequency = 0
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i]!
      if (part !== null) frequency += this.#views[i]!.frequency(part)
    }
    return frequency
  }

  /** Rows that are left of a term: of a character all that hold it. */
  #rows(term: string, parts: readonly (TermEntry | null)[], frequency: number): number {
    if (!isCharacter(term)) return frequency
    let rows = 0
    for (let i = 0; i < parts.length; i++) {
      if (parts[i] !== null) rows += this.#views[i]!.characterRows(term)
    }
    return Math.max(frequency, rows)
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
