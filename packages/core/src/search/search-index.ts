/** An open index: search it, look into it, check it. */

import { Folder } from '@wenxun/tokenizer/scan'
import { u32View } from '../bytes/byte-reader.js'
import { Column } from '../columns/column.js'
import { corrupt, IndexError } from '../errors.js'
import { markText } from '../highlight/highlighter.js'
import { QueryMatcher } from '../highlight/query-matcher.js'
import type { Hit, SearchOptions, SearchResult } from '../model.js'
import { type Clause, parseQuery } from '../query/parse-query.js'
import { planQuery, type QueryPlan } from '../query/query-plan.js'
import { SCALE } from '../ranking/bm25.js'
import type { ByteSource } from '../segment/byte-source.js'
import type { ChunkReader } from '../segment/chunks.js'
import { FieldIndex } from '../segment/field-index.js'
import { Section } from '../segment/format.js'
import { type IndexMetadata, readMetadata } from '../segment/metadata.js'
import { Sections } from '../segment/sections.js'
import { type SectionInfo, SegmentReader } from '../segment/segment-reader.js'
import { DocumentStore } from '../store/document-store.js'
import { Decoder } from '../store/recoder.js'
import { TextStore } from '../store/text-store.js'
import { WindowBuffers } from './disjunction.js'
import { Expansions } from './expansions.js'
import { countValues } from './facets.js'
import { type FilterCondition, filterDocuments } from './filter.js'
import { FoldedRow } from './folded-row.js'
import { lazyHit, once } from './lazy-hit.js'
import { type RankedRows, type SearchBasis, Searcher } from './searcher.js'
import { sortRows } from './sort-rows.js'
import type { ScoredRow } from './top-hits.js'

const DEFAULT_LIMIT = 10
const DEFAULT_SNIPPET = 120
const MAX_WINDOW = 1_000_000

export interface OpenOptions {
  /** Bytes of uncompressed chunks that each section may keep in memory; default unlimited. */
  chunkCacheBytes?: number
  /** Check every byte before use; default for indexes up to 2 MB. Others are checked as read. */
  verify?: boolean
  /** Refuse an index built by an analyzer with another fingerprint; default: not compared. */
  analyzerFingerprint?: string
}

export interface IndexInspection {
  readonly formatVersion: number
  readonly oldestReadableVersion: number
  /** Length of the whole index in bytes. */
  readonly bytes: number
  readonly analyzer: IndexMetadata['analyzer']
  readonly counts: IndexMetadata['counts']
  readonly bm25: IndexMetadata['bm25']
  readonly columns: readonly {
    readonly name: string
    readonly kind: string
    readonly values: number
  }[]
  readonly sections: readonly { readonly id: string; readonly bytes: number }[]
}

const MOST_SUGGESTIONS = 3
const VERIFY_UP_TO = 2 << 20
const KEPT_LISTS = 4096
const KEPT_TEXT_CHUNKS = 1 << 16

export class SearchIndex {
  readonly metadata: IndexMetadata
  readonly #segment: SegmentReader
  readonly #folder: Folder
  readonly #text: FieldIndex
  readonly #context: FieldIndex
  readonly #sections: Sections
  readonly #texts: TextStore
  readonly #documents: DocumentStore
  readonly #documentStarts: Uint32Array
  readonly #columnChunks: ChunkReader
  readonly #columns = new Map<string, Column>()
  readonly #scratch = new Uint16Array(0x10000)
  readonly #foldedRow: FoldedRow
  readonly #buffers: WindowBuffers
  readonly #expansions: Expansions
  readonly #fields: ReadonlySet<string>

