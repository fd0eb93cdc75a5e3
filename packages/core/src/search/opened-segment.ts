/** One segment, opened: its sections as the parts that a search reads. */

import type { Folder, FoldTable } from '@wenxun/tokenizer/scan'
import { u32View } from '../bytes/byte-reader.js'
import { Column } from '../columns/column.js'
import { corrupt, IndexError } from '../errors.js'
import { FieldIndex, type KeptOfField } from '../field/field-index.js'
import { Pinyin } from '../pinyin/pinyin.js'
import type { ByteSource } from '../segment/byte-source.js'
import type { ChunkReader } from '../segment/chunks.js'
import { Section, type SectionId } from '../segment/format.js'
import { type IndexMetadata, readMetadata } from '../segment/metadata.js'
import { Sections } from '../segment/sections.js'
import { type SectionInfo, SegmentReader } from '../segment/segment-reader.js'
import { DocumentStore } from '../store/document-store.js'
import { LocalTexts } from '../store/local-texts.js'
import { Decoder } from '../store/recoder.js'
import type { IndexInspection, IndexParts, Readings } from './index-parts.js'

export interface OpenOptions {
  /** Bytes of uncompressed chunks that each section may keep in memory; default unlimited. */
  chunkCacheBytes?: number
  /**
   * About how many bytes the whole index may keep in memory between queries, beyond what every
   * query needs; default unlimited. Results do not depend on it.
   */
  cacheBytes?: number
  /** Check every byte before use; default for indexes up to 2 MB. Others are checked as read. */
  verify?: boolean
  /** Refuse an index built by an analyzer with another fingerprint; default: not compared. */
  analyzerFingerprint?: string
}

const VERIFY_UP_TO = 2 << 20
/** Parts of `cacheBytes`. Postings and texts are what most queries wait for. */
const SHARES = {
  postings: 0.4,
  lists: 0.2,
  blocks: 0.15,
  texts: 0.15,
  documents: 0.05,
} as const
/** About what an open text chunk and a document record take. */
const TEXT_CHUNK = 10 * 1024
const DOCUMENT = 1024
const CONTEXT_SHARES = { postings: 0.02, lists: 0.02, blocks: 0.01 } as const
const MOST_TEXT_CHUNKS = 1 << 16
const MOST_DOCUMENTS = 4096
/** However little memory there is, one query's hits do not push each other out. */
const FEWEST_TEXT_CHUNKS = 4
const FEWEST_DOCUMENTS = 32

export class OpenedSegment implements IndexParts {
  readonly metadata: IndexMetadata
  readonly folder: Folder
  readonly text: FieldIndex
  readonly context: FieldIndex
  readonly sections: Sections
  readonly texts: LocalTexts
  readonly documents: DocumentStore
  readonly documentStarts: Uint32Array
  readonly #segment: SegmentReader
  #readings: Readings | null = null
  readonly #columnChunks: ChunkReader
  readonly #columns = new Map<number, Column>()

