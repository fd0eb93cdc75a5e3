/**
 * Query text → clauses. Every string is a valid query: what does not parse is text. The grammar
 * is in docs/query-language.md.
 *
 * Takes time in proportion to the length of the query; groups nest up to MOST_DEPTH.
 */

import { plain } from './plain-query.js'
import type { Clause, Occur, QueryNode } from './query.js'

/** Behind so many operators the rest of a query is plain words. */
export const MOST_OPERATORS = 256
/** A prefix is as much work as so many other operators. */
const PREFIX_COST = 8
/** Parentheses within so many others are text. */
export const MOST_DEPTH = 32

const SIGNS: Readonly<Record<string, Occur>> = {
  '+': 'must',
  '＋': 'must',
  '-': 'mustNot',
  '－': 'mustNot',
}
const QUOTE = /["＂]/
/** As an input method types them; they are punctuation but around a whole clause. */
const CURLY_QUOTE = /[“”]/
const OPEN = /[(（]/
const CLOSE = /[)）]/
const OR = /^(?:OR|\||｜)$/
const STAR = /[*＊]/
/** Dates, years first: `2024..2025`, `2024-03..2024-06-30`. */
const DATES = /^\d{4}(?:[-/.]\d{1,2}){0,2}\.\.\d{4}(?:[-/.]\d{1,2}){0,2}$/
const SPACE = /\s/

/** `fields` are the names that `field:` knows. */
export function parseQuery(query: string, fields: ReadonlySet<string>): Clause[] {
  return new Parser(query, fields).clauses(query.length, 0)
}

class Parser {
  readonly #query: string
  readonly #fields: ReadonlySet<string>
  readonly #closers: ReadonlyMap<number, number>
  #at = 0
  #operators = MOST_OPERATORS

  constructor(query: string, fields: ReadonlySet<string>) {
    this.#query = query
    this.#fields = fields
    this.#closers = closersOf(query)
  }

  /** Reads up to `limit`, the end of the query or of the group around. */
  clauses(limit: number, depth: number): Clause[] {
    const clauses: Clause[] = []
    while (this.#skipSpace(limit)) {
      const before = clauses.at(-1)
      if (before === undefined || !this.#skipOr(limit)) {
        clauses.push(this.#clause(limit, depth))
        continue
      }
      const choices = [before, this.#clause(limit, depth)]
      while (this.#skipSpace(limit) && this.#skipOr(limit)) choices.push(this.#clause(limit, depth))
      clauses[clauses.length - 1] = { occur: 'should', node: { kind: 'any', clauses: choices } }
    }
    return clauses
  }

  #skipSpace(limit: number): boolean {
    while (this.#at < limit && SPACE.test(this.#query[this.#at]!)) this.#at++
    return this.#at < limit
  }

  /** Passes an OR that something follows. */
  #skipOr(limit: number): boolean {
    const at = this.#at
    const end = this.#endOfWord(at, limit)
    if (end - at > 2 || !OR.test(this.#query.slice(at, end))) return false
    this.#at = end
    if (this.#skipSpace(limit) && this.#takeOperator()) return true
    this.#at = at
    return false
  }

  #clause(limit: number, depth: number): Clause {
    const start = this.#at
    const occur = SIGNS[this.#query[start]!]
    if (occur === undefined) return { occur: 'should', node: this.#node(start, limit, depth) }
    const next = this.#query[start + 1]
    const isSign = start + 1 < limit && !SPACE.test(next!) && SIGNS[next!] === undefined
    if (isSign && this.#takeOperator()) {
      return { occur, node: this.#node(start + 1, limit, depth) }
    }
    // A sign before nothing, or before another sign, is text.
    this.#at = this.#endOfWord(start + 1, limit)
    return { occur: 'should', node: plain(this.#query.slice(start, this.#at)) }
  }

  #node(start: number, limit: number, depth: number): QueryNode {
    const quoted = this.#quoted(start, limit)
    if (quoted !== null) return { kind: 'text', text: quoted, form: 'quoted' }
    return this.#group(start, limit, depth) ?? this.#word(start, limit)
  }

  #group(start: number, limit: number, depth: number): QueryNode | null {
    const end = this.#closers.get(start)
    if (end === undefined || end >= limit || !this.#endsClause(end + 1, limit)) return null
    if (depth >= MOST_DEPTH || !this.#takeOperator()) return null
    this.#at = start + 1
    const clauses = this.clauses(end, depth + 1)
    this.#at = end + 1
    if (clauses.length === 0) return plain(this.#query.slice(start, end + 1))
    return { kind: 'all', clauses }
  }

  #word(start: number, limit: number): QueryNode {
    // At least one unit: a quote that opens nothing.
    const end = Math.max(this.#endOfWord(start, limit), start + 1)
    this.#at = end
    const word = this.#query.slice(start, end)
    if (this.#operators === 0) return plain(word)
    return this.#field(word, limit) ?? this.#prefix(word) ?? plain(word)
  }

  #field(word: string, limit: number): QueryNode | null {
    if (this.#fields.has('date') && DATES.test(word) && this.#takeOperator()) {
      return { kind: 'field', field: 'date', value: word, quoted: false }
    }
    const colon = word.search(/[:：]/)
    if (colon <= 0 || !this.#fields.has(word.slice(0, colon))) return null
    const field = word.slice(0, colon)
    let value: string | null = word.slice(colon + 1)
    const quoted = value === '' && this.#at < limit
    if (quoted) value = this.#quoted(this.#at, limit)
    if (value === '' || value === null || !this.#takeOperator()) return null
    return { kind: 'field', field, value, quoted }
  }

  #prefix(word: string): QueryNode | null {
    let end = word.length
    while (end > 0 && STAR.test(word[end - 1]!)) end--
    if (end === 0 || end === word.length || !this.#takeOperator(PREFIX_COST)) return null
    return { kind: 'text', text: word.slice(0, end), form: 'prefix' }
  }

  /** Reads what stands between quotes, and goes behind them; null when no quote opens here. */
  #quoted(start: number, limit: number): string | null {
    const query = this.#query
    const end = this.#closingQuote(start, limit)
    if (end < 0 || !this.#takeOperator()) return null
    this.#at = end + 1
    return query.slice(start + 1, end)
  }

  #closingQuote(start: number, limit: number): number {
    const query = this.#query
    const isCurly = CURLY_QUOTE.test(query[start]!)
    if (!isCurly && !QUOTE.test(query[start]!)) return -1
    const end = nextMatch(query, isCurly ? CURLY_QUOTE : QUOTE, start + 1, limit)
    return isCurly && end >= 0 && !this.#endsClause(end + 1, limit) ? -1 : end
  }

  /** Words end at space, and before straight quotes that enclose something. */
  #endOfWord(start: number, limit: number): number {
    const query = this.#query
    let end = start
    for (; end < limit && !SPACE.test(query[end]!); end++) {
      if (end === start || this.#operators === 0 || !QUOTE.test(query[end]!)) continue
      if (this.#closingQuote(end, limit) >= 0) break
    }
    return end
  }

  /** Whether what stands before is a whole clause: space or a quote follows. */
  #endsClause(at: number, limit: number): boolean {
    if (at >= limit || SPACE.test(this.#query[at]!)) return true
    return QUOTE.test(this.#query[at]!) && this.#closingQuote(at, limit) >= 0
  }

  #takeOperator(cost = 1): boolean {
    if (this.#operators < cost) return false
    this.#operators -= cost
    return true
  }
}

function nextMatch(text: string, pattern: RegExp, from: number, limit: number): number {
  for (let at = from; at < limit; at++) if (pattern.test(text[at]!)) return at
  return -1
}

/** For every parenthesis that opens: where it closes. Those in straight quotes are text. */
function closersOf(query: string): Map<number, number> {
  const closers = new Map<number, number>()
  const open: number[] = []
  for (let at = 0; at < query.length; at++) {
    const char = query[at]!
    if (QUOTE.test(char)) {
      const end = nextMatch(query, QUOTE, at + 1, query.length)
      if (end >= 0) at = end
    } else if (OPEN.test(char)) open.push(at)
    else if (CLOSE.test(char) && open.length > 0) closers.set(open.pop()!, at)
  }
  return closers
}
