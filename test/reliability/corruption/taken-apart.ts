/** An index taken apart into the raw content of its sections, and put together with right checksums. */

import { unpack } from '../../../packages/core/src/bytes/msgpack.js'
import { memorySource } from '../../../packages/core/src/segment/byte-source.js'
import { ChunkWriter } from '../../../packages/core/src/segment/chunks.js'
import { Section, type SectionId } from '../../../packages/core/src/segment/format.js'
import { SegmentReader } from '../../../packages/core/src/segment/segment-reader.js'
import { writeSegment } from '../../../packages/core/src/segment/segment-writer.js'

/** A section as it is stored, or the raw bytes of its chunks. */
export type Content = Uint8Array | Uint8Array[]
export type TakenApart = Map<SectionId, Content>

const CHUNKED: ReadonlySet<string> = new Set([
  ...[Section.terms, Section.postings, Section.contextTerms, Section.contextPostings],
  ...[Section.texts, Section.documents, Section.columns, Section.synonyms, Section.pinyin],
  Section.counts,
])

const known = new WeakMap<Uint8Array, TakenApart>()

/** A map of the caller's own; the contents are not to be changed. */
export function takeApart(file: Uint8Array): TakenApart {
  const parts = known.get(file) ?? readParts(file)
  known.set(file, parts)
  return new Map(parts)
}

function readParts(file: Uint8Array): TakenApart {
  const segment = new SegmentReader(memorySource(file), Number.POSITIVE_INFINITY)
  return new Map(
    segment.sections.map(({ id }): [SectionId, Content] => {
      const name = id as SectionId
      if (!CHUNKED.has(id)) return [name, segment.section(name)]
      const chunks = segment.chunked(name)
      return [name, Array.from({ length: chunks.count }, (_, i) => chunks.chunk(i))]
    }),
  )
}

/** Chunks what is chunked, and makes every checksum right. */
export function putTogether(parts: TakenApart): Uint8Array {
  const sections = new Map<SectionId, Uint8Array>()
  for (const [id, content] of parts) {
    sections.set(id, content instanceof Uint8Array ? content : chunked(content))
  }
  return writeSegment(sections)
}

function chunked(chunks: readonly Uint8Array[]): Uint8Array {
  const writer = new ChunkWriter(stored, Number.POSITIVE_INFINITY)
  for (const chunk of chunks) {
    writer.piece(chunk)
    writer.close()
  }
  return writer.finish()
}

/** The metadata of an index as a plain value. */
export function metadataOf(parts: TakenApart): Record<string, unknown> {
  return unpack(parts.get(Section.metadata) as Uint8Array) as Record<string, unknown>
}

/** Raw DEFLATE that does not compress (RFC 1951, 3.2.4): a hundred times as fast. */
export function stored(bytes: Uint8Array): Uint8Array {
  const most = 0xffff
  const blocks = Math.max(1, Math.ceil(bytes.length / most))
  const out = new Uint8Array(bytes.length + blocks * 5)
  for (let i = 0; i < blocks; i++) {
    const piece = bytes.subarray(i * most, (i + 1) * most)
    const { length } = piece
    const isLast = i === blocks - 1
    const head = [Number(isLast), length & 255, length >>> 8, ~length & 255, (~length >>> 8) & 255]
    out.set(head, i * (most + 5))
    out.set(piece, i * (most + 5) + 5)
  }
  return out
}
