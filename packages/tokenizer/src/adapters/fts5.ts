/** SQLite FTS5: the tokenizer that leaves pre-cut text alone, and MATCH expressions. */
import { queryTerms, requiredTerms, type TermSource } from './search-terms.js'

/**
 * The `tokenize` option of a table of pre-cut text: split at spaces only, so that 96.87% and
 * c++ stay whole. In SQL: `CREATE VIRTUAL TABLE t USING fts5(terms, tokenize="…")`.
 */
export const FTS5_TOKENIZE = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"

/**
 * A MATCH expression for a column of `cutLine(…, { grams: true })`. Rows must hold the `all`
 * of the query, numbers in any writing; or `any` of its terms, for questions, to be ordered by
 * `bm25`. Whatever the user typed, the result is valid; without any term it matches nothing.
 */
export function fts5Match(source: TermSource, query: string, match: 'all' | 'any' = 'all'): string {
  if (match === 'any') return join(queryTerms(source, query), 'OR')
  const byValue = join(requiredTerms(source, query), 'AND')
  const literal = join(requiredTerms(source, query, 'literal'), 'AND')
  return byValue === literal ? byValue : `(${byValue}) OR (${literal})`
}

function join(terms: readonly string[], operator: 'AND' | 'OR'): string {
  const quoted = terms.map((term) => `"${term.replaceAll('"', '""')}"`)
  return quoted.length > 0 ? quoted.join(` ${operator} `) : '""'
}
