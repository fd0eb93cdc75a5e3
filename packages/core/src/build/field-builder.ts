/**
 * Builds one searchable field: takes analyzed texts row by row, counts terms, and writes the
 * dictionary, postings and lengths. A row is a paragraph (field text) or a document (field title).
 *
 * Terms of a row: every adjacent pair of a gram-script run, the last character of every run, the
 * segmenter's words of three or more characters, and the scanner's tokens. A character elsewhere
 * needs no posting: the rows that hold it are those of the pairs that start with it, and of its
 * own list. Its length counts characters and whole tokens.
 */

import { type AnalysisSink, type Analyzer, type Folded, TokenKind } from '@wenxun/tokenizer'
import type { Steps } from '../bytes/steps.js'
import { CountTable } from '../counts/count-table.js'
import { type FieldCounts, PairColumn, pairKey, wordShareOf } from '../counts/index-counts.js'
import type { PostingPool } from '../postings/posting-pool.js'
import { type Bm25Parameters, coarseRows } from '../ranking/bm25.js'
import { coarseLength, decodeLength, encodeLength } from '../ranking/length-code.js'
import { weightedLength } from '../ranking/paragraph-weight.js'
import type { Deflate } from '../segment/chunks.js'
import type { FieldTables } from './build-tables.js'
import { CountedPairs } from './counted-pairs.js'
import { type CountedTerm, type CountedTerms, TermsInTurn } from './counted-term.js'
import { average, FieldWriter } from './field-writer.js'
import type { PairCounter } from './pair-counter.js'
import type { FieldSections } from './segment-layout.js'
import type { MemoryLimit, Spill } from './spill.js'
import { SpilledTerms } from './spilled-terms.js'
import type { TermTable } from './term-table.js'
import type { UnitTally } from './unit-tally.js'

/** Taking them takes much less than a millisecond. */
const TERMS_PER_STEP = 256

export interface FieldOptions {
  readonly analyzer: Analyzer
  /** At row 0. */
  readonly tables: FieldTables
  /** Where `spill` puts what was counted; without it, everything stays in memory. */
  readonly memory?: MemoryLimit | undefined
  /** Whether words of three and more characters are terms; default true. */
  readonly words?: boolean
}

export class FieldBuilder implements AnalysisSink {
  readonly #analyzer: Analyzer
  readonly #tables: FieldTables
  readonly #pool: PostingPool
  readonly #terms: TermTable
  readonly #pairs: PairCounter
  readonly #tally: UnitTally
  readonly #words: boolean
  readonly #spill: Spill | undefined
  readonly #spilled: SpilledTerms | null
  /** Known once the field is finished. */
  #countedPairs: CountTable | null = null
  #rows = 0
  #isLevel = false
  #lengths = new Uint8Array(1 << 10)
  #length = 0
  /** Per character of two units: the last row that holds it in a run, and the number of such rows. */
  readonly #astralRows = new Map<string, { last: number; rows: number }>()
  #units: Uint16Array = new Uint16Array(0)

  constructor({ analyzer, tables, memory, words = true }: FieldOptions) {
    const spill = memory?.spill
    this.#words = words
    this.#analyzer = analyzer
    this.#tables = tables
    this.#pool = tables.pool
    this.#terms = tables.terms
    this.#pairs = tables.pairs
    this.#tally = tables.tally
    this.#spill = spill
    this.#spilled = spill === undefined ? null : new SpilledTerms(spill)
  }

  get rows(): number {
    return this.#rows
  }

  /** Bytes held by terms and postings so far, about. */
  get byteLength(): number {
    return this.#tables.byteLength
  }

  /** Adds a text to the current row. */
  add(text: string): void {
    this.#analyzer.analyze(text, this)
  }

  /**
   * Gives all rows of a document the length that they have on average, which a remote index fetches
   * in far fewer bytes; and characters a number of rows near theirs. `starts` are the documents' first rows and the number of rows.
   */
  levelLengths(starts: ArrayLike<number>): void {
    this.#isLevel = true
    for (let document = 0; document + 1 < starts.length; document++) {
      const rows = this.#lengths.subarray(starts[document]!, starts[document + 1]!)
      rows.fill(coarseLength(encodeLength(Math.round(average(rows)))))
    }
  }

  /** Gives rows the lengths that they count as with their weights; after `levelLengths`. */
  weigh(weights: ReadonlyMap<number, number>): void {
    for (const [row, weight] of weights) {
      this.#lengths[row] = encodeLength(weightedLength(decodeLength(this.#lengths[row]!), weight))
    }
  }

