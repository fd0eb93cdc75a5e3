/** One searchable field of a bundle. */

import type { Field } from '../field/field.js'
import { characterListOf, prefixListOf } from '../field/united-lists.js'
import { PostingList } from '../postings/posting-list.js'
import type { BoundBasis } from '../postings/postings-writer.js'
import { type Bm25Parameters, tfTable } from '../ranking/bm25.js'
import type { Chunks } from '../segment/chunks.js'
import { PIECE_SPAN } from '../shards/bundle-format.js'
import type { FarList } from '../shards/term-piece.js'
import type { TermEntry } from '../terms/term-dictionary.js'
import { FarListChunks, type OpenLists } from './far-list.js'
import { RemoteTerms, type TermPieces } from './remote-terms.js'

export interface RemoteFieldOptions {
  readonly lengths: Uint8Array
  readonly averageLength: number
  readonly bm25: Bm25Parameters
  /** Rows of every character. */
  readonly characterRows: ReadonlyMap<string, number>
  /** Told of every list that is opened. */
  readonly onOpen?: (list: PostingList) => void
}

export class RemoteField implements Field {
  readonly rows: number
  readonly dictionary: RemoteTerms
  readonly lengths: Uint8Array
  readonly table: Float64Array
  readonly #terms: TermPieces
  readonly #number: number
  readonly #lists: OpenLists
  readonly #onOpen: ((list: PostingList) => void) | undefined
  readonly #basis: BoundBasis
  readonly #characterRows: ReadonlyMap<string, number>

  /** `number` is the field's place in the term pieces. */
  constructor(terms: TermPieces, lists: OpenLists, number: number, options: RemoteFieldOptions) {
    this.rows = options.lengths.length
    this.dictionary = new RemoteTerms(terms, number)
    this.lengths = options.lengths
    this.table = tfTable(options.bm25, options.averageLength)
    this.#basis = { lengths: this.lengths, table: this.table, k1: options.bm25.k1 }
    this.#terms = terms
    this.#characterRows = options.characterRows
    this.#number = number
    this.#lists = lists
    this.#onOpen = options.onOpen
  }

  list(entry: TermEntry): PostingList {
    const piece = Math.floor(entry.offset / PIECE_SPAN)
    const { far, postings } = this.#terms.field(piece, this.#number)
    const offset = entry.offset % PIECE_SPAN
    const farList = far.get(offset)
    const list = new PostingList(
      farList === undefined
        ? { chunks: wholeChunk(postings), offset }
        : { chunks: this.#farChunks(piece, farList, postings), offset: 0 },
      entry.frequency,
      this.#basis,
    )
    this.#onOpen?.(list)
    return list
  }

  #farChunks(piece: number, list: FarList, postings: Uint8Array): FarListChunks {
    const { table } = this.#terms.pieces
    const pack = table.packOf(piece)
    const places = list.pieces.map(({ pack: behind, start, bytes }) => {
      return table.behind(pack + behind, start, bytes)
    })
    return new FarListChunks(this.#lists, list, postings, places)
  }

  characterList(character: string): PostingList | null {
    return characterListOf(this, character, this.#basis)
  }

  characterRows(character: string): number {
    return this.#characterRows.get(character) ?? 0
  }

  prefixList(prefix: string): PostingList | null {
    return prefixListOf(this, prefix, this.#basis)
  }
}

function wholeChunk(bytes: Uint8Array): Chunks {
  return { count: 1, indexAt: () => 0, startOf: () => 0, chunk: () => bytes }
}
