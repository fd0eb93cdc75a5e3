/** The bytes of a far list: its skip entries from a term piece, its blocks from list pieces. */

import type { Chunks } from '../segment/chunks.js'
import type { FarList } from '../shards/term-piece.js'
import type { Pieces } from './piece-cache.js'

/** A list in at most this many pieces is fetched as a whole, a longer one as it is needed. */
const FETCHED_AT_ONCE = 8

/** All list pieces, as one sequence of bytes. */
export class ListPieces {
  readonly pieces: Pieces
  readonly #ends: Uint32Array

  constructor(pieces: Pieces, ends: Uint32Array) {
    this.pieces = pieces
    this.#ends = ends
  }

  startOf(piece: number): number {
    return piece === 0 ? 0 : this.#ends[piece - 1]!
  }

  /** The piece that holds a raw offset. */
  indexAt(offset: number): number {
    let low = 0
    let high = this.pieces.count - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#ends[middle]! <= offset) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** Raw offsets: the skip entries from 0 on, then the blocks. */
export class FarListChunks implements Chunks {
  readonly #lists: ListPieces
  readonly #list: FarList
  readonly #head: Uint8Array
  readonly #first: number
  readonly #last: number

  constructor(lists: ListPieces, list: FarList, postings: Uint8Array) {
    this.#lists = lists
    this.#list = list
    this.#head = postings.subarray(list.offset, list.offset + list.headBytes)
    this.#first = lists.indexAt(list.start)
    this.#last = lists.indexAt(list.start + list.bytes - 1)
  }

  get count(): number {
    return this.#last - this.#first + 2
  }

  indexAt(rawOffset: number): number {
    const { headBytes, start } = this.#list
    if (rawOffset < headBytes) return 0
    return this.#lists.indexAt(start + rawOffset - headBytes) - this.#first + 1
  }

  startOf(index: number): number {
    if (index === 0) return 0
    const { headBytes, start } = this.#list
    return this.#lists.startOf(this.#first + index - 1) - start + headBytes
  }

  chunk(index: number): Uint8Array {
    if (index === 0) return this.#head
    const { pieces } = this.#lists
    const piece = this.#first + index - 1
    if (!pieces.has(piece)) this.#fetch(piece)
    return pieces.get(piece)
  }

  /** Where one piece of the list is missing, those behind it are, too. */
  #fetch(piece: number): void {
    const end = Math.min(this.#last + 1, piece + FETCHED_AT_ONCE)
    const wanted: number[] = []
    for (let i = piece; i < end; i++) wanted.push(i)
    this.#lists.pieces.demand(wanted)
  }
}
