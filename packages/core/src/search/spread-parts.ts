/**
 * Documents that hold every part of a query, each in whatever paragraph, title or heading. Where
 * documents are the pages of a site, they come before those that hold some of the parts.
 */

import type { Field } from '../field/field.js'
import { type PlannedPart, planPhrase } from '../query/query-plan.js'
import type { SectionRanges } from '../segment/sections.js'
import { candidateRows } from './phrase-rows.js'
import { commonRows, uniteRows } from './row-merge.js'
import type { Work } from './work.js'

export interface SpreadBasis {
  readonly context: Field
  readonly sections: SectionRanges
  readonly work: Work
  /** First row of every document, and behind them the number of rows. */
  readonly documentStarts: Uint32Array
}

const NO_ROWS: Int32Array = new Int32Array(0)

/**
 * Rows with the terms of a part, in documents that have those of every part; ascending. Texts are
 * not asked: that a paragraph has all pairs of a word and not the word is rare.
 */
export function spreadRows(parts: readonly PlannedPart[], basis: SpreadBasis): Int32Array {
  const starts = basis.documentStarts
  let within: Int32Array | null = null
  let rows = NO_ROWS
  for (const part of [...parts].sort((a, b) => rarity(a) - rarity(b))) {
    const found = rowsWith(part, within, basis)
    rows = uniteRows(rows, found)
    within = allRowsOf(byDocument(found, starts).keys(), starts)
  }
  return within === null ? NO_ROWS : commonRows(rows, within)
}

/** Postings of the shortest list that a part requires. */
function rarity({ phrases }: PlannedPart): number {
  return Math.min(...phrases.flatMap(({ required }) => required ?? []).map((l) => l.frequency))
}

function rowsWith(
  { phrases }: PlannedPart,
  within: Int32Array | null,
  { context, sections, work }: SpreadBasis,
): Int32Array {
  let rows = NO_ROWS
  for (const { phrase, exact, required } of phrases) {
    const titles = candidateRows(planPhrase(phrase, exact, context).required, null, work)
    const first = titles.map((section) => sections.start(section))
    const distinct = first.filter((row, i) => row !== first[i - 1])
    rows = uniteRows(rows, candidateRows(required, within, work))
    rows = uniteRows(rows, within === null ? distinct : commonRows(distinct, within))
  }
  return rows
}

/** Ascending rows by document, in order. */
export function byDocument(rows: Int32Array, starts: Uint32Array): Map<number, Int32Array> {
  const documents = new Map<number, Int32Array>()
  let document = 0
  for (let from = 0; from < rows.length; ) {
    while (starts[document + 1]! <= rows[from]!) document++
    let to = from
    while (to < rows.length && rows[to]! < starts[document + 1]!) to++
    documents.set(document, rows.subarray(from, to))
    from = to
  }
  return documents
}

function allRowsOf(documents: Iterable<number>, starts: Uint32Array): Int32Array {
  const rows: number[] = []
  for (const document of documents) {
    for (let row = starts[document]!; row < starts[document + 1]!; row++) rows.push(row)
  }
  return Int32Array.from(rows)
}
