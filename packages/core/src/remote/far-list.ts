/** The bytes of a far list: its skip entries from a term piece, its blocks from other pieces. */

import { lastStart } from '../bytes/last-start.js'
import { corrupt } from '../errors.js'
import type { Chunks } from '../segment/chunks.js'
import { keyOf, type Piece } from '../shards/piece-table.js'
import type { FarList } from '../shards/term-piece.js'
import type { PieceCache } from './piece-cache.js'

/**
 * A list of at most this many bytes is fetched as a whole, a longer one as it is needed. Measured on
 * the laws: nearly all of what is open is read to its end, so that more saves rounds, not bytes.
 */
const FETCHED_AT_ONCE = 65_536
/** Most pieces that are fetched of a long list in one go. */
const MOST_AHEAD = 32

/** The far lists that a search has opened, so that what it needs of them comes in one go. */
export class OpenLists {
  readonly cache: PieceCache
  readonly #ahead = new Map<string, { next: number; pieces: number }>()
  #open: FarListChunks[] = []

  constructor(cache: PieceCache) {
    this.cache = cache
  }

  /** Before a search. */
  clear(): void {
    this.#open = []
    if (this.#ahead.size > MOST_REMEMBERED) this.#ahead.clear()
  }

  add(list: FarListChunks): void {
    this.#open.push(list)
  }

  /**
   * Brings a piece of a list, and with it all short lists that are open. Of a list that is read
   * from end to end twice as many pieces come each time.
   */
  demand({ pieces }: FarListChunks, number: number): void {
    const key = keyOf(pieces[0]!)
    const before = this.#ahead.get(key)
    const isNext = before?.next === number
    const count = isNext ? Math.min(MOST_AHEAD, before.pieces * 2) : 1
    this.#ahead.set(key, { next: number + count, pieces: count })
    const short = this.#open.filter(({ bytes }) => bytes <= FETCHED_AT_ONCE)
    this.cache.demand([
      ...pieces.slice(number, number + count),
      ...short.flatMap((list) => list.pieces),
    ])
  }
}

/** Lists whose reading is remembered. */
const MOST_REMEMBERED = 1000

/** Raw offsets: the skip entries from 0 on, then the blocks. */
export class FarListChunks implements Chunks {
  /** Bytes of all its pieces. */
  readonly bytes: number
  readonly pieces: readonly Piece[]
  readonly #lists: OpenLists
  readonly #head: Uint8Array
  /** Raw offset of every chunk, and behind them their end. */
  readonly #starts: number[]

  /** `places` are where its pieces stand. */
  constructor(lists: OpenLists, list: FarList, postings: Uint8Array, places: readonly Piece[]) {
    this.#lists = lists
    this.#head = postings.subarray(list.offset, list.offset + list.headBytes)
    this.pieces = places
    this.bytes = list.pieces.reduce((sum, { bytes }) => sum + bytes, 0)
    this.#starts = [0, list.headBytes]
    for (const { rawBytes } of list.pieces) this.#starts.push(this.#starts.at(-1)! + rawBytes)
    lists.add(this)
  }

  get count(): number {
    return this.pieces.length + 1
  }

  indexAt(rawOffset: number): number {
    return Math.min(this.count - 1, lastStart(this.#starts, rawOffset))
  }

  startOf(index: number): number {
    return this.#starts[index]!
  }

  chunk(index: number): Uint8Array {
    if (index === 0) return this.#head
    const piece = this.pieces[index - 1]
    if (piece === undefined) throw corrupt('a far list ends before its blocks')
    const { cache } = this.#lists
    if (!cache.has(piece)) this.#lists.demand(this, index - 1)
    return cache.get(piece)
  }
}