  /** The class of folders is handed in: see SearchCode. */
  constructor(
    source: ByteSource,
    options: OpenOptions,
    makesFolder: new (table: FoldTable) => Folder,
  ) {
    const segment = new SegmentReader(source, options.chunkCacheBytes ?? Number.POSITIVE_INFINITY)
    this.#segment = segment
    if (options.verify ?? source.length <= VERIFY_UP_TO) segment.verify()
    const metadata = readMetadata(segment.section(Section.metadata))
    this.metadata = metadata
    checkAnalyzer(metadata, options.analyzerFingerprint)
    this.folder = new makesFolder(metadata.folds)
    const { counts, bm25, averageLength } = metadata
    const cacheBytes = options.cacheBytes ?? Number.POSITIVE_INFINITY
    const part = ({ lists, postings, blocks }: KeptOfField): KeptOfField => ({
      lists: lists * cacheBytes,
      postings: postings * cacheBytes,
      blocks: blocks * cacheBytes,
    })
    const text = { rows: counts.paragraphs, averageLength: averageLength.text, bm25 }
    this.text = new FieldIndex(
      segment,
      {
        terms: Section.terms,
        termIndex: Section.termIndex,
        postings: Section.postings,
        lengths: Section.lengths,
      },
      { ...text, kept: part(SHARES) },
    )
    const context = { rows: counts.sections, averageLength: averageLength.context, bm25 }
    this.context = new FieldIndex(
      segment,
      {
        terms: Section.contextTerms,
        termIndex: Section.contextTermIndex,
        postings: Section.contextPostings,
        lengths: Section.contextLengths,
      },
      { ...context, kept: part(CONTEXT_SHARES) },
    )
    const sections = segment.section(Section.sections)
    this.sections = new Sections(sections, counts.sections, counts.paragraphs)
    // A chunk of texts is kept as an open chunk, which holds its bytes.
    const chunks = segment.chunked(Section.texts, 0)
    const starts = segment.section(Section.textStarts)
    const keptTexts = (SHARES.texts * cacheBytes) / TEXT_CHUNK
    const textChunks = Math.max(FEWEST_TEXT_CHUNKS, Math.min(MOST_TEXT_CHUNKS, keptTexts))
    this.texts = new LocalTexts(
      chunks,
      u32View(starts, 0, starts.length >>> 2),
      new Decoder(metadata.recoding),
      { rows: counts.paragraphs, keptChunks: textChunks },
    )
    const keptDocuments = (SHARES.documents * cacheBytes) / DOCUMENT
    this.documents = new DocumentStore(
      segment.chunked(Section.documents, (SHARES.documents * cacheBytes) / 2),
      Math.max(FEWEST_DOCUMENTS, Math.min(MOST_DOCUMENTS, keptDocuments)),
    )
    const documentStarts = segment.section(Section.documentStarts)
    this.documentStarts = u32View(documentStarts, 0, counts.documents + 1)
    checkStarts(this.documentStarts, counts.paragraphs)
    this.#columnChunks = segment.chunked(Section.columns)
    if (this.#columnChunks.count !== metadata.columns.length) throw corrupt('a column is missing')
  }

  column(position: number): Column {
    const known = this.#columns.get(position)
    if (known !== undefined) return known
    const { counts, columns } = this.metadata
    const bytes = this.#columnChunks.chunk(position)
    const column = new Column(bytes, counts.documents, columns[position])
    this.#columns.set(position, column)
    return column
  }

  synonyms(): Uint8Array {
    return this.#onlyChunk(Section.synonyms)
  }

  readings(): Readings {
    this.#readings ??= new Pinyin(this.pinyin(), this.text.dictionary)
    return this.#readings
  }

  pinyin(): Uint8Array {
    return this.#onlyChunk(Section.pinyin)
  }

  /** What merging needs to know of the texts (see counts/index-counts.ts); empty where it is not stored. */
  counts(): Uint8Array {
    return this.#onlyChunk(Section.counts)
  }

  /** The one chunk of a section, or nothing where the index has none. */
  #onlyChunk(id: SectionId): Uint8Array {
    return this.#segment.has(id) ? this.#segment.chunked(id).chunk(0) : new Uint8Array(0)
  }

  inspect(): IndexInspection {
    const { version, oldestReadable, sections, source } = this.#segment
    return {
      formatVersion: version,
      oldestReadableVersion: oldestReadable,
      bytes: source.length,
      ...(this.metadata.profile !== undefined && { profile: this.metadata.profile }),
      analyzer: this.metadata.analyzer,
      counts: this.metadata.counts,
      bm25: this.metadata.bm25,
      columns: this.metadata.columns.map((name, position) => {
        const { kind, values } = this.column(position)
        return { name, kind, values: values.length }
      }),
      sections: sections.map(({ id, length }: SectionInfo) => ({ id, bytes: length })),
    }
  }

  topTerms(limit: number): { term: string; frequency: number }[] {
    const terms = Array.from(this.text.dictionary.entries(), ({ term, rows }) => ({
      term,
      frequency: rows,
    }))
    terms.sort((a, b) => b.frequency - a.frequency || (a.term < b.term ? -1 : 1))
    return terms.slice(0, limit)
  }

  /**
   * Reads what is kept between queries, piece by piece, so that the first ones need not. For an
   * index in memory; a bounded cache would drop what it has just read.
   */
  *warm(): Generator<void> {
    yield* this.text.warm()
    yield* this.context.warm()
    yield* this.texts.warm()
  }

  verify(): void {
    this.#segment.verify()
    this.text.verify()
    this.context.verify()
    for (const position of this.metadata.columns.keys()) this.column(position)
    this.texts.verify()
    for (let i = 0; i < this.metadata.counts.documents; i++) this.documents.get(i)
  }
}

/** Documents follow each other from the first row to the last. */
function checkStarts(starts: Uint32Array, rows: number): void {
  let isAscending = starts[0] === 0
  for (let i = 1; i < starts.length; i++) isAscending &&= starts[i]! >= starts[i - 1]!
  if (!isAscending || starts.at(-1) !== rows)
    throw corrupt('documents and paragraphs do not add up')
}

function checkAnalyzer(metadata: IndexMetadata, wanted: string | undefined): void {
  const { name, fingerprint } = metadata.analyzer
  if (wanted === undefined || wanted === fingerprint) return
  throw new IndexError(
    'WRONG_ANALYZER',
    `The index was built by analyzer ${name} with fingerprint ${fingerprint}; this one has ${wanted}. Build the index again with this analyzer, or open it with the one it was built with.`,
  )
}
