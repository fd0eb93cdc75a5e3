/**
 * The query that most people type: words with spaces between them, without any operator. Apart from
 * the parser, so that a page loads that when an operator is typed.
 */

import type { Clause, TextNode } from './query.js'

/** What an operator begins with where it may stand; also some text that is none. */
const OPERATOR = /["＂:：]|\.\.|(?:^|\s)(?:[-+＋－(（“”]|(?:OR|[|｜])(?:\s|$))|[*＊](?:\s|$)/

/** The clauses of a query without operators; null where there may be one. */
export function plainClauses(query: string): Clause[] | null {
  if (OPERATOR.test(query)) return null
  const words = query.split(/\s+/).filter((word) => word !== '')
  return words.map((word) => ({ occur: 'should', node: plain(word) }))
}

/** A text that is looked for as it stands, or in pieces. */
export function plain(text: string): TextNode {
  return { kind: 'text', text, form: 'plain' }
}
