/** Paragraphs and documents of an index → body packs. */

import { pack } from 'msgpackr'
import { u32View } from '../bytes/byte-reader.js'
import type { HitDocument, SourceParagraph } from '../model.js'
import { Section } from '../segment/format.js'
import type { IndexMetadata } from '../segment/metadata.js'
import type { SegmentReader } from '../segment/segment-reader.js'
import { writeAlphabet } from '../shards/alphabet.js'
import { encodeBodyPiece } from '../shards/body-piece.js'
import type { PackedPieces } from '../shards/piece-table.js'
import { DocumentStore } from '../store/document-store.js'
import { Decoder, RecodingTable } from '../store/recoder.js'
import { TextChunkEncoder, TextStore } from '../store/text-store.js'
import { type PackTarget, PackWriter } from './pack-writer.js'

export interface PackedBodies {
  readonly pieces: PackedPieces
  /** First paragraph of every piece. */
  readonly starts: readonly number[]
  readonly documentStarts: Uint32Array
  /** See `writeAlphabet`. */
  readonly recoding: Uint8Array
  /** Whether a character is written in texts, headings, titles or metadata. */
  writes(character: string): boolean
}

/** Texts compress to about this share of their recoded size. */
const USUAL_RATIO = 0.55

export class BodyPacker {
  readonly #texts: TextStore
  readonly #documents: DocumentStore
  readonly #documentStarts: Uint32Array
  readonly #target: PackTarget
  readonly #packs: PackWriter
  readonly #starts: number[] = []
  readonly #written = new Set<string>()

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
    const rows = starts[starts.length - 1]!
    let document = 0
    let firstDocument = 0
    for (let row = 0; row < rows; row++) {
      while (starts[document + 1]! <= row) document++
      const isNew = row === starts[document]
      if (encoder.count > 0 && this.#isFull(encoder, isNew, document)) {
        this.#close(encoder, firstDocument, isNew ? document : document + 1)
      }
      if (encoder.count === 0) {
        this.#starts.push(row)
        firstDocument = document
      }
      encoder.add(this.#paragraph(row))
    }
    if (encoder.count > 0) this.#close(encoder, firstDocument, document + 1)
    return {
      pieces: this.#packs.finish(),
      starts: this.#starts,
      documentStarts: starts,
      recoding: writeAlphabet(table.bytes()),
      writes: (character) => this.#written.has(character),
    }
  }

  /**
   * A piece ends between documents when the next one would make it too large, and inside of one
   * that is too large itself.
   */
  #isFull(encoder: TextChunkEncoder, isNew: boolean, document: number): boolean {
    const target = this.#target.pieceBytes / USUAL_RATIO
    if (!isNew) return encoder.bodyBytes >= target * 2
    const rows = this.#documentStarts[document + 1]! - this.#documentStarts[document]!
    const average = encoder.bodyBytes / encoder.count
    return encoder.bodyBytes + Math.min(average * rows, target) / 2 > target
  }

  #close(encoder: TextChunkEncoder, from: number, to: number): void {
    const records: Uint8Array[] = []
    for (let document = from; document < to; document++) {
      records.push(recordOf(this.#documents.get(document)))
    }
    this.#packs.add(encodeBodyPiece(encoder.finish(), from, records))
  }

  #paragraph(row: number): SourceParagraph {
    const { heading, anchor } = this.#texts.heading(row)
    const paragraph = { text: this.#texts.text(row), heading: [...heading] }
    return anchor === null ? paragraph : { ...paragraph, anchor }
  }

  /** A table by frequency in all texts and headings. */
  #recoding(): RecodingTable {
    const counts = new Map<string, number>()
    const count = (text: string) => {
      for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
    }
    const rows = this.#documentStarts.at(-1)!
    let before: readonly string[] = []
    for (let row = 0; row < rows; row++) {
      count(this.#texts.text(row))
      const { heading } = this.#texts.heading(row)
      if (heading !== before) for (const line of heading) count(line)
      before = heading
    }
    for (const character of counts.keys()) this.#written.add(character)
    for (let i = 0; i + 1 < this.#documentStarts.length; i++) {
      const { title, meta, date } = this.#documents.get(i)
      for (const text of [title, date ?? '', ...Object.values(meta).flat().map(String)]) {
        for (const character of text) this.#written.add(character)
      }
    }
    const table = new RecodingTable()
    table.trainOn(counts)
    return table
  }
}

function recordOf({ id, title, url, date, meta }: HitDocument): Uint8Array {
  return pack([id, title, url, date, meta])
}
