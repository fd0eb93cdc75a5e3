/**
 * One document as it is stored: MessagePack [id, title, url | nil, date | nil, meta map].
 */

import { type Packed, unpack } from '../bytes/msgpack.js'
import { corrupt } from '../errors.js'
import type { HitDocument, MetaValue } from '../model.js'

/** Document records by their number. */
export interface DocumentRecords {
  get(document: number): HitDocument
}

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
