/**
 * Deleted documents as bytes, both ways.
 *
 *   count varint · numbers of the documents as varint difference to the one before
 *   · their counts (counts/index-counts.ts)
 */

import { ByteReader } from '../bytes/byte-reader.js'
import { ByteWriter } from '../bytes/byte-writer.js'
import { decodeCounts, encodeCounts, sumCounts } from '../counts/index-counts.js'
import { corrupt } from '../errors.js'
import type { Deletion } from './segment-view.js'

export function encodeDeletion({ documents, counts }: Deletion): Uint8Array {
  const out = new ByteWriter()
  out.varint(documents.length)
  for (const [i, document] of documents.entries()) out.varint(document - (documents[i - 1] ?? 0))
  out.bytes(encodeCounts(counts))
  return out.finish()
}

export function decodeDeletion(bytes: Uint8Array): Deletion {
  const reader = new ByteReader(bytes, 'a list of deleted documents')
  const count = reader.varint()
  if (count > reader.remaining) throw corrupt('a list of deleted documents ends too early')
  const documents: number[] = []
  for (let i = 0; i < count; i++) documents.push((documents[i - 1] ?? 0) + reader.varint())
  return { documents, counts: decodeCounts(reader.bytes(reader.remaining)) }
}

/** Several deletions in one segment as one. */
export function joinDeletions(deletions: readonly Deletion[]): Deletion {
  return {
    documents: deletions.flatMap(({ documents }) => documents).sort((a, b) => a - b),
    counts: sumCounts(deletions.map(({ counts }) => counts)),
  }
}
