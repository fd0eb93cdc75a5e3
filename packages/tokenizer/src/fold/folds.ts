/** The full fold table of Han forms: Traditional, regional and variant → one Simplified form. */
import type { FoldTable } from '../types.js'
import { ambiguousFolds } from './ambiguous-data.js'
import { foldGroups } from './fold-data.js'

export { FOLDS_VERSION } from './fold-data.js'

function expand(groups: string): FoldTable {
  let from = ''
  let to = ''
  for (const group of groups.trim().split(/\s/)) {
    const [target, ...sources] = group
    from += sources.join('')
    to += target!.repeat(sources.length)
  }
  return { from, to, ambiguous: ambiguousFolds }
}

/** Every fold the build knows; an index keeps the part that `restrictFolds` leaves. */
export const fullFolds: FoldTable = /* @__PURE__ */ expand(foldGroups)
