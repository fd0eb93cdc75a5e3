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
import { PostingPool } from '../postings/posting-pool.js'
import { type BoundBasis, PostingsWriter } from '../postings/postings-writer.js'
import { type Bm25Parameters, tfTable } from '../ranking/bm25.js'
import { decodeLength, encodeLength } from '../ranking/length-code.js'
import { ChunkWriter, type Deflate } from '../segment/chunks.js'
import { POSTINGS_CHUNK_BYTES } from '../segment/format.js'
import { TermDictionaryWriter } from '../terms/term-dictionary.js'
import { TermTable } from './term-table.js'

export interface FieldSections {
  readonly terms: Uint8Array
  readonly termIndex: Uint8Array
  readonly postings: Uint8Array
  readonly lengths: Uint8Array
  readonly averageLength: number
  readonly termCount: number
}

export class FieldBuilder implements AnalysisSink {
  readonly #analyzer: Analyzer
  readonly #pool = new PostingPool()
  readonly #terms: TermTable
  #rows = 0
  #lengths = new Uint8Array(1 << 10)
  #length = 0
  /** Per list: the row it was last counted in, and how often there. */
  #countedRow = new Int32Array(1 << 12).fill(-1)
  #counts = new Int32Array(1 << 12)
  #touched = new Int32Array(1 << 10)
  #touchedCount = 0
  /** Per unit: the last row that holds it in a run, and the number of such rows. */
  readonly #unitRow = new Int32Array(0x10000).fill(-1)
  readonly #unitRows = new Int32Array(0x10000)
  readonly #astralRows = new Map<string, { last: number; rows: number }>()
  /** Per list of a pair: rows-independent occurrences, and how many of them are a word. */
  #occurrences = new Int32Array(1 << 12)
  #asWord = new Int32Array(1 << 12)
  /** Per list of a pair: 1 when it begins or ends a longer word. */
  #atEdge = new Int32Array(1 << 12)
  #units: Uint16Array = new Uint16Array(0)
  readonly #seen = new Uint8Array(0x10000)
  readonly #seenSources = new Uint8Array(0x10000)
  /** List of the pair that starts at a unit of the current run. */
  #pairAt = new Int32Array(1 << 10)

  constructor(analyzer: Analyzer) {
    this.#analyzer = analyzer
    this.#terms = new TermTable(this.#pool, analyzer.segmenter.idLimit)
  }

  get rows(): number {
    return this.#rows
  }

  /** Bytes held by postings so far. */
  get byteLength(): number {
    return this.#pool.byteLength
  }

  /** Adds a text to the current row. */
  add(text: string): void {
    this.#analyzer.analyze(text, this)
  }

