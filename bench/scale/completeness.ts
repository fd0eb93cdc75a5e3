/**
 * Is every paragraph found that holds a substring? The right answer is a scan of all folded
 * texts with `indexOf`; ours is the hit list of the query in quotes.
 */
import type { SearchIndex } from '@wenxun/core'
import { createAnalyzer } from '@wenxun/tokenizer'
import { Folder, foldToString } from '@wenxun/tokenizer/scan'
import type { Corpus } from '../corpus.js'
import { paragraphRows } from '../engines/wenxun.js'

export interface Completeness {
  readonly queries: number
  /** Paragraphs that hold the substring, over all queries. */
  readonly expected: number
  readonly missing: number
  /** Hits whose folded text does not hold the folded substring. */
  readonly extra: number
  /** Queries whose hit list is not the expected one, with both counts. */
  readonly different: readonly { query: string; expected: number; found: number }[]
}

const EVERY_HIT = 1_000_000

export function measureCompleteness(
  index: SearchIndex,
  corpus: Corpus,
  queries: readonly string[],
): Completeness {
  const folder = new Folder(createAnalyzer().folds)
  const fold = (text: string) => foldToString(folder.fold(text))
  const rowsWith = textScanner(corpus.texts.map(fold))
  const rowOf = paragraphRows(corpus.documents)
  const different: { query: string; expected: number; found: number }[] = []
  const sum = { expected: 0, missing: 0, extra: 0 }
  for (const query of queries) {
    const expected = rowsWith(fold(query))
    const { hits } = index.search(`"${query}"`, { limit: EVERY_HIT })
    const found = new Set(hits.map(({ document, paragraph }) => rowOf(document.id, paragraph)))
    const missing = expected.filter((row) => !found.has(row)).length
    const extra = found.size - (expected.length - missing)
    sum.expected += expected.length
    sum.missing += missing
    sum.extra += extra
    if (missing + extra > 0) {
      different.push({ query, expected: expected.length, found: found.size })
    }
  }
  return { queries: queries.length, ...sum, different }
}

/** Finds the texts that hold a string, over one long string of them all. */
export function textScanner(texts: readonly string[]): (needle: string) => number[] {
  const all = texts.join('\n')
  const starts: number[] = []
  let length = 0
  for (const text of texts) {
    starts.push(length)
    length += text.length + 1
  }
  starts.push(length)
  return (needle) => {
    const rows: number[] = []
    let row = 0
    for (let at = all.indexOf(needle); at >= 0; at = all.indexOf(needle, starts[row])) {
      while (starts[row + 1]! <= at) row++
      rows.push(row)
      row++
    }
    return rows
  }
}
