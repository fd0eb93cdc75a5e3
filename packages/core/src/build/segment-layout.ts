/** The parts of a segment, each written, → one container with its sections in order. */

import { ByteWriter } from '../bytes/byte-writer.js'
import { ChunkWriter, type Deflate } from '../segment/chunks.js'
import { Section, type SectionId } from '../segment/format.js'
import type { IndexMetadata } from '../segment/metadata.js'
import { type SectionBytes, writeSegment } from '../segment/segment-writer.js'

export interface FieldSections {
  readonly terms: SectionBytes
  readonly termIndex: Uint8Array
  readonly postings: SectionBytes
  readonly lengths: Uint8Array
  readonly averageLength: number
  readonly termCount: number
}

export interface SegmentParts {
  /** MessagePack of the metadata; see `metadataOf`. */
  readonly metadata: Uint8Array
  readonly text: FieldSections
  readonly context: FieldSections
  readonly sections: Uint8Array
  readonly textStarts: ArrayLike<number>
  readonly texts: SectionBytes
  readonly documentStarts: ArrayLike<number>
  readonly documents: Uint8Array
  readonly columns: Uint8Array
  readonly synonyms: string
  readonly pinyin: Uint8Array
  /** Empty in a segment that is not to be merged. */
  readonly counts: Uint8Array
}

export function layOutSegment(parts: SegmentParts, deflate: Deflate): Uint8Array {
  return writeSegment(sectionsOf(parts, deflate))
}

/** The sections in the order in which they are stored. */
export function sectionsOf(parts: SegmentParts, deflate: Deflate): Map<SectionId, SectionBytes> {
  const { text, context } = parts
  /** A section of one chunk, or none for no bytes. */
  const optional = (id: SectionId, bytes: Uint8Array): [SectionId, Uint8Array][] => {
    if (bytes.length === 0) return []
    const chunks = new ChunkWriter(deflate, Number.POSITIVE_INFINITY)
    chunks.piece(bytes)
    return [[id, chunks.finish()]]
  }
  return new Map<SectionId, SectionBytes>([
    [Section.metadata, parts.metadata],
    [Section.termIndex, text.termIndex],
    [Section.terms, text.terms],
    [Section.postings, text.postings],
    [Section.lengths, text.lengths],
    [Section.contextTermIndex, context.termIndex],
    [Section.contextTerms, context.terms],
    [Section.contextPostings, context.postings],
    [Section.contextLengths, context.lengths],
    [Section.sections, parts.sections],
    [Section.textStarts, u32Bytes(parts.textStarts)],
    [Section.texts, parts.texts],
    [Section.documentStarts, u32Bytes(parts.documentStarts)],
    [Section.documents, parts.documents],
    [Section.columns, parts.columns],
    ...optional(Section.synonyms, new TextEncoder().encode(parts.synonyms)),
    ...optional(Section.pinyin, parts.pinyin),
    ...optional(Section.counts, parts.counts),
  ])
}

/** The metadata with its keys in the order in which they are stored. */
export function metadataOf(
  analyzer: IndexMetadata['analyzer'],
  bm25: IndexMetadata['bm25'],
  { text, context }: { text: FieldSections; context: FieldSections },
  amounts: { readonly documents: number; readonly textUnits: number },
  rest: Pick<IndexMetadata, 'folds' | 'recoding' | 'columns'> & {
    secondLook: number | undefined
    lean?: boolean
  },
): IndexMetadata {
  return {
    analyzer: { name: analyzer.name, fingerprint: analyzer.fingerprint },
    counts: {
      documents: amounts.documents,
      paragraphs: text.lengths.length,
      terms: text.termCount,
      sections: context.lengths.length,
      contextTerms: context.termCount,
      textUnits: amounts.textUnits,
    },
    bm25: { k1: bm25.k1, b: bm25.b },
    averageLength: { text: text.averageLength, context: context.averageLength },
    folds: { from: rest.folds.from, to: rest.folds.to, ambiguous: rest.folds.ambiguous },
    recoding: rest.recoding,
    columns: rest.columns,
    ...(rest.lean ? { profile: 'lean' as const } : {}),
    ...(rest.secondLook === undefined ? {} : { secondLook: rest.secondLook }),
  }
}

function u32Bytes(values: ArrayLike<number>): Uint8Array {
  const out = new ByteWriter(values.length * 4)
  for (let i = 0; i < values.length; i++) out.u32(values[i]!)
  return out.finish()
}
