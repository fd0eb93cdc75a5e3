export type TokenizerErrorCode =
  /** No dictionary was passed and this platform has no file to read one from. */
  | 'DICTIONARY_MISSING'
  /** The bytes are not a dictionary, or are damaged. */
  | 'DICTIONARY_CORRUPT'
  /** The bytes are a dictionary of another format version. */
  | 'DICTIONARY_VERSION'
  /** A line of a user dictionary cannot be read; the message names file, line and fault. */
  | 'USER_DICTIONARY'
  /** The jieba segmenter was asked for and nodejieba is not installed or not built. */
  | 'NODEJIEBA_MISSING'

/** What this package throws on bad input; `code` is stable, the message is for people. */
export class TokenizerError extends Error {
  readonly code: TokenizerErrorCode

  constructor(code: TokenizerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'TokenizerError'
    this.code = code
  }
}
