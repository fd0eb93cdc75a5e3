/** Orama 3: a tokenizer component. */
import { indexTerms, requiredTerms, type TermSource } from './search-terms.js'

/** Orama's `Tokenizer`, for `create({ components: { tokenizer } })`. */
export interface OramaTokenizer {
  language: string
  normalizationCache: Map<string, string>
  tokenize(text: string, language?: string, property?: string): string[]
}

/**
 * Ends every term. Orama takes a query's terms for prefixes, and its `exact` asks for word
 * boundaries that Han text does not have: without an end, 法 would also count as 法治, 法院 and
 * 法律, and 12 as 12345.
 */
const END = '\u0003'

/**
 * Terms for Orama: characters, pairs, Latin and numbers. A query is required as a whole with
 * `threshold: 0` and in part with Orama's default of 1, so its terms must serve both: no words.
 */
export function oramaTokenizer(analyzer: TermSource): OramaTokenizer {
  return {
    // Orama checks the name against its own languages and does nothing else with it.
    language: 'english',
    normalizationCache: new Map(),
    // Orama names the property when it indexes, and not when it searches.
    tokenize(text, _language, property) {
      const terms =
        property === undefined
          ? requiredTerms(analyzer, text)
          : indexTerms(analyzer, text, { words: false }).map(({ term }) => term)
      return terms.map((term) => term + END)
    },
  }
}
