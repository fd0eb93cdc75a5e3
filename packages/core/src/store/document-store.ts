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

/** Document records by their number. */
export interface DocumentRecords {
  get(document: number): HitDocument
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

/** A record as it is stored. Throws CORRUPT when it is none. */
export function readDocument(bytes: Uint8Array): HitDocument {
  const record = unpack(bytes)
  if (!Array.isArray(record) || record.length !== 5) throw corrupt('a document record is broken')
  const [id, title, url, date, meta] = record
  if (typeof id !== 'string' || typeof title !== 'string' || !isRecord(meta)) {
    throw corrupt('a document record lacks its id, title or metadata')
  }
  return { id, title, url: textOrNull(url), date: textOrNull(date), meta }
}

function isRecord(value: Packed | undefined): value is Record<string, MetaValue> {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isMap && !(value instanceof Uint8Array) && Object.values(value).every(isMetaValue)
}

function isMetaValue(value: Packed): boolean {
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string')
  return typeof value === 'string' || typeof value === 'number'
}

function textOrNull(value: Packed | undefined): string | null {
  return typeof value === 'string' ? value : null
}
