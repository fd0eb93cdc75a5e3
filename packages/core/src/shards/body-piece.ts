/**
 * A body piece, both ways: paragraphs in a row, and the records of their documents.
 *
 *   piece = bytes varint · text chunk (store/text-store.ts)
 *        · first document varint · documents varint · per document: bytes varint · record
 *
 * A record is as in store/document-store.ts. A document that goes on in the next piece has its
 * record in both.
 */

import { ByteReader } from '../bytes/byte-reader.js'
import { ByteWriter } from '../bytes/byte-writer.js'

export function encodeBodyPiece(
  textChunk: Uint8Array,
  firstDocument: number,
  records: readonly Uint8Array[],
): Uint8Array {
  const out = new ByteWriter(textChunk.length * 2)
  out.varint(textChunk.length)
  out.bytes(textChunk)
  out.varint(firstDocument)
  out.varint(records.length)
  for (const record of records) {
    out.varint(record.length)
    out.bytes(record)
  }
  return out.finish()
}

export interface BodyPiece {
  readonly textChunk: Uint8Array
  readonly firstDocument: number
  readonly records: readonly Uint8Array[]
}

export function decodeBodyPiece(bytes: Uint8Array): BodyPiece {
  const reader = new ByteReader(bytes, 'a body piece')
  const textChunk = reader.bytes(reader.varint())
  const firstDocument = reader.varint()
  const records: Uint8Array[] = []
  for (let count = reader.varint(); count > 0; count--) {
    records.push(reader.bytes(reader.varint()))
  }
  return { textChunk, firstDocument, records }
}
