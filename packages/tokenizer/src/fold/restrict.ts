/** The part of a fold table that matters to one index. */
import { numberCharacters } from '../scan/number.js'
import type { FoldTable } from '../types.js'

/**
 * Keeps the pairs whose target passes `keep`, and those that write numbers: their values are
 * terms even where an index never saw the character itself.
 * Folding by the result agrees with the full table on every character whose fold is kept.
 */
export function restrictFolds(table: FoldTable, keep: (char: string) => boolean): FoldTable {
  const targets = table.to[Symbol.iterator]()
  let from = ''
  let to = ''
  for (const source of table.from) {
    const target: string = targets.next().value!
    if (!keep(target) && !numberCharacters.includes(target)) continue
    from += source
    to += target
  }
  const ambiguous = Array.from(table.ambiguous ?? '')
    .filter(keep)
    .join('')
  return { from, to, ambiguous }
}
