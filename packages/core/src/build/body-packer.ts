/** Paragraphs and documents of an index → body packs. */

import { pack } from 'msgpackr'
import { u32View } from '../bytes/byte-reader.js'
import type { HitDocument } from '../model.js'
import { Section } from '../segment/format.js'
import type { IndexMetadata } from '../segment/metadata.js'
import type { SegmentReader } from '../segment/segment-reader.js'
import { encodeBodyPiece } from '../shards/body-piece.js'
import type { PackedPieces } from '../shards/piece-table.js'
import { DocumentStore } from '../store/document-store.js'
import { Decoder, RecodingTable } from '../store/recoder.js'
import { TextChunkEncoder, TextStore } from '../store/text-store.js'
import { hashOf, type PackTarget, PackWriter } from './pack-writer.js'

export interface PackedBodies {
  readonly pieces: PackedPieces
  /** First paragraph of every piece. */
  readonly starts: readonly number[]
  readonly documentStarts: Uint32Array
  /** See store/recoder.ts. */
  readonly recoding: Uint8Array
  /** Whether a character is written in texts, headings, titles or metadata. */
  writes(character: string): boolean
}

/** Texts compress to about this share of their recoded size. */
const USUAL_RATIO = 0.8
/** A piece ends between these shares of its aimed size, where a document's id says so. */
const LEAST_PIECE = 0.75
const MOST_PIECE = 1.3
const DOCUMENTS_PER_END = 3

export class BodyPacker {
  readonly #texts: TextStore
  readonly #documents: DocumentStore
  readonly #documentStarts: Uint32Array
  readonly #target: PackTarget
  readonly #packs: PackWriter
  readonly #starts: number[] = []
  /** Units of characters that are written. */
  readonly #written = new Set<number>()

  constructor(segment: SegmentReader, metadata: IndexMetadata, target: PackTarget) {
    const { counts, recoding } = metadata
    const starts = segment.section(Section.textStarts)
    const documentStarts = segment.section(Section.documentStarts)
    this.#target = target
    this.#packs = new PackWriter(target)
    this.#documentStarts = u32View(documentStarts, 0, counts.documents + 1)
    this.#documents = new DocumentStore(segment.chunked(Section.documents))
    this.#texts = new TextStore(
      segment.chunked(Section.texts),
      u32View(starts, 0, starts.length >>> 2),
      new Decoder(recoding),
      { rows: counts.paragraphs, keptChunks: 16 },
    )
  }

  run(): PackedBodies {
    const table = this.#recoding()
    const encoder = new TextChunkEncoder(table)
    const starts = this.#documentStarts
    let document = 0
    let firstDocument = 0
    let row = 0
    for (const paragraph of this.#texts.paragraphs()) {
      while (starts[document + 1]! <= row) document++
      const isNew = row === starts[document]
      if (encoder.count > 0 && this.#isFull(encoder, isNew, document)) {
        this.#close(encoder, firstDocument, isNew ? document : document + 1)
      }
      if (encoder.count === 0) {
        this.#starts.push(row)
        firstDocument = document
      }
      encoder.add(paragraph)
      row++
    }
    if (encoder.count > 0) this.#close(encoder, firstDocument, document + 1)
    return {
      pieces: this.#packs.finish(),
      starts: this.#starts,
      documentStarts: starts,
      recoding: table.bytes(),
      writes: (character) =>
        character.split('').every((unit) => this.#written.has(unit.charCodeAt(0))),
    }
  }

  /**
   * A piece ends between documents when the next one would make it too large, or before one whose
   * id says so, and inside of one that is too large itself. So an edit changes the pieces of its
   * document, and the ends of its neighbours stay.
   */
  #isFull(encoder: TextChunkEncoder, isNew: boolean, document: number): boolean {
    const target = this.#target.pieceBytes / USUAL_RATIO
    const { bodyBytes } = encoder
    if (!isNew) return bodyBytes >= target * MOST_PIECE
    if (bodyBytes < target * LEAST_PIECE) return false
    const rows = this.#documentStarts[document + 1]! - this.#documentStarts[document]!
    const average = bodyBytes / encoder.count
    if (bodyBytes + Math.min(average * rows, target) / 2 > target * MOST_PIECE) return true
    return hashOf(this.#documents.get(document).id) % DOCUMENTS_PER_END === 0
  }

  #close(encoder: TextChunkEncoder, from: number, to: number): void {
    const records: Uint8Array[] = []
    for (let document = from; document < to; document++) {
      records.push(recordOf(this.#documents.get(document)))
    }
    const piece = encodeBodyPiece(encoder.finish(), from, records)
    this.#packs.expect(this.#target.pieceBytes, this.#documents.get(from).id)
    this.#packs.add(piece)
  }

  /** A table by frequency in all texts and headings. */
  #recoding(): RecodingTable {
    const counts = new Uint32Array(0x10000)
    let before = ''
    for (const { text, heading = [], anchor = '' } of this.#texts.paragraphs()) {
      countUnits(text, counts)
      // A unit that is met later gets a code out of order, which an alphabet cannot tell.
      countUnits(anchor, counts)
      // Paragraphs under the same headings stand together; those count once.
      const path = heading.join('\n')
      if (path !== before) countUnits(path, counts)
      before = path
    }
    const table = new RecodingTable()
    table.trainOn(counts)
    for (let i = 0; i + 1 < this.#documentStarts.length; i++) {
      const { title, meta, date } = this.#documents.get(i)
      for (const text of [title, date ?? '', ...Object.values(meta).flat().map(String)]) {
        countUnits(text, counts)
      }
    }
    for (const [unit, count] of counts.entries()) if (count > 0) this.#written.add(unit)
    return table
  }
}

function countUnits(text: string, counts: Uint32Array): void {
  for (let i = 0; i < text.length; i++) counts[text.charCodeAt(i)]!++
}

function recordOf({ id, title, url, date, meta }: HitDocument): Uint8Array {
  return pack([id, title, url, date, meta])
}
