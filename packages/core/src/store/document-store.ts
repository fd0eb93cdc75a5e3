/**
 * Document records, 32 to a chunk, so that a hit decodes only its own.
 *
 *   chunk  = count varint · length varint × count · record × count
 *   record = MessagePack [id, title, url | nil, date | nil, meta map]
 */

import { ByteReader } from '../bytes/byte-reader.js'
import { ByteWriter } from '../bytes/byte-writer.js'
import { type Packed, unpack } from '../bytes/msgpack.js'
import { corrupt } from '../errors.js'
import type { HitDocument, MetaValue } from '../model.js'
import { type ChunkReader, ChunkWriter, type Deflate } from '../segment/chunks.js'
import { DOCUMENTS_PER_CHUNK } from '../segment/format.js'

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

export class DocumentStore {
  readonly #chunks: ChunkReader
  readonly #kept = new Map<number, HitDocument>()

  constructor(chunks: ChunkReader) {
    this.#chunks = chunks
  }

  get(document: number): HitDocument {
    const kept = this.#kept.get(document)
    if (kept !== undefined) return kept
    const record = this.#read(document)
    if (this.#kept.size >= KEPT_DOCUMENTS) this.#kept.clear()
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
    return toDocument(unpack(reader.bytes(length)))
  }
}

const KEPT_DOCUMENTS = 4096

function toDocument(record: Packed): HitDocument {
  if (!Array.isArray(record) || record.length !== 5) throw corrupt('a document record is broken')
  const [id, title, url, date, meta] = record
  if (typeof id !== 'string' || typeof title !== 'string' || !isRecord(meta)) {
    throw corrupt('a document record lacks its id, title or metadata')
  }
  return { id, title, url: textOrNull(url), date: textOrNull(date), meta }
}

function isRecord(value: Packed | undefined): value is Record<string, MetaValue> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOrNull(value: Packed | undefined): string | null {
  return typeof value === 'string' ? value : null
}
