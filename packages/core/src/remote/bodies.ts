/** Paragraphs and documents of a bundle, from its body pieces. */

import { lastStart } from '../bytes/last-start.js'
import { corrupt } from '../errors.js'
import type { HitDocument } from '../model.js'
import type { Chunks } from '../segment/chunks.js'
import { type BodyPiece, decodeBodyPiece } from '../shards/body-piece.js'
import type { BundleCore } from '../shards/bundle-core.js'
import { type DocumentRecords, readDocument } from '../store/document-record.js'
import type { Pieces } from './piece-cache.js'

/** Opened pieces that are kept; their bytes are in the cache. */
const KEPT_PIECES = 64

export class Bodies implements DocumentRecords {
  readonly pieces: Pieces
  readonly #core: BundleCore
  readonly #open = new Map<number, BodyPiece>()

  constructor(pieces: Pieces, core: BundleCore) {
    this.pieces = pieces
    this.#core = core
  }

  /** The piece that holds a row. */
  pieceOf(row: number): number {
    return lastStart(this.#core.bodyStarts, row)
  }

  /** The text chunks of the pieces, for a TextStore. */
  chunks(): Chunks {
    return {
      count: this.pieces.count,
      indexAt: () => 0,
      startOf: () => 0,
      chunk: (piece) => this.#piece(piece).textChunk,
    }
  }

  /** From any piece that holds it, preferably one that is there. */
  get(document: number): HitDocument {
    const { documentStarts } = this.#core
    const first = this.pieceOf(documentStarts[document]!)
    const last = this.pieceOf(documentStarts[document + 1]! - 1)
    let piece = first
    for (let i = first; i <= last; i++) {
      if (this.pieces.has(i)) piece = i
    }
    const { firstDocument, records } = this.#piece(piece)
    const record = records[document - firstDocument]
    if (record === undefined) throw corrupt(`document ${document} is not in its piece`)
    return readDocument(record)
  }

  /** A piece of the same size may have come instead: its first document tells. */
  #check(number: number, { firstDocument }: BodyPiece): void {
    const { bodyStarts, documentStarts } = this.#core
    const start = bodyStarts[number]!
    const isIn =
      documentStarts[firstDocument]! <= start && start < documentStarts[firstDocument + 1]!
    if (!isIn) throw corrupt(`piece ${number} begins with document ${firstDocument}`)
  }

  #piece(number: number): BodyPiece {
    const bytes = this.pieces.get(number)
    let piece = this.#open.get(number)
    if (piece === undefined) {
      piece = decodeBodyPiece(bytes)
      this.#check(number, piece)
      if (this.#open.size >= KEPT_PIECES) this.#open.clear()
      this.#open.set(number, piece)
    }
    return piece
  }
}
