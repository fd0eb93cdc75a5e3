/**
 * Query text → clauses. Every string is a valid query: what does not parse is text.
 *
 *   clause = [ `+` | `-` ] ( `"` text `"` | [ field `:` ] text without space )
 */

export type Occur = 'should' | 'must' | 'mustNot'

export interface Clause {
  readonly occur: Occur
  readonly text: string
  /** In quotes: must occur exactly, under the folds. */
  readonly quoted: boolean
  /** The field asked for, or null for text. */
  readonly field: string | null
}

const OCCUR: Readonly<Record<string, Occur>> = { '+': 'must', '-': 'mustNot' }
const QUOTES = /["＂]/

/** `fields` are the names that `field:` knows. */
export function parseQuery(query: string, fields: ReadonlySet<string>): Clause[] {
  const clauses: Clause[] = []
  let at = 0
  while (at < query.length) {
    if (/\s/.test(query[at]!)) {
      at++
      continue
    }
    const operator = OCCUR[query[at]!]
    const start = operator === undefined ? at : at + 1
    const occur = operator ?? 'should'
    const quoted = readQuoted(query, start)
    if (quoted !== null) {
      const strict = occur === 'should' ? 'must' : occur
      clauses.push({ occur: strict, text: quoted.text, quoted: true, field: null })
      at = quoted.end
      continue
    }
    const end = endOfWord(query, start)
    const word = query.slice(start, end)
    // An operator before nothing, or before another operator, is text.
    if (word === '' || OCCUR[word[0]!] !== undefined) {
      clauses.push({
        occur: 'should',
        text: query.slice(at, Math.max(end, at + 1)),
        quoted: false,
        field: null,
      })
    } else clauses.push({ occur, quoted: false, ...splitField(word, fields) })
    at = Math.max(end, at + 1)
  }
  return someWanted(clauses)
}

/** A query that only excludes asks for nothing; its words are taken as text. */
function someWanted(clauses: Clause[]): Clause[] {
  if (clauses.some(({ occur, field }) => occur !== 'mustNot' || field !== null)) return clauses
  return clauses.map((clause) => ({ ...clause, occur: clause.quoted ? 'must' : 'should' }))
}

function readQuoted(query: string, start: number): { text: string; end: number } | null {
  if (start >= query.length || !QUOTES.test(query[start]!)) return null
  let end = start + 1
  while (end < query.length && !QUOTES.test(query[end]!)) end++
  if (end >= query.length) return null
  return { text: query.slice(start + 1, end), end: end + 1 }
}

function endOfWord(query: string, start: number): number {
  let end = start
  while (end < query.length && !/\s/.test(query[end]!)) {
    if (end > start && QUOTES.test(query[end]!) && readQuoted(query, end) !== null) break
    end++
  }
  return end
}

function splitField(word: string, fields: ReadonlySet<string>) {
  const colon = word.search(/[:：]/)
  const field = colon > 0 ? word.slice(0, colon) : ''
  if (colon < 0 || colon === word.length - 1 || !fields.has(field)) {
    return { text: word, field: null }
  }
  return { text: word.slice(colon + 1), field }
}
