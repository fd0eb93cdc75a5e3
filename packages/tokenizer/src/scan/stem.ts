/** English stems, remembered: texts repeat their words. */
import { stemmer } from 'stemmer'

/** Begins every stem term. Folded words never hold it, so a stem meets stems only. */
export const STEM_PREFIX = '~'

const MEMORY = 10_000
const known = /* @__PURE__ */ new Map<string, string>()

/** The stem term of a folded word of a-z: `~run` for running and for run. */
export function stemTerm(word: string): string {
  let term = known.get(word)
  if (term === undefined) {
    term = STEM_PREFIX + stemmer(word)
    if (known.size === MEMORY) known.clear()
    known.set(word, term)
  }
  return term
}
