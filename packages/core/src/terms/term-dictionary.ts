/**
 * The sorted term dictionary of one field. One list of terms holds characters, bigrams, words,
 * Latin and number terms, so everything that starts at a given character stands together.
 *
 * The index of the dictionary (`TIDX`): count varint, then per block its first term as text.
 */

import { ByteReader } from '../bytes/byte-reader.js'
import { ByteWriter } from '../bytes/byte-writer.js'
import { lastStart } from '../bytes/last-start.js'
import { corrupt } from '../errors.js'
import type { ChunkReader, ChunkWriter } from '../segment/chunks.js'
import { TERMS_PER_BLOCK } from '../segment/format.js'
import { encodeTermBlock, pairsAmong, TermBlock, type TermEntry } from './term-block.js'

export type { TermEntry }

/** Entries that are kept for every block that is: together they take about as much as one. */
const ENTRIES_PER_BLOCK = 32
/** Longer terms are looked up again, in UTF-16 units. */
const LONGEST_KEPT = 32

/** Takes terms in ascending order and writes blocks; one block is one chunk. */
export class TermDictionaryWriter {
  readonly #chunks: ChunkWriter
  readonly #block = new ByteWriter()
  readonly #firstTerms: string[] = []
  #entries: TermEntry[] = []

  constructor(chunks: ChunkWriter) {
    this.#chunks = chunks
  }

  add(entry: TermEntry): void {
    if (this.#entries.length === TERMS_PER_BLOCK) this.#flush(entry.offset)
    this.#entries.push(entry)
  }

  /** Ends the dictionary; `postingsEnd` is the raw offset behind the last list. Returns TIDX. */
  finish(postingsEnd: number): Uint8Array {
    if (this.#entries.length > 0) this.#flush(postingsEnd)
    const index = new ByteWriter()
    index.varint(this.#firstTerms.length)
    for (const term of this.#firstTerms) writeUnits(index, term)
    return index.finish()
  }

  #flush(next: number): void {
    this.#block.clear()
    encodeTermBlock(this.#block, this.#entries, next)
    this.#chunks.piece(this.#block.view())
    this.#chunks.close()
    this.#firstTerms.push(this.#entries[0]!.term)
    this.#entries = []
  }
}

/** Units, not UTF-8: a term may hold a lone surrogate. */
function writeUnits(out: ByteWriter, term: string): void {
  out.varint(term.length)
  for (let i = 0; i < term.length; i++) out.varint(term.charCodeAt(i))
}

function readUnits(reader: ByteReader): string {
  const length = reader.varint()
  if (length > reader.remaining) throw corrupt('the dictionary index ends too early')
  let term = ''
  for (let i = 0; i < length; i++) term += String.fromCharCode(reader.varint())
  return term
}

export class TermDictionary {
  readonly #chunks: ChunkReader
  readonly #firstTerms: string[] = []
  readonly #blocks = new Map<number, TermBlock>()
  readonly #entries = new Map<string, TermEntry | null>()
  readonly #kept: number

  /** Keeps up to `kept` decoded blocks. */
  constructor(chunks: ChunkReader, index: Uint8Array, kept: number) {
    this.#chunks = chunks
    this.#kept = kept
    const reader = new ByteReader(index, 'the dictionary index')
    const count = reader.varint()
    if (count !== chunks.count) {
      throw corrupt(`the dictionary has ${chunks.count} blocks, its index lists ${count}`)
    }
    for (let i = 0; i < count; i++) this.#firstTerms.push(readUnits(reader))
  }

  get blockCount(): number {
    return this.#firstTerms.length
  }

  /** The entry of a term, or null when no row has it. */
  get(term: string): TermEntry | null {
    if (term === '') return null
    const kept = this.#entries.get(term)
    if (kept !== undefined) return kept
    const entry = this.#find(term)
    if (this.#entries.size >= this.#kept * ENTRIES_PER_BLOCK) this.#entries.clear()
    if (term.length <= LONGEST_KEPT) this.#entries.set(term, entry)
    return entry
  }

  #find(term: string): TermEntry | null {
    const block = this.#block(lastStart(this.#firstTerms, term))
    const position = block === null ? 0 : block.lowerBound(term)
    return block?.is(position, term) ? block.entry(position, term) : null
  }

  /** Entries that start with `prefix`, ascending, at most `limit`. */
  withPrefix(prefix: string, limit: number): TermEntry[] {
    const found: TermEntry[] = []
    let index = Math.max(0, lastStart(this.#firstTerms, prefix))
    let block = this.#block(index)
    let position = block?.lowerBound(prefix) ?? 0
    while (block !== null && found.length < limit) {
      if (position === block.count) {
        block = this.#blockBehind(block, ++index)
        position = 0
      } else if (block.startsWith(position, prefix)) found.push(block.entry(position++))
      else break
    }
    return found
  }

  /**
   * Entries with postings that a character starts: itself, and its pairs. Words are left out,
   * since a pair stands wherever a word does.
   */
  pairsOf(character: string): TermEntry[] {
    return pairsAmong(this.withPrefix(character, Number.POSITIVE_INFINITY), character)
  }

  /**
   * Entries of at least `prefixLength` units that stand in `text` at `at`, shortest first.
   * Only terms that share the first `prefixLength` units are looked at.
   */
  standingAt(text: string, at: number, prefixLength: number): TermEntry[] {
    const prefix = text.slice(at, at + prefixLength)
    const found: TermEntry[] = []
    let index = Math.max(0, lastStart(this.#firstTerms, prefix))
    let block = this.#block(index)
    let position = block?.lowerBound(prefix) ?? 0
    while (block !== null) {
      if (position === block.count) {
        block = this.#blockBehind(block, ++index)
        position = 0
        continue
      }
      if (!block.startsWith(position, prefix)) break
      if (block.standsIn(position, text, at)) {
        const entry = block.entry(position)
        if (entry.term.length >= prefixLength) found.push(entry)
      }
      position++
    }
    return found
  }

  /** Decodes what is kept between queries, block by block. */
  *warm(): Generator<void> {
    for (let index = 0; index < Math.min(this.#kept, this.blockCount); index++) {
      this.#block(index)
      yield
    }
  }

  /** All entries in order; for inspection. Throws CORRUPT where they are not in order. */
  *entries(): Generator<TermEntry> {
    let term = ''
    let end = 0
    for (let index = 0; index < this.blockCount; index++) {
      const block = new TermBlock(this.#chunks.chunk(index))
      if (!block.is(0, this.#firstTerms[index]!)) throw corrupt(`the index misses block ${index}`)
      checkFollows(end, block)
      end = block.postingsEnd
      for (let position = 0; position < block.count; position++) {
        const entry = block.entry(position)
        if (entry.term <= term) throw corrupt(`the dictionary has ${term} before ${entry.term}`)
        term = entry.term
        yield entry
      }
    }
  }

  #blockBehind(before: TermBlock, index: number): TermBlock | null {
    const block = this.#block(index)
    if (block !== null) checkFollows(before.postingsEnd, block)
    return block
  }

  #block(index: number): TermBlock | null {
    if (index < 0 || index >= this.#firstTerms.length) return null
    const kept = this.#blocks.get(index)
    if (kept !== undefined) return kept
    const block = new TermBlock(this.#chunks.chunk(index))
    if (this.#blocks.size >= this.#kept) this.#blocks.clear()
    this.#blocks.set(index, block)
    return block
  }
}

/** The postings of a block start behind those of the block before. */
function checkFollows(end: number, block: TermBlock): void {
  if (block.postingsStart < end) throw corrupt('two dictionary blocks share posting lists')
}
