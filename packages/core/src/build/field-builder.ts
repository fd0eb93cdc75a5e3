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
import { CountTable } from '../counts/count-table.js'
import { type FieldCounts, PairColumn, pairKey, wordShareOf } from '../counts/index-counts.js'
import { PostingPool } from '../postings/posting-pool.js'
import { type BoundBasis, PostingsWriter } from '../postings/postings-writer.js'
import { type Bm25Parameters, tfTable } from '../ranking/bm25.js'
import { decodeLength, encodeLength } from '../ranking/length-code.js'
import { ChunkWriter, type Deflate, type PackedBytes } from '../segment/chunks.js'
import { POSTINGS_CHUNK_BYTES } from '../segment/format.js'
import { TermDictionaryWriter } from '../terms/term-dictionary.js'
import { CountedPairs } from './counted-pairs.js'
import type { CountedTerm } from './counted-term.js'
import { PairCounter } from './pair-counter.js'
import type { FieldSections } from './segment-layout.js'
import type { MemoryLimit, Spill } from './spill.js'
import { SpilledBytes } from './spilled-bytes.js'
import { SpilledTerms } from './spilled-terms.js'
import { TermTable } from './term-table.js'

export interface FieldOptions {
  readonly analyzer: Analyzer
  /** Where `spill` puts what was counted; without it, everything stays in memory. */
  readonly memory?: MemoryLimit | undefined
  /** Whether words of three and more characters are terms; default true. */
  readonly words?: boolean
}

export class FieldBuilder implements AnalysisSink {
  readonly #analyzer: Analyzer
  readonly #pool: PostingPool
  readonly #words: boolean
  readonly #terms: TermTable
  readonly #spill: Spill | undefined
  readonly #spilled: SpilledTerms | null
  /** Known once the field is finished. */
  #countedPairs: CountTable | null = null
  readonly #pairs: PairCounter
  #rows = 0
  #lengths = new Uint8Array(1 << 10)
  #length = 0
  /** Per unit: the last row that holds it in a run, and the number of such rows. */
  readonly #unitRow = new Int32Array(0x10000).fill(-1)
  readonly #unitRows = new Int32Array(0x10000)
  readonly #astralRows = new Map<string, { last: number; rows: number }>()
  #units: Uint16Array = new Uint16Array(0)
  /** Times a unit occurs, folded and before. */
  readonly #seen = new Uint32Array(0x10000)
  readonly #seenSources = new Uint32Array(0x10000)

  constructor({ analyzer, memory, words = true }: FieldOptions) {
    const spill = memory?.spill
    this.#words = words
    this.#pool = new PostingPool(memory === undefined ? undefined : poolBytes(memory))
    this.#analyzer = analyzer
    this.#terms = new TermTable(this.#pool, analyzer.segmenter.idLimit)
    this.#pairs = new PairCounter(this.#pool, this.#terms)
    this.#spill = spill
    this.#spilled = spill === undefined ? null : new SpilledTerms(spill)
  }

  get rows(): number {
    return this.#rows
  }

  /** Bytes held by terms and postings so far, about. */
  get byteLength(): number {
    return this.#pool.byteLength + this.#terms.byteLength
  }

  /** Adds a text to the current row. */
  add(text: string): void {
    this.#analyzer.analyze(text, this)
  }

