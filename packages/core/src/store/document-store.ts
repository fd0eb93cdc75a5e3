/**
 * Document records, 32 to a chunk, so that a hit decodes only its own.
 *
 *   chunk  = count varint · length varint × count · record × count
 *   record: see document-record.ts
 */

import { ByteReader } from '../bytes/byte-reader.js'
import { ByteWriter } from '../bytes/byte-writer.js'
import { corrupt } from '../errors.js'
import type { HitDocument } from '../model.js'
import { type ChunkReader, ChunkWriter, type Deflate } from '../segment/chunks.js'
import { DOCUMENTS_PER_CHUNK } from '../segment/format.js'
import { type DocumentRecords, readDocument } from './document-record.js'

export class DocumentStoreWriter {
  readonly #chunks: ChunkWriter
  #records: Uint8Array[] = []

  constructor(deflate: Deflate) {
    this.#chunks = new ChunkWriter(deflate, Number.POSITIVE_INFINITY)
  }

  /** Takes a packed record. */
  add(record: Uint8Array): void {
    this.#records.push(record)
    if (this.#records.length === DOCUMENTS_PER_CHUNK) this.#close()
  }

  finish(): Uint8Array {
    if (this.#records.length > 0) this.#close()
    return this.#chunks.finish()
  }

  #close(): void {
    const out = new ByteWriter()
    out.varint(this.#records.length)
    for (const record of this.#records) out.varint(record.length)
    for (const record of this.#records) out.bytes(record)
    this.#chunks.piece(out.view())
    this.#chunks.close()
    this.#records = []
  }
}

export class DocumentStore implements DocumentRecords {
  readonly #chunks: ChunkReader
  readonly #kept = new Map<number, HitDocument>()
  readonly #most: number

  /** Keeps up to `most` records. */
  constructor(chunks: ChunkReader, most = KEPT_DOCUMENTS) {
    this.#chunks = chunks
    this.#most = most
  }

  get(document: number): HitDocument {
    const kept = this.#kept.get(document)
    if (kept !== undefined) return kept
    const record = this.#read(document)
    if (this.#kept.size >= this.#most) this.#kept.clear()
    this.#kept.set(document, record)
    return record
  }

  #read(document: number): HitDocument {
    const bytes = this.#chunks.chunk(Math.floor(document / DOCUMENTS_PER_CHUNK))
    const reader = new ByteReader(bytes, 'a document chunk')
    const count = reader.varint()
    const position = document % DOCUMENTS_PER_CHUNK
    if (position >= count) throw corrupt(`document ${document} is not stored`)
    let before = 0
    let length = 0
    for (let i = 0; i < count; i++) {
      const size = reader.varint()
      if (i < position) before += size
      else if (i === position) length = size
    }
    reader.bytes(before)
    return readDocument(reader.bytes(length))
  }
}

const KEPT_DOCUMENTS = 4096
