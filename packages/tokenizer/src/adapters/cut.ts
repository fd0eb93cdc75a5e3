/** Pre-cut text for engines that split at spaces: SQLite FTS5, OpenSearch, PostgreSQL … */
import { indexTerms, type TermOptions, type TermSource } from './search-terms.js'

/** One text as one line: its folded terms in their order, with spaces between them. */
export function cutLine(source: TermSource, text: string, options: TermOptions = {}): string {
  const terms = indexTerms(source, text, { grams: false, ...options })
  return terms.map(({ term }) => term).join(' ')
}

/**
 * One line of terms for each line given: the lines of a string, or the items of a stream,
 * which is read as slowly as the result is asked for. Empty lines stay, so that line numbers
 * agree.
 */
export async function* cutLines(
  source: TermSource,
  lines: string | Iterable<string> | AsyncIterable<string>,
  options: TermOptions = {},
): AsyncGenerator<string> {
  for await (const line of typeof lines === 'string' ? linesOf(lines) : lines) {
    yield cutLine(source, line, options)
  }
}

function* linesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start)
    if (end < 0) return yield text.slice(start)
    yield text.slice(start, text[end - 1] === '\r' && end > start ? end - 1 : end)
    start = end + 1
  }
}
