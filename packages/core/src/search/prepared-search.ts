/** A query and its options, ready to be ranked: what `search` and `explain` start from. */

import { lastStart } from '../bytes/last-start.js'
import type { Column } from '../columns/column.js'
import { throwIfAborted } from '../errors.js'
import type { AbortFlag, LocalSearchOptions } from '../model.js'
import { parseQuery } from '../query/parse-query.js'
import { plainClauses } from '../query/plain-query.js'
import type { FieldNode } from '../query/query.js'
import { planQuery, type QueryPlan } from '../query/query-plan.js'
import { SECOND_LOOK } from '../ranking/weights.js'
import { WindowBuffers } from './disjunction.js'
import type { Expansions } from './expansions.js'
import {
  type FilterBasis,
  type FilterCondition,
  type FilterValue,
  fieldCondition,
  filterDocuments,
  unknownField,
} from './filter.js'
import type { FoldedRow } from './folded-row.js'
import type { IndexParts } from './index-parts.js'
import { type SearchBasis, Searcher } from './searcher.js'
import { Work } from './work.js'

/** What searches of one index share. */
export interface SearchTools {
  readonly scratch: Uint16Array
  readonly foldedRow: FoldedRow
  buffers: WindowBuffers
  readonly expansions: Expansions
}

/** UTF-16 units of a query that are read; no one types more. */
export const LONGEST_QUERY = 1 << 16
/** Rows between two looks at the signal. */
const ROWS_A_LOOK = 1 << 12

export class PreparedSearch {
  readonly parts: IndexParts
  readonly plan: QueryPlan
  /** What the caller's filter and the query's fields ask of a document. */
  readonly conditions: readonly FilterCondition[]
  /** Whether the query is longer than what is read of it. */
  readonly isCut: boolean
  readonly #tools: SearchTools
  /** Per row 1 where its document meets the conditions; null when there are none. */
  readonly #passing: Uint8Array | null
  readonly #maxWork: number
  readonly #signal: AbortFlag | undefined
  #asked = 0

  constructor(parts: IndexParts, tools: SearchTools, query: string, options: LocalSearchOptions) {
    throwIfAborted(options.signal)
    this.#signal = options.signal
    this.parts = parts
    this.#tools = tools
    this.#maxWork = options.maxWork ?? Number.POSITIVE_INFINITY
    this.isCut = query.length > LONGEST_QUERY
    const read = query.slice(0, LONGEST_QUERY)
    const clauses = plainClauses(read) ?? parseQuery(read, new Set(parts.metadata.columns))
    this.plan = planQuery(clauses, {
      folder: parts.folder,
      text: parts.text,
      context: parts.context,
      expand: (scanned, source) => tools.expansions.of(scanned, source, options),
      ambiguous: parts.metadata.folds.ambiguous,
      ahead: parts.ahead?.terms,
    })
    this.conditions = [
      ...Object.entries(options.filter ?? {}).map(([field, wanted]) => {
        const values = Array.isArray(wanted) ? wanted : [wanted]
        return { field, values: values as FilterValue[], excluded: false }
      }),
      // Every condition holds: what a query asks for never widens what the caller allows.
      ...this.plan.fields.map((node) => {
        return { ...fieldCondition(node, parts.folder), excluded: node.excluded }
      }),
    ]
    this.#passing = this.#rowsPassing(this.conditions)
  }

  /** Runs `rank` with a searcher for this query, and tidies up. */
  run<T>(rank: (searcher: Searcher, work: Work) => T): T {
    const passing = this.#passing
    const accepts = passing === null ? null : (row: number) => passing[row] === 1
    const work = new Work(this.#maxWork, this.#signal)
    const searcher = new Searcher(this.basis(), this.plan, accepts, work)
    try {
      return rank(searcher, work)
    } catch (error) {
      // What stops half-way leaves its working memory behind.
      this.#tools.buffers = new WindowBuffers(this.parts.metadata.counts.paragraphs)
      throw error
    } finally {
      searcher.release()
    }
  }

  /** The document that a row belongs to, for loops over many: those can be given up, too. */
  documentOf(row: number): number {
    if (this.#asked++ % ROWS_A_LOOK === 0) throwIfAborted(this.#signal)
    return documentOf(this.parts, row)
  }

  /** What searches read of the index. */
  basis(): SearchBasis {
    const { parts } = this
    const { scratch, foldedRow, buffers } = this.#tools
    return {
      text: parts.text,
      context: parts.context,
      sections: parts.sections,
      buffers,
      secondLook: parts.metadata.secondLook ?? SECOND_LOOK,
      ahead: parts.ahead?.rows,
      texts: {
        table: parts.text.table,
        lengths: parts.text.lengths,
        folder: parts.folder,
        k1: parts.metadata.bm25.k1,
        scratch,
        foldedRow,
        textOf: (row) => parts.texts.text(row),
        titleOf: (row) => parts.documents.get(documentOf(parts, row)).title,
        foldedTitleOf: (row) => foldedRow.titleOf(documentOf(parts, row), parts.documents),
      },
      headingOf: (row) => parts.texts.heading(row).heading,
      rowsOfField: (field) => this.#rowsOfField(field),
    }
  }

  #rowsOfField(field: FieldNode): Int32Array {
    const passing = this.#rowsPassing([fieldCondition(field, this.parts.folder)])!
    const rows = new Int32Array(passing.length)
    let count = 0
    for (let row = 0; row < passing.length; row++) if (passing[row] === 1) rows[count++] = row
    return rows.subarray(0, count)
  }

  #rowsPassing(conditions: readonly FilterCondition[]): Uint8Array | null {
    if (conditions.length === 0) return null
    const { metadata, documentStarts } = this.parts
    const documents = filterDocuments(conditions, filterBasis(this.parts))
    if (documents === null) return null
    const rows = new Uint8Array(metadata.counts.paragraphs)
    for (let i = 0; i < documents.length; i++) {
      if (documents[i] === 1) rows.fill(1, documentStarts[i]!, documentStarts[i + 1]!)
    }
    return rows
  }
}

/** What filters of an index are made with. */
export function filterBasis(parts: IndexParts): FilterBasis {
  return {
    documents: parts.metadata.counts.documents,
    folder: parts.folder,
    columnNames: parts.metadata.columns,
    column: (name) => columnOf(parts, name),
  }
}

/** Values of a metadata field. Throws BAD_OPTION when the index has no such field. */
export function columnOf(parts: IndexParts, name: string): Column {
  const { metadata } = parts
  const position = metadata.columns.indexOf(name)
  if (position < 0) throw unknownField(name, metadata.columns)
  return parts.column(position)
}

/** The document that a row belongs to. */
export function documentOf({ documentStarts }: IndexParts, row: number): number {
  return lastStart(documentStarts, row)
}
