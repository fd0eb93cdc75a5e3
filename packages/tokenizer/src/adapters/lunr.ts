/** lunr 2: a plugin that replaces its tokenizer and its pipelines. */
import { indexTerms, queryTerms, type TermSource } from './search-terms.js'

// lunr's own types leave out what its code uses, so functions are handed to it as `never`.

/** What lunr's builder and pipelines use of a token. */
export interface LunrToken {
  readonly metadata: object
  toString(): string
}

interface LunrPipeline {
  reset(): void
  add(...functions: never[]): void
}

/** lunr's `Builder`, as far as the plugin changes it. */
export interface LunrBuilder {
  tokenizer: unknown
  pipeline: LunrPipeline
  searchPipeline: LunrPipeline
}

/** lunr itself, where functions are registered by name for serialized indexes. */
export interface Lunr {
  Pipeline: { registerFunction(fn: never, label: string): void }
}

/** The name of our query function in serialized indexes. */
export const LUNR_LABEL = 'wenxun'

/**
 * A plugin for `lunr(function () { this.use(plugin) … })`. Call it before `lunr.Index.load`
 * as well: a serialized index names our function and lunr has to know it.
 *
 * lunr's trimmer drops all Han and its stemmer is for English, so both pipelines are emptied.
 * With `metadataWhitelist: ['position']`, positions are [start, length] in the original text.
 */
export function lunrPlugin(lunr: Lunr, analyzer: TermSource): (builder: LunrBuilder) => void {
  const token = (term: string, metadata: object): LunrToken => ({ metadata, toString: () => term })
  const expand = (word: LunrToken) =>
    queryTerms(analyzer, word.toString()).map((term) => token(term, word.metadata))
  lunr.Pipeline.registerFunction(expand as never, LUNR_LABEL)
  return (builder) => {
    builder.tokenizer = (field: unknown, metadata: object): LunrToken[] =>
      indexTerms(analyzer, textOfField(field)).map(({ term, start, end }, index) =>
        token(term, { ...metadata, position: [start, end - start], index }),
      )
    builder.pipeline.reset()
    builder.searchPipeline.reset()
    builder.searchPipeline.add(expand as never)
  }
}

/** lunr's fields may be missing, or lists of words. */
function textOfField(field: unknown): string {
  return Array.isArray(field) ? field.join(' ') : String(field ?? '')
}
