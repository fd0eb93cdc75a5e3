/** The inside of an index for tests: its fields without the search around them. */

import { FieldIndex } from '../../packages/core/src/field/field-index.js'
import { memorySource } from '../../packages/core/src/segment/byte-source.js'
import { Section } from '../../packages/core/src/segment/format.js'
import { type IndexMetadata, readMetadata } from '../../packages/core/src/segment/metadata.js'
import { SegmentReader } from '../../packages/core/src/segment/segment-reader.js'

export interface OpenFields {
  readonly segment: SegmentReader
  readonly metadata: IndexMetadata
  readonly text: FieldIndex
  readonly context: FieldIndex
}

export function openFields(bytes: Uint8Array): OpenFields {
  const segment = new SegmentReader(memorySource(bytes), Number.POSITIVE_INFINITY)
  const metadata = readMetadata(segment.section(Section.metadata))
  const { counts, averageLength, bm25 } = metadata
  const text = new FieldIndex(
    segment,
    {
      terms: Section.terms,
      termIndex: Section.termIndex,
      postings: Section.postings,
      lengths: Section.lengths,
    },
    { rows: counts.paragraphs, averageLength: averageLength.text, bm25 },
  )
  const context = new FieldIndex(
    segment,
    {
      terms: Section.contextTerms,
      termIndex: Section.contextTermIndex,
      postings: Section.contextPostings,
      lengths: Section.contextLengths,
    },
    { rows: counts.sections, averageLength: averageLength.context, bm25 },
  )
  return { segment, metadata, text, context }
}