  /**
   * Gives all rows of a document the length that they have on average, which a remote index fetches
   * in far fewer bytes. `starts` are the documents' first rows and the number of rows.
   */
  levelLengths(starts: ArrayLike<number>): void {
    for (let document = 0; document + 1 < starts.length; document++) {
      const rows = this.#lengths.subarray(starts[document]!, starts[document + 1]!)
      rows.fill(encodeLength(Math.round(average(rows))))
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
    this.#pairs.flush()
    this.#spilled.add(this.#counted())
    this.#pool.clear()
    this.#terms.clear()
  }

  begin(folded: Folded): void {
    const { text, units, length } = folded
    this.#units = units
    const sources = this.#seenSources
    const seen = this.#seen
    for (let i = 0; i < text.length; i++) sources[text.charCodeAt(i)]!++
    for (let i = 0; i < length; i++) seen[units[i]!]!++
  }

  /** Hot: bench "build". */
  run(start: number, end: number): void {
    const units = this.#units
    const unitRow = this.#unitRow
    const row = this.#rows
    for (let at = start; at < end; at++) {
      const unit = units[at]!
      if (unitRow[unit] === row) continue
      if (isSurrogate(unit)) {
        this.#astralRun(start, end)
        return
      }
      this.#note(unit)
    }
    this.#pairs.run(units, start, end)
    this.#pool.count(this.#terms.unit(units[end - 1]!), row)
    this.#length += end - start
  }

  /** A run with characters outside the BMP. Those are two units, so their terms are texts. */
  #astralRun(start: number, end: number): void {
    this.#pairs.astralRun(this.#units, start, end)
    for (let at = start; at < end; ) {
      const next = this.#characterEnd(at)
      this.#length++
      if (next - at === 1) this.#note(this.#units[at]!)
      else this.#noteAstral(this.#slice(at, next))
      const isBmp = next - at === 1 && (next === end || this.#characterEnd(next) - next === 1)
      if (next === end && isBmp) this.#count(this.#terms.unit(this.#units[at]!))
      else if (!isBmp) {
        const pairEnd = next === end ? end : this.#characterEnd(next)
        this.#count(this.#terms.text(this.#slice(at, pairEnd)))
      }
      at = next
    }
  }

  #characterEnd(at: number): number {
    return at + (isSurrogate(this.#units[at]!) ? 2 : 1)
  }

  /** Counts the row for a character; see TermEntry.rows. */
  #note(unit: number): void {
    if (this.#unitRow[unit] === this.#rows) return
    this.#unitRow[unit] = this.#rows
    if (this.#unitRows[unit]!++ === 0) this.#terms.unit(unit)
  }

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
    return this.#seenSources[unit]! > 0
  }

  /** Whether a folded UTF-16 unit occurred in any text. */
  hasUnit(unit: number): boolean {
    return this.#seen[unit]! > 0
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

  finish(parameters: Bm25Parameters, deflate: Deflate): FieldSections {
    const lengths = this.#lengths.slice(0, this.#rows)
    const averageLength = average(lengths)
    const table = tfTable(parameters, averageLength)
    const basis: BoundBasis = { lengths, table, k1: parameters.k1 }
    const postings = new ChunkWriter(deflate, POSTINGS_CHUNK_BYTES, {
      content: 'postings',
      packed: this.#newPacked(),
    })
    const writer = new PostingsWriter(postings, basis)
    const blocks = new ChunkWriter(deflate, Number.POSITIVE_INFINITY, { content: 'terms' })
    const dictionary = new TermDictionaryWriter(blocks)
    const pairs = new CountedPairs()
    let termCount = 0
    for (const counted of this.#allCounted()) {
      const { term, frequency } = counted
      const rows = Math.max(frequency, this.#rowsOf(term))
      if (rows === 0) continue
      const wordShare = wordShareOf(counted.occurrences, counted.asWord)
      if (counted.occurrences > 0) pairs.add(counted)
      const offset =
        frequency === 0 ? postings.rawLength : writer.write(counted.postings, frequency)
      dictionary.add({ term, frequency, rows, wordShare, offset })
      termCount++
    }
    const termIndex = dictionary.finish(postings.rawLength)
    this.#spilled?.remove()
    this.#countedPairs = pairs.table()
    return {
      terms: blocks.finishInParts(),
      termIndex,
      postings: postings.finishInParts(),
      lengths,
      averageLength,
      termCount,
    }
  }

  /** What merging needs beyond the index, of a finished field; see counts/index-counts.ts. */
  counts(): FieldCounts {
    const characters = held(this.#unitRows)
    for (const [character, { rows }] of this.#astralRows) {
      characters.push([character.codePointAt(0)!, rows])
    }
    const isHeld = ([, rows]: readonly number[]) => rows! > 0
    return {
      sources: CountTable.of(held(this.#seenSources), 1),
      units: CountTable.of(held(this.#seen), 1),
      characters: CountTable.of(characters.filter(isHeld), 1),
      pairs: this.#pairTable(),
    }
  }

  #pairTable(): CountTable {
    if (this.#countedPairs === null) throw new Error('a field is asked for its pairs too early')
    return this.#countedPairs
  }

  /** Room for finished postings, where they do not stay in memory. */
  #newPacked(): PackedBytes | undefined {
    return this.#spill === undefined ? undefined : new SpilledBytes(this.#spill)
  }

  /** All terms of all rows, in order. */
  *#allCounted(): Generator<CountedTerm> {
    this.#pairs.flush()
    if (this.#spilled === null || this.#spilled.isEmpty) {
      yield* this.#counted()
      return
    }
    this.spill()
    yield* this.#spilled.merged()
  }

  /** The terms in memory, in order. */
  *#counted(): Generator<CountedTerm> {
    const pool = this.#pool
    let bytes = new Uint8Array(1 << 12)
    for (const { term, list } of this.#terms.sorted()) {
      const most = pool.maxBytes(list)
      if (most > bytes.length) bytes = new Uint8Array(most * 2)
      yield {
        term,
        frequency: pool.frequency(list),
        lastRow: pool.lastRow(list),
        occurrences: pool.occurrences(list),
        asWord: pool.asWord(list),
        atEdge: pool.atEdge(list),
        postings: bytes.subarray(0, pool.copy(list, bytes)),
      }
    }
  }

  /** Rows that hold a character in a run; 0 for other terms. */
  #rowsOf(term: string): number {
    if (term.length === 1) return this.#unitRows[term.charCodeAt(0)]!
    return this.#astralRows.get(term)?.rows ?? 0
  }
}

/** Room for all postings that the limit allows, so that a full pool is never copied. */
function poolBytes({ bytes }: MemoryLimit): number {
  return Math.min(MOST_POOL, Math.max(FEWEST_POOL, bytes))
}

const FEWEST_POOL = 1 << 16
const MOST_POOL = 1 << 30

/** The units that occur, with their counts. */
function held(counts: Uint32Array | Int32Array): number[][] {
  const rows: number[][] = []
  for (let unit = 0; unit < counts.length; unit++) {
    if (counts[unit]! > 0) rows.push([unit, counts[unit]!])
  }
  return rows
}

/** Surrogates of a run come in pairs: the scanner leaves single ones out. */
function isSurrogate(unit: number): boolean {
  return (unit & 0xf800) === 0xd800
}

function isLowSurrogate(unit: number): boolean {
  return (unit & 0xfc00) === 0xdc00
}

/** Of the lengths as they are stored, which is what scoring sees. */
export function average(lengths: Uint8Array): number {
  let sum = 0
  for (const code of lengths) sum += decodeLength(code)
  return lengths.length === 0 ? 0 : sum / lengths.length
}