  constructor(source: ByteSource, options: OpenOptions = {}) {
    const segment = new SegmentReader(source, options.chunkCacheBytes ?? Number.POSITIVE_INFINITY)
    this.#segment = segment
    if (options.verify ?? source.length <= VERIFY_UP_TO) segment.verify()
    const metadata = readMetadata(segment.section(Section.metadata))
    this.metadata = metadata
    checkAnalyzer(metadata, options.analyzerFingerprint)
    this.#folder = new Folder(metadata.folds)
    const { counts, bm25, averageLength } = metadata
    const text = { rows: counts.paragraphs, averageLength: averageLength.text, bm25 }
    this.#text = new FieldIndex(
      segment,
      {
        terms: Section.terms,
        termIndex: Section.termIndex,
        postings: Section.postings,
        lengths: Section.lengths,
      },
      { ...text, keptLists: KEPT_LISTS },
    )
    const context = { rows: counts.sections, averageLength: averageLength.context, bm25 }
    this.#context = new FieldIndex(
      segment,
      {
        terms: Section.contextTerms,
        termIndex: Section.contextTermIndex,
        postings: Section.contextPostings,
        lengths: Section.contextLengths,
      },
      { ...context, keptLists: KEPT_LISTS },
    )
    const sections = segment.section(Section.sections)
    this.#sections = new Sections(sections, counts.sections, counts.paragraphs)
    const chunks = segment.chunked(Section.texts)
    const starts = segment.section(Section.textStarts)
    this.#texts = new TextStore(
      chunks,
      u32View(starts, 0, starts.length >>> 2),
      new Decoder(metadata.recoding),
      { rows: counts.paragraphs, keptChunks: KEPT_TEXT_CHUNKS },
    )
    this.#expansions = new Expansions(segment, this.#text, this.#folder)
    this.#buffers = new WindowBuffers(counts.paragraphs)
    this.#foldedRow = new FoldedRow(this.#texts, this.#folder)
    this.#documents = new DocumentStore(segment.chunked(Section.documents))
    const documentStarts = segment.section(Section.documentStarts)
    this.#documentStarts = u32View(documentStarts, 0, counts.documents + 1)
    if (this.#documentStarts[counts.documents] !== counts.paragraphs) {
      throw corrupt('documents and paragraphs do not add up')
    }
    this.#columnChunks = segment.chunked(Section.columns)
    if (this.#columnChunks.count !== metadata.columns.length) throw corrupt('a column is missing')
    this.#fields = new Set(metadata.columns)
  }

  /**
   * Finds paragraphs. Any string is a valid query. Throws BAD_OPTION for options out of range and
   * for unknown fields, CORRUPT when the index turns out to be damaged.
   */
  search(query: string, options: SearchOptions = {}): SearchResult {
    return this.#search(query, options, false)
  }

  /** The same without any pruning; slow, for tests. */
  searchExhaustively(query: string, options: SearchOptions = {}): SearchResult {
    return this.#search(query, options, true)
  }

  #search(query: string, options: SearchOptions, exhaustive: boolean): SearchResult {
    const limit = option('limit', options.limit, DEFAULT_LIMIT, 0)
    const offset = option('offset', options.offset, 0, 0)
    const snippetLength = option('snippetLength', options.snippetLength, DEFAULT_SNIPPET, 1)
    const clauses = parseQuery(query, this.#fields)
    const plan = planQuery(
      clauses.filter(({ field }) => field === null),
      {
        folder: this.#folder,
        text: this.#text,
        context: this.#context,
        expand: (scanned, source) => this.#expansions.of(scanned, source, options),
        ambiguous: this.metadata.folds.ambiguous,
      },
    )
    const passing = filterDocuments(conditionsOf(options.filter, clauses), {
      documents: this.metadata.counts.documents,
      folder: this.#folder,
      columnNames: this.metadata.columns,
      column: (name) => this.column(name),
    })
    const accepts = passing === null ? null : (row: number) => passing[this.#documentOf(row)] === 1
    const ranked = this.#rank(plan, accepts, offset + limit, options.sort, exhaustive)
    const rows = ranked.rows.slice(offset, offset + limit)
    const matcher = rows.length === 0 ? null : new QueryMatcher(plan)
    const hits = rows.map((row, i) => this.#hit(row, offset + i + 1, matcher!, snippetLength))
    const suggest = once(() => this.#suggestions(plan))
    const facets = this.#facets(options.facets ?? [], () => {
      return this.#rank(plan, accepts, this.#text.rows, undefined, true).rows
    })
    return {
      query,
      total: ranked.total,
      totalIsExact: ranked.totalIsExact,
      hits,
      get suggestions() {
        return suggest()
      },
      facets,
    }
  }

  #rank(
    plan: QueryPlan,
    accepts: ((row: number) => boolean) | null,
    wanted: number,
    sort: string | undefined,
    exhaustive: boolean,
  ): RankedRows {
    const titleOf = (row: number) => this.#documents.get(this.#documentOf(row)).title
    const basis: SearchBasis = {
      text: this.#text,
      context: this.#context,
      sections: this.#sections,
      buffers: this.#buffers,
      texts: {
        table: this.#text.table,
        lengths: this.#text.lengths,
        folder: this.#folder,
        k1: this.metadata.bm25.k1,
        scratch: this.#scratch,
        foldedRow: this.#foldedRow,
        textOf: (row) => this.#texts.text(row),
        titleOf,
      },
      headingOf: (row) => this.#texts.heading(row).heading,
    }
    const searcher = new Searcher(basis, plan, accepts)
    try {
      if (sort === undefined || sort === 'relevance') {
        return searcher.rank(Math.min(wanted, this.#text.rows), exhaustive)
      }
      const { name, descending } = parseSort(sort, this.metadata.columns)
      const all = searcher.rank(this.#text.rows, true)
      const documentOf = (row: number) => this.#documentOf(row)
      return { ...all, rows: sortRows(all.rows, this.column(name), documentOf, descending) }
    } finally {
      searcher.release()
    }
  }

  /** Values of fields over all matching rows; those are found when a field is asked for. */
  #facets(names: readonly string[], findAll: () => readonly ScoredRow[]): SearchResult['facets'] {
    const columns = names.map((name) => this.column(name))
    const rows = columns.length === 0 ? [] : findAll()
    const documentOf = (row: number) => this.#documentOf(row)
    return Object.fromEntries(
      columns.map((column) => [column.name, countValues(rows, column, documentOf)]),
    )
  }

  /** Sound-alikes for a query that is one run of Han. */
  #suggestions({ parts }: QueryPlan): string[] {
    const [part, more] = parts
    const [element, next] = part?.phrases[0]?.phrase.elements ?? []
    if (element === undefined || more !== undefined || next !== undefined || !element.isRun)
      return []
    return this.#expansions.soundAlikes(element.term).slice(0, MOST_SUGGESTIONS)
  }

  #hit({ row, score }: ScoredRow, rank: number, matcher: QueryMatcher, length: number): Hit {
    const document = this.#documentOf(row)
    const stored = {
      text: () => this.#texts.text(row),
      heading: () => this.#texts.heading(row),
      document: () => this.#documents.get(document),
      mark: (text: string) => markText(text, matcher, this.#folder),
    }
    const paragraph = row - this.#documentStarts[document]!
    return lazyHit({ rank, score: score / SCALE, paragraph, snippetLength: length }, stored)
  }

  /** Values of a metadata field. Throws BAD_OPTION when the index has no such field. */
  column(name: string): Column {
    const known = this.#columns.get(name)
    if (known !== undefined) return known
    const index = this.metadata.columns.indexOf(name)
    if (index < 0) throw unknownSort(name, this.metadata.columns)
    const column = new Column(this.#columnChunks.chunk(index), this.metadata.counts.documents)
    this.#columns.set(name, column)
    return column
  }

  #documentOf(row: number): number {
    const starts = this.#documentStarts
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (starts[middle]! <= row) low = middle
      else high = middle - 1
    }
    return low
  }

  inspect(): IndexInspection {
    const { version, oldestReadable, sections, source } = this.#segment
    return {
      formatVersion: version,
      oldestReadableVersion: oldestReadable,
      bytes: source.length,
      analyzer: this.metadata.analyzer,
      counts: this.metadata.counts,
      bm25: this.metadata.bm25,
      columns: this.metadata.columns.map((name) => {
        const { kind, values } = this.column(name)
        return { name, kind, values: values.length }
      }),
      sections: sections.map(({ id, length }: SectionInfo) => ({ id, bytes: length })),
    }
  }

  /** The terms of the texts that most paragraphs have, with their number of paragraphs. */
  topTerms(limit: number): { term: string; frequency: number }[] {
    const terms = Array.from(this.#text.dictionary.entries(), ({ term, rows }) => ({
      term,
      frequency: rows,
    }))
    terms.sort((a, b) => b.frequency - a.frequency || (a.term < b.term ? -1 : 1))
    return terms.slice(0, limit)
  }

  /** Checks every checksum and invariant. Throws CORRUPT on the first that does not hold. */
  verify(): void {
    this.#segment.verify()
    this.#text.verify()
    this.#context.verify()
    for (const name of this.metadata.columns) this.column(name)
    this.#texts.verify()
    for (let i = 0; i < this.metadata.counts.documents; i++) this.#documents.get(i)
  }
}

