/**
 * The texts of an index that is at hand: a term is found in them without decoding every text.
 *
 * Where all chunks may be kept, their bytes stand one behind the other, with a table of where each
 * text stands: to look into many texts is to wait for memory, and every step on the way to a text
 * is another wait. Hot: bench "query", quoted.
 */

import type { Folder } from '@wenxun/tokenizer/scan'
import type { Chunks } from '../segment/chunks.js'
import { BytePattern } from './byte-pattern.js'
import type { Decoder } from './recoder.js'
import { type OpenChunk, TextStore, type TextStoreOptions } from './text-store.js'

/** Larger texts, in bytes, are kept by chunk. */
const MOST_BYTES = 1 << 28
/** Texts that are asked for at once. */
const TOUCHED = 32
/** About as many bytes as memory gives at once. */
const LINE_BYTES = 64

export class LocalTexts extends TextStore {
  #folder: Folder | null = null
  #pattern: BytePattern | null = null
  /** The chunks that are open, at their raw offsets; empty where not all may be kept. */
  readonly #bytes: Uint8Array
  /** By row the start of its text and the end, 0 where it is not open. */
  readonly #places: Uint32Array
  /** Written to, so that what is touched must be read. */
  touched = 0

  constructor(chunks: Chunks, starts: Uint32Array, decoder: Decoder, options: TextStoreOptions) {
    super(chunks, starts, decoder, options)
    let size = chunks.startOf(chunks.count)
    if (options.keptChunks < chunks.count || size > MOST_BYTES) size = 0
    // Where chunks claim each other's places, they cannot all be read.
    for (let i = 0; i < chunks.count; i++) if (chunks.startOf(i) > chunks.startOf(i + 1)) size = 0
    // Memory that is not written to yet costs nothing.
    this.#bytes = new Uint8Array(size)
    this.#places = new Uint32Array(size && options.rows * 2)
  }

  surelyHas(rows: Int32Array, place: number, term: string, folder: Folder): boolean {
    if (this.#folder !== folder) {
      const folds = this.decoder.foldedBy(folder)
      this.#folder = folder
      this.#pattern = folds && new BytePattern(folds)
    }
    if (this.#pattern === null) return false
    this.#pattern.seek(term)
    if (place % TOUCHED === 0) this.touch(rows, place)
    const { bytes, start, end } = this.placeOf(rows[place]!)
    return this.#pattern.isIn(bytes, start, end)
  }

  touch(rows: ArrayLike<number>, from = 0): void {
    const bytes = this.#bytes
    for (let i = from; i < rows.length && i < from + TOUCHED; i++) {
      const start = this.#places[rows[i]! * 2]!
      this.touched = bytes[start]! + bytes[start + LINE_BYTES]!
    }
  }

  protected override placeOf(row: number) {
    const end = this.#places[row * 2 + 1]
    return end ? { bytes: this.#bytes, start: this.#places[row * 2]!, end } : super.placeOf(row)
  }

  protected override opened(chunk: OpenChunk, row: number, base: number) {
    const { bytes, textStarts } = chunk
    const end = base + bytes.length
    if (end > this.#bytes.length) return chunk
    this.#bytes.set(bytes, base)
    for (let i = 0; i < textStarts.length - 1; i++) {
      this.#places[(row + i) * 2] = base + textStarts[i]!
      this.#places[(row + i) * 2 + 1] = base + textStarts[i + 1]!
    }
    return { bytes: this.#bytes.subarray(base, end), textStarts }
  }
}