  /** Ends the current row. */
  endRow(): void {
    const row = this.#rows++
    for (let i = 0; i < this.#touchedCount; i++) {
      const list = this.#touched[i]!
      this.#pool.append(list, row, this.#counts[list]!)
    }
    if (row === this.#lengths.length) {
      const grown = new Uint8Array(row * 2)
      grown.set(this.#lengths)
      this.#lengths = grown
    }
    this.#lengths[row] = encodeLength(this.#length)
    this.#length = 0
    this.#touchedCount = 0
  }

  begin(folded: Folded): void {
    const { text, units, length } = folded
    this.#units = units
    for (let i = 0; i < text.length; i++) this.#seenSources[text.charCodeAt(i)] = 1
    for (let i = 0; i < length; i++) this.#seen[units[i]!] = 1
    if (folded.length > this.#pairAt.length) this.#pairAt = new Int32Array(folded.length * 2)
  }

  /** Hot: bench "build". */
  run(start: number, end: number): void {
    const units = this.#units
    let at = start
    while (at < end) {
      const unit = units[at]!
      if (isHighSurrogate(unit) && at + 1 < end) {
        at = this.#astral(at, end)
        continue
      }
      this.#note(unit)
      this.#length++
      if (at + 1 === end) this.#count(this.#terms.unit(unit))
      else {
        const next = units[at + 1]!
        if (isHighSurrogate(next)) this.#countPairText(at, at + 1, end)
        else {
          const list = this.#terms.pair(unit, next)
          this.#count(list)
          this.#occurrences[list]!++
          this.#pairAt[at] = list
        }
      }
      at++
    }
  }

  /** A character outside the BMP: two units, so its terms take the slow path. */
  #astral(at: number, end: number): number {
    const character = this.#slice(at, at + 2)
    this.#noteAstral(character)
    this.#length++
    if (at + 2 < end) this.#countPairText(at, at + 2, end)
    else this.#count(this.#terms.text(character))
    return at + 2
  }

  #countPairText(start: number, second: number, end: number): void {
    const size = isHighSurrogate(this.#units[second]!) && second + 1 < end ? 2 : 1
    this.#count(this.#terms.text(this.#slice(start, second + size)))
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
    if (units === 2) {
      if (!isHighSurrogate(this.#units[start]!)) this.#asWord[this.#pairAt[start]!]!++
    } else if (this.#characters(start, end) > 2) {
      this.#count(this.#terms.word(this.#units, start, end, id))
      this.#noteEdges(start, end)
    }
  }

  token(term: string, _start: number, _end: number, kind: TokenKind): void {
    this.#count(this.#terms.text(term))
    if (kind === TokenKind.whole) this.#length++
  }

  /** The pairs that begin and end a longer word: 软件 of 软件开发. */
  #noteEdges(start: number, end: number): void {
    for (const at of [start, end - 2]) {
      if (isHighSurrogate(this.#units[at]!) || isHighSurrogate(this.#units[at + 1]!)) continue
      const list = this.#terms.findPair(this.#units[at]!, this.#units[at + 1]!)
      if (list >= 0) this.#atEdge[list] = 1
    }
  }

  #count(list: number): void {
    if (list >= this.#counts.length) this.#growCounts(list)
    if (this.#countedRow[list] === this.#rows) {
      this.#counts[list]!++
      return
    }
    this.#countedRow[list] = this.#rows
    this.#counts[list] = 1
    if (this.#touchedCount === this.#touched.length) this.#touched = grow(this.#touched, 0)
    this.#touched[this.#touchedCount++] = list
  }

  #growCounts(list: number): void {
    while (list >= this.#counts.length) {
      this.#counts = grow(this.#counts, 0)
      this.#occurrences = grow(this.#occurrences, 0)
      this.#asWord = grow(this.#asWord, 0)
      this.#atEdge = grow(this.#atEdge, 0)
      this.#countedRow = grow(this.#countedRow, -1)
    }
  }

  #slice(start: number, end: number): string {
    return String.fromCharCode(...this.#units.subarray(start, end))
  }

  #characters(start: number, end: number): number {
    let count = 0
    for (let i = start; i < end; i++) if (!isHighSurrogate(this.#units[i]!)) count++
    return count
  }

  /** Whether a UTF-16 unit occurred in any text before folding. */
  hasSource(unit: number): boolean {
    return this.#seenSources[unit] === 1
  }

  /** Whether a folded UTF-16 unit occurred in any text. */
  hasUnit(unit: number): boolean {
    return this.#seen[unit] === 1
  }

  /** Whether every adjacent pair of a text occurs; for texts of BMP characters. */
  mayHold(text: string): boolean {
    for (let i = 1; i < text.length; i++) {
      if (this.#terms.findPair(text.charCodeAt(i - 1), text.charCodeAt(i)) < 0) return false
    }
    return true
  }

  /** Whether a pair of BMP characters is cut out as a word, at times at least. */
  isWord(pair: string): boolean {
    const list = this.#terms.findPair(pair.charCodeAt(0), pair.charCodeAt(1))
    return list >= 0 && (this.#wordShare(list) > 0 || this.#atEdge[list] === 1)
  }

  finish(parameters: Bm25Parameters, deflate: Deflate): FieldSections {
    const lengths = this.#lengths.slice(0, this.#rows)
    const averageLength = average(lengths)
    const table = tfTable(parameters, averageLength)
    const basis: BoundBasis = { lengths, table, k1: parameters.k1 }
    const postings = new ChunkWriter(deflate, POSTINGS_CHUNK_BYTES)
    const writer = new PostingsWriter(postings, basis)
    const blocks = new ChunkWriter(deflate, Number.POSITIVE_INFINITY)
    const dictionary = new TermDictionaryWriter(blocks)
    let termCount = 0
    for (const { term, list } of this.#terms.sorted()) {
      const frequency = this.#pool.frequency(list)
      const rows = Math.max(frequency, this.#rowsOf(term))
      if (rows === 0) continue
      const offset = frequency === 0 ? postings.rawLength : writer.write(this.#pool, list)
      dictionary.add({ term, frequency, rows, wordShare: this.#wordShare(list), offset })
      termCount++
    }
    const termIndex = dictionary.finish(postings.rawLength)
    return {
      terms: blocks.finish(),
      termIndex,
      postings: postings.finish(),
      lengths,
      averageLength,
      termCount,
    }
  }

  /** Rows that hold a character in a run; 0 for other terms. */
  #rowsOf(term: string): number {
    if (term.length === 1) return this.#unitRows[term.charCodeAt(0)]!
    return this.#astralRows.get(term)?.rows ?? 0
  }

  #wordShare(list: number): number {
    const occurrences = this.#occurrences[list] ?? 0
    if (occurrences === 0) return 0
    const share = this.#asWord[list]! / occurrences
    return WORD_SHARES.filter((least) => share >= least).length
  }
}

/** Least shares of the stored classes 1, 2 and 3; see terms/term-block.ts. */
const WORD_SHARES = [0.1, 0.5, 0.9]

function isHighSurrogate(unit: number): boolean {
  return (unit & 0xfc00) === 0xd800
}

function grow(array: Int32Array, fill: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(array.length * 2).fill(fill)
  grown.set(array)
  return grown
}

/** Of the lengths as they are stored, which is what scoring sees. */
function average(lengths: Uint8Array): number {
  let sum = 0
  for (const code of lengths) sum += decodeLength(code)
  return lengths.length === 0 ? 0 : sum / lengths.length
}