  /** Ends the current row. */
  endRow(): void {
    const row = this.#rows++
    if (row === this.#lengths.length) {
      const grown = new Uint8Array(row * 2)
      grown.set(this.#lengths)
      this.#lengths = grown
    }
    this.#lengths[row] = encodeLength(this.#length)
    this.#length = 0
    this.#pairs.endRow()
  }

  /** Moves what was counted out of memory; between rows. */
  spill(): void {
    if (this.#spilled === null) return
    this.#spilled.add(this.#counted())
    this.#tables.clearTerms()
  }

  begin(folded: Folded): void {
    this.#units = folded.units
    this.#tally.add(folded)
  }

  run(start: number, end: number): void {
    if (this.#pairs.run(this.#units, start, end)) this.#length += end - start
    else this.#astralRun(start, end)
  }

  /** A run with characters outside the BMP. Those are two units, so their terms are texts. */
  #astralRun(start: number, end: number): void {
    this.#pairs.astralRun(this.#units, start, end)
    for (let at = start; at < end; ) {
      const next = this.#characterEnd(at)
      this.#length++
      const isAstral = next - at > 1
      if (isAstral) this.#noteAstral(this.#slice(at, next))
      const pairEnd = next === end ? end : this.#characterEnd(next)
      const isBmp = !isAstral && pairEnd - next <= 1
      if (!isBmp) this.#count(this.#terms.text(this.#slice(at, pairEnd)))
      at = next
    }
  }

  #characterEnd(at: number): number {
    return at + (isSurrogate(this.#units[at]!) ? 2 : 1)
  }

  /** Counts the row for a character; see TermEntry.rows. */
  #noteAstral(character: string): void {
    const known = this.#astralRows.get(character)
    if (known === undefined) {
      this.#terms.text(character)
      this.#astralRows.set(character, { last: this.#rows, rows: 1 })
    } else if (known.last !== this.#rows) {
      known.last = this.#rows
      known.rows++
    }
  }

  word(start: number, end: number, id: number): void {
    const units = end - start
    if (units < 2) return
    if (units === 2) this.#pairs.markWord(start)
    else if (this.#characters(start, end) > 2) {
      if (this.#words) this.#count(this.#terms.word(this.#units, start, end, id))
      this.#pairs.markEdge(start)
      this.#pairs.markEdge(end - 2)
    }
  }

  token(term: string, _start: number, _end: number, kind: TokenKind): void {
    this.#count(this.#terms.text(term))
    if (kind === TokenKind.whole) this.#length++
  }

  #count(list: number): void {
    this.#pool.count(list, this.#rows)
  }

  #slice(start: number, end: number): string {
    return String.fromCharCode(...this.#units.subarray(start, end))
  }

  #characters(start: number, end: number): number {
    let count = 0
    for (let i = start; i < end; i++) if (!isLowSurrogate(this.#units[i]!)) count++
    return count
  }

  /** Whether a UTF-16 unit occurred in any text before folding. */
  hasSource(unit: number): boolean {
    return this.#tally.written(unit) > 0
  }

  /** Whether a folded UTF-16 unit occurred in any text. */
  hasUnit(unit: number): boolean {
    return this.#tally.folded(unit) > 0
  }

  /** Whether every adjacent pair of a text occurs; for texts of BMP characters. */
  mayHold(text: string): boolean {
    const pairs = this.#pairTable()
    for (let i = 1; i < text.length; i++) {
      if (pairs.find(pairKey(text.charCodeAt(i - 1), text.charCodeAt(i))) < 0) return false
    }
    return true
  }

  /** Whether a pair of BMP characters is cut out as a word, at times at least. */
  isWord(pair: string): boolean {
    const pairs = this.#pairTable()
    const { columns } = pairs
    const at = pairs.find(pairKey(pair.charCodeAt(0), pair.charCodeAt(1)))
    if (at < 0) return false
    const occurrences = columns[PairColumn.occurrences]![at]!
    const share = wordShareOf(occurrences, columns[PairColumn.asWord]![at]!)
    return share > 0 || columns[PairColumn.atEdge]![at]! > 0
  }

  *finishing(parameters: Bm25Parameters, deflate: Deflate): Steps<FieldSections> {
    const lengths = this.#lengths.slice(0, this.#rows)
    const writer = new FieldWriter(lengths, parameters, deflate, this.#spill)
    yield* this.#takeAll((term) => writer.add(term, this.#rowsOf(term.term)))
    this.#countedPairs = writer.pairs()
    return writer.finish()
  }

  /** What `counts` says, where no index is written. The field is finished. */
  *finishingCounts(): Steps<FieldCounts> {
    const pairs = new CountedPairs()
    yield* this.#takeAll((term) => {
      if (term.occurrences > 0) pairs.add(term)
    })
    this.#countedPairs = pairs.table()
    return this.counts()
  }

  *#takeAll(take: (term: CountedTerm) => void): Steps<void> {
    const terms = this.#allCounted()
    yield
    let taken = 0
    for (let term = terms.next(); term !== null; term = terms.next()) {
      take(term)
      if (++taken % TERMS_PER_STEP === 0) yield
    }
    this.#spilled?.remove()
  }

  /** What merging needs beyond the index, of a finished field; see counts/index-counts.ts. */
  counts(): FieldCounts {
    const characters = CountTable.ofUnits(this.#pairs.unitRows)
    const astral = Array.from(this.#astralRows, ([character, { rows }]) => [
      character.codePointAt(0)!,
      rows,
    ])
    return {
      sources: CountTable.ofUnits(this.#tally.writtenCounts()),
      units: CountTable.ofUnits(this.#tally.foldedCounts),
      characters: CountTable.sum([characters, CountTable.of(astral, 1)]),
      pairs: this.#pairTable(),
    }
  }

  #pairTable(): CountTable {
    if (this.#countedPairs === null) throw new Error('a field is asked for its pairs too early')
    return this.#countedPairs
  }

  /** All terms of all rows, in order. */
  #allCounted(): CountedTerms {
    if (this.#spilled === null || this.#spilled.isEmpty) return this.#counted()
    this.spill()
    return this.#spilled.merged()
  }

  /** The terms in memory, in order. No other term is spelled as a pair is. */
  #counted(): CountedTerms {
    return new TermsInTurn(this.#pairs.counted(), this.#terms.counted())
  }

  /** Rows that hold a character in a run; 0 for other terms. */
  #rowsOf(term: string): number {
    const rows =
      term.length === 1
        ? this.#pairs.unitRows[term.charCodeAt(0)]!
        : (this.#astralRows.get(term)?.rows ?? 0)
    return this.#isLevel ? Math.min(this.#rows, coarseRows(rows)) : rows
  }
}

/** Surrogates of a run come in pairs: the scanner leaves single ones out. */
function isSurrogate(unit: number): boolean {
  return (unit & 0xf800) === 0xd800
}

function isLowSurrogate(unit: number): boolean {
  return (unit & 0xfc00) === 0xdc00
}
