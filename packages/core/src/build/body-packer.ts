/** Paragraphs and documents of an index → body packs. */

import { pack } from 'msgpackr'
import { u32View } from '../bytes/byte-reader.js'
import type { HitDocument } from '../model.js'
import { ONE_BYTE_CODES, Section } from '../segment/format.js'
import type { IndexMetadata } from '../segment/metadata.js'
import type { SegmentReader } from '../segment/segment-reader.js'
import { encodeBodyPiece } from '../shards/body-piece.js'
import { bodyStartsOf } from '../shards/body-starts.js'
import type { PackedPieces } from '../shards/piece-table.js'
import { DocumentStore } from '../store/document-store.js'
import { everyParagraph } from '../store/every-paragraph.js'
import { Decoder, RecodingTable } from '../store/recoder.js'
import { TextChunkEncoder, TextStore } from '../store/text-store.js'
import { type PackTarget, PackWriter } from './pack-writer.js'

export interface PackedBodies {
  readonly pieces: PackedPieces
  /** See shards/body-starts.ts. */
  readonly weights: Uint32Array
  readonly weight: number
  readonly rate: number
  readonly lengths: Uint8Array
  readonly documentStarts: Uint32Array
  /** See store/recoder.ts. */
  readonly recoding: Uint8Array
  /** Whether a character is written in texts, headings, titles or metadata. */
  writes(character: string): boolean
}

/** Texts compress to about this share of their recoded size. */
const USUAL_RATIO = 0.8
/** Of what a piece weighs so many steps a doubling are used, so that an edit seldom changes it. */
const WEIGHT_STEPS = 4

export class BodyPacker {
  readonly #texts: TextStore
  readonly #documents: DocumentStore
  readonly #documentStarts: Uint32Array
  readonly #target: PackTarget
  readonly #packs: PackWriter
  readonly #lengths: Uint8Array
  /** Bytes of all texts, recoded. */
  #textBytes = 0
  /** Units of characters that are written. */
  readonly #written = new Set<number>()

  constructor(segment: SegmentReader, metadata: IndexMetadata, target: PackTarget) {
    const { counts, recoding } = metadata
    const starts = segment.section(Section.textStarts)
    const documentStarts = segment.section(Section.documentStarts)
    this.#target = target
    this.#packs = new PackWriter(target)
    this.#lengths = segment.section(Section.lengths)
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
    const documentStarts = this.#documentStarts
    const weight = this.#weight()
    const { starts, weights } = bodyStartsOf(documentStarts, this.#lengths, weight)
    let document = 0
    let firstDocument = 0
    let row = 0
    let piece = 0
    for (const paragraph of everyParagraph(this.#texts)) {
      while (documentStarts[document + 1]! <= row) document++
      if (row === starts[piece]) {
        const isNew = row === documentStarts[document]
        if (row > 0) this.#close(encoder, firstDocument, isNew ? document : document + 1)
        firstDocument = document
        piece++
      }
      encoder.add(paragraph)
      row++
    }
    if (encoder.count > 0) this.#close(encoder, firstDocument, document + 1)
    const pieces = this.#packs.finish()
    return {
      pieces,
      weights,
      weight,
      rate: rateOf(pieces, weights),
      lengths: this.#lengths,
      documentStarts,
      recoding: table.bytes(),
      writes: (character) =>
        character.split('').every((unit) => this.#written.has(unit.charCodeAt(0))),
    }
  }

  /** Of a piece of the aimed size. */
  #weight(): number {
    const starts = this.#documentStarts
    const all = bodyStartsOf(starts, this.#lengths, Number.POSITIVE_INFINITY).weights[0] ?? 0
    const bytes = Math.max(1, this.#textBytes * USUAL_RATIO)
    const steps = Math.log2((this.#target.pieceBytes * all) / bytes) * WEIGHT_STEPS
    return Math.max(1, Math.round(2 ** (Math.round(steps) / WEIGHT_STEPS)))
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
    for (const { text, heading = [], anchor = '' } of everyParagraph(this.#texts)) {
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
    this.#textBytes = recodedBytes(counts)
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

/** Bytes of 256 weights; see shards/body-starts.ts. */
function rateOf({ sizes, unit }: PackedPieces, weights: Uint32Array): number {
  const bytes = sizes.reduce((sum, size) => sum + size, 0) * unit
  const weight = weights.reduce((sum, own) => sum + own, 0)
  return Math.max(1, Math.round((bytes * 256) / Math.max(1, weight)))
}

/** Bytes of texts with so many of each unit: one for each of the most frequent, two for others. */
function recodedBytes(counts: Uint32Array): number {
  const sorted = counts.slice().sort().reverse()
  return sorted.reduce((sum, count, i) => sum + count * (i < ONE_BYTE_CODES ? 1 : 2), 0)
}

function countUnits(text: string, counts: Uint32Array): void {
  for (let i = 0; i < text.length; i++) counts[text.charCodeAt(i)]!++
}

function recordOf({ id, title, url, date, meta }: HitDocument): Uint8Array {
  return pack([id, title, url, date, meta])
}
