/**
 * Several segments → one, with the bytes that a build of the documents that are left would write.
 * Nothing is analyzed again: lists, texts and counts are put together.
 */

import { pack } from 'msgpackr'
import { deflate as platformDeflate } from '#deflate'
import { type FieldSections, layOutSegment, metadataOf } from '../build/segment-layout.js'
import { ColumnsWriter } from '../columns/column-writer.js'
import { encodeCounts, type FieldCounts, pairWordShare, sumCounts } from '../counts/index-counts.js'
import { PostingsBuffer } from '../postings/postings-buffer.js'
import { PostingsWriter } from '../postings/postings-writer.js'
import { ChunkWriter, type Deflate } from '../segment/chunks.js'
import { LEAN_TEXT_CHUNK_BYTES, POSTINGS_CHUNK_BYTES, TEXT_CHUNK_BYTES } from '../segment/format.js'
import { DocumentStoreWriter } from '../store/document-store.js'
import { everyParagraph } from '../store/every-paragraph.js'
import { TextStoreWriter } from '../store/text-store.js'
import { TermDictionaryWriter } from '../terms/term-dictionary.js'
import type { MergedField } from './merged-field.js'
import type { MergedParts } from './merged-parts.js'
import { mergedSectionBytes } from './merged-stores.js'

export interface MergeOptions {
  /** Raw DEFLATE; default: zlib in Node, fflate elsewhere. */
  deflate?: Deflate
  /** Target size of text chunks before compression, in bytes; default that of a build. */
  textChunkBytes?: number
  /** Called between pieces of work of a millisecond or less, most of them. */
  rest?: () => void
}

/** The bytes of a mergeable segment. */
export function mergeSegments(parts: MergedParts, options: MergeOptions = {}): Uint8Array {
  const deflate = options.deflate ?? platformDeflate
  const rest = options.rest ?? (() => {})
  const lean = parts.metadata.profile === 'lean'
  const chunkBytes = lean ? LEAN_TEXT_CHUNK_BYTES : TEXT_CHUNK_BYTES
  const { k1 } = parts.metadata.bm25
  const counts = sumCounts(
    parts.views.map((view) => view.counts),
    parts.views.flatMap(({ deletions }) => deletions.map((deletion) => deletion.counts)),
  )
  rest()
  const text = writeField(parts.text, counts.text, k1, { deflate, rest })
  const context = writeField(parts.context, counts.context, k1, { deflate, rest })
  const packing = { deflate, rest, chunkBytes: options.textChunkBytes ?? chunkBytes }
  const store = writeTexts(parts, packing)
  const records = writeRecords(parts, { deflate, rest })
  const { columns, names } = records
  const documents = parts.documentStarts.length - 1
  const metadata = metadataOf(
    parts.metadata.analyzer,
    parts.metadata.bm25,
    { text, context },
    { documents, textUnits: store.textUnits },
    {
      folds: parts.metadata.folds,
      recoding: store.table,
      columns: names,
      secondLook: parts.metadata.secondLook,
      lean,
    },
  )
  return layOutSegment(
    {
      metadata: pack(metadata),
      text,
      context,
      sections: mergedSectionBytes(parts.views),
      textStarts: store.starts,
      texts: store.chunks,
      documentStarts: parts.documentStarts,
      documents: records.documents,
      columns,
      synonyms: new TextDecoder().decode(parts.synonyms()),
      pinyin: parts.pinyin(),
      counts: encodeCounts(counts),
    },
    deflate,
  )
}

/** How a merge works. */
interface Working {
  readonly deflate: Deflate
  readonly rest: () => void
}

/** Terms, paragraphs and documents that are written between rests. */
const TERMS_A_TIME = 256
const PARAGRAPHS_A_TIME = 32
const DOCUMENTS_A_TIME = 64

function writeField(
  field: MergedField,
  counts: FieldCounts,
  k1: number,
  { deflate, rest }: Working,
): FieldSections {
  const { lengths, table, averageLength } = field
  const postings = new ChunkWriter(deflate, POSTINGS_CHUNK_BYTES, { content: 'postings' })
  const writer = new PostingsWriter(postings, { lengths, table, k1 })
  const blocks = new ChunkWriter(deflate, Number.POSITIVE_INFINITY, { content: 'terms' })
  const dictionary = new TermDictionaryWriter(blocks)
  const list = new PostingsBuffer()
  let termCount = 0
  for (const merged of field.dictionary.walk()) {
    const { term, frequency, rows } = merged
    field.readPostings(merged, list)
    const offset = frequency === 0 ? postings.rawLength : writer.writePostings(list)
    dictionary.add({ term, frequency, rows, wordShare: pairWordShare(counts, term), offset })
    if (++termCount % TERMS_A_TIME === 0) rest()
  }
  const termIndex = dictionary.finish(postings.rawLength)
  return {
    terms: blocks.finish(),
    termIndex,
    postings: postings.finish(),
    lengths,
    averageLength,
    termCount,
  }
}

function writeTexts(
  { views }: MergedParts,
  { deflate, rest, chunkBytes }: Working & { chunkBytes: number },
) {
  const texts = new TextStoreWriter(deflate, chunkBytes)
  let textUnits = 0
  for (const { segment, text } of views) {
    let row = 0
    for (const paragraph of everyParagraph(segment.texts)) {
      if (row % PARAGRAPHS_A_TIME === 0) rest()
      if (text.rows.rankOf(row++) < 0) continue
      texts.add(paragraph)
      textUnits += paragraph.text.length
    }
  }
  return { ...texts.finish(), textUnits }
}

function writeRecords(parts: MergedParts, { deflate, rest }: Working) {
  const documents = new DocumentStoreWriter(deflate)
  const columns = new ColumnsWriter()
  for (let i = 0; i < parts.documentStarts.length - 1; i++) {
    const { id, title, url, date, meta } = parts.documents.get(i)
    documents.add(pack([id, title, url, date, meta]))
    columns.add(meta, date)
    if (i % DOCUMENTS_A_TIME === 0) rest()
  }
  const { chunks, names } = columns.finish(deflate)
  return { documents: documents.finish(), columns: chunks, names }
}