/** Every condition holds: what a query asks for never widens what the caller allows. */
function conditionsOf(
  filter: SearchOptions['filter'],
  clauses: readonly Clause[],
): FilterCondition[] {
  const conditions = Object.entries(filter ?? {}).map(([field, wanted]) => {
    const values = typeof wanted === 'object' ? wanted : [wanted]
    return { field, values, excluded: false }
  })
  for (const { field, text, occur } of clauses) {
    if (field !== null) conditions.push({ field, values: [text], excluded: occur === 'mustNot' })
  }
  return conditions
}

function checkAnalyzer(metadata: IndexMetadata, wanted: string | undefined): void {
  const { name, fingerprint } = metadata.analyzer
  if (wanted === undefined || wanted === fingerprint) return
  throw new IndexError(
    'WRONG_ANALYZER',
    `The index was built by analyzer ${name} with fingerprint ${fingerprint}; this one has ${wanted}. Build the index again with this analyzer, or open it with the one it was built with.`,
  )
}

function option(name: string, value: number | undefined, fallback: number, least: number): number {
  if (value === undefined) return fallback
  if (!Number.isInteger(value) || value < least || value > MAX_WINDOW) {
    throw new IndexError(
      'BAD_OPTION',
      `${name} must be a whole number from ${least} to ${MAX_WINDOW}, found ${value}.`,
    )
  }
  return value
}

function parseSort(sort: string, names: readonly string[]): { name: string; descending: boolean } {
  const match = /^(.+?)(?::(asc|desc))?$/.exec(sort)
  const name = match?.[1] ?? sort
  if (!names.includes(name)) throw unknownSort(name, names)
  return { name, descending: match?.[2] === 'desc' }
}

function unknownSort(name: string, names: readonly string[]): IndexError {
  const known = names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`
  return new IndexError('BAD_OPTION', `The index has no field ${JSON.stringify(name)}; ${known}.`)
}
