/** Whether two characters belong together, told from a dictionary alone. */

import type { TermLookup } from './chains.js'

/** A pair whose longer words have so much of its rows hardly stands alone (洛阳 in 洛阳市). */
const IN_LONGER = 0.5
/** Longer words looked at. */
const MAX_LONGER = 16

/** Whether a pair is ever cut out as a word, or mostly begins longer ones. */
export function isWordPair(lookup: TermLookup, pair: string): boolean {
  const entry = lookup.get(pair)
  if (entry === null) return false
  if (entry.wordShare > 0) return true
  let rows = 0
  for (const longer of lookup.withPrefix(pair, MAX_LONGER)) {
    if (longer.term.length > pair.length) rows += longer.rows
  }
  return rows >= entry.rows * IN_LONGER
}
