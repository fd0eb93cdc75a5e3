/**
 * What an engine answered: how often nothing, and for queries that stand literally in the texts,
 * how much of its top 10 holds them. The truth is a scan of the texts, both folded: script, width
 * and the writing of numbers make no difference.
 */
import { createAnalyzer } from '@wenxun/tokenizer'
import { Folder, foldToString } from '@wenxun/tokenizer/scan'
import { TOP } from '../compare/queries.js'
import type { Engine } from '../engines/engine.js'
import type { BenchQuery } from '../queries.js'
import { textScanner } from '../scale/completeness.js'

export interface Answers {
  /** Part of the queries without a hit although some paragraph holds them. */
  readonly missed: number
  /** Of the best places that paragraphs holding the query could fill, the part they fill. */
  readonly literal: number
  /** Queries that stand in some paragraph: those that count. */
  readonly counted: number
}

/** Rows that hold a string; asked for the same strings by every engine. */
export interface Truth {
  rowsWith(text: string): readonly number[]
}

export function literalTruth(texts: readonly string[]): Truth {
  const folder = new Folder(createAnalyzer().folds)
  const fold = (text: string) => foldToString(folder.fold(text))
  const scan = textScanner(texts.map(fold))
  const known = new Map<string, readonly number[]>()
  return {
    rowsWith(text) {
      const rows = known.get(text) ?? scan(fold(text))
      known.set(text, rows)
      return rows
    },
  }
}

export function measureAnswers(
  engine: Engine,
  queries: readonly BenchQuery[],
  truth: Truth,
): Answers {
  let missed = 0
  let literal = 0
  let counted = 0
  for (const query of queries) {
    // A filter changes the truth; questions and several words stand nowhere as they are.
    if (query.filter !== undefined) continue
    const expected = new Set(truth.rowsWith(query.bare))
    if (expected.size === 0) continue
    const best = engine.search(query, TOP).slice(0, expected.size)
    counted++
    if (best.length === 0) missed++
    literal += best.filter((row) => expected.has(row)).length / Math.min(TOP, expected.size)
  }
  return { missed: missed / counted, literal: literal / counted, counted }
}
