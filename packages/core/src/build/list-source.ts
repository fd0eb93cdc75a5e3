/** Posting lists of an index in the order of their terms, as they are stored. */

import { ByteReader } from '../bytes/byte-reader.js'
import type { Postings } from '../postings/posting-list.js'
import { decodePostings } from '../postings/postings-codec.js'
import type { ChunkReader } from '../segment/chunks.js'
import { POSTINGS_BLOCK, type Section } from '../segment/format.js'
import type { SegmentReader } from '../segment/segment-reader.js'
import { TermDictionary, type TermEntry } from '../terms/term-dictionary.js'

export interface EncodedList {
  readonly entry: TermEntry
  /** Its postings as stored: skip entries, blocks. */
  readonly bytes: Uint8Array
}

/** The terms of one field in order, with their encoded lists. */
export class ListSource {
  readonly #dictionary: TermDictionary
  readonly #postings: ChunkReader
  readonly #pending: Generator<EncodedList>
  #next: EncodedList | null = null

  constructor(
    segment: SegmentReader,
    terms: typeof Section.terms | typeof Section.contextTerms,
    termIndex: typeof Section.termIndex | typeof Section.contextTermIndex,
    postings: typeof Section.postings | typeof Section.contextPostings,
  ) {
    this.#dictionary = new TermDictionary(segment.chunked(terms), segment.section(termIndex), 1)
    this.#postings = segment.chunked(postings)
    this.#pending = this.lists()
  }

  *lists(): Generator<EncodedList> {
    let open: TermEntry | null = null
    for (const entry of this.#dictionary.entries()) {
      if (open !== null) yield { entry: open, bytes: this.#bytes(open.offset, entry.offset) }
      open = entry
    }
    if (open !== null) {
      yield { entry: open, bytes: this.#bytes(open.offset, this.#postings.rawLength) }
    }
  }

  /** The terms that were not given yet and stand before `term`; all for null. */
  *listsBefore(term: string | null): Generator<EncodedList> {
    for (;;) {
      this.#next ??= this.#pending.next().value ?? null
      if (this.#next === null || (term !== null && this.#next.entry.term >= term)) return
      yield this.#next
      this.#next = null
    }
  }

  #bytes(start: number, end: number): Uint8Array {
    const bytes = new Uint8Array(end - start)
    for (let at = start; at < end; ) {
      const index = this.#postings.indexAt(at)
      const from = at - this.#postings.startOf(index)
      const piece = this.#postings.chunk(index).subarray(from, from + end - at)
      bytes.set(piece, at - start)
      at += piece.length
    }
    return bytes
  }
}

/** The skip entries of a long list: their length, and the lengths of the blocks. */
export function readSkips({ frequency }: TermEntry, bytes: Uint8Array) {
  const reader = new ByteReader(bytes, 'a posting list')
  const blockBytes: number[] = []
  for (let block = Math.ceil(frequency / POSTINGS_BLOCK); block > 0; block--) {
    reader.varint()
    blockBytes.push(reader.varint())
    reader.byte()
  }
  return { headBytes: reader.position, blockBytes }
}

/** The postings of a list as it is stored. */
export function readList(entry: TermEntry, bytes: Uint8Array): Postings {
  const { frequency } = entry
  const rows = new Int32Array(frequency)
  const tfs = new Uint8Array(frequency)
  // Blocks need no coding of their own: they go on where the one before ended.
  const at = frequency < POSTINGS_BLOCK ? 0 : readSkips(entry, bytes).headBytes
  decodePostings(bytes, at, frequency, -1, rows, tfs)
  return { rows, tfs }
}
