/** `@wenxun/tokenizer`: build-time analysis. Query-time analysis is `@wenxun/tokenizer/scan`. */
export { type AnalyzerOptions, createAnalyzer } from './analyzer.js'
export {
  createDictionarySegmenter,
  type DictionarySegmenterOptions,
} from './segmenters/dictionary.js'
export { createIntlSegmenter } from './segmenters/intl.js'
export { createVocabularySegmenter } from './segmenters/vocabulary.js'
export { TokenizerError, type TokenizerErrorCode } from './tokenizer-error.js'
export {
  type AnalysisSink,
  type Analyzer,
  type Folded,
  type FoldTable,
  type ScanSink,
  type Segmenter,
  type Span,
  type Token,
  TokenKind,
  type WordSink,
} from './types.js'
