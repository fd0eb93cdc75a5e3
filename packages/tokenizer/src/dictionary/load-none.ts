/** What `#dictionary` means outside of Node: no file to read, and inflate in JavaScript. */
import { inflateSync } from 'fflate'
import { TokenizerError } from '../tokenizer-error.js'

/** @throws TokenizerError DICTIONARY_MISSING, always */
export function loadDictionary(): Uint8Array {
  throw new TokenizerError(
    'DICTIONARY_MISSING',
    'Only Node finds the dictionary by itself: pass the bytes of @wenxun/tokenizer/dictionary.bin ' +
      'as createAnalyzer({ dictionary }).',
  )
}

/** Inflates deflate-raw data; throws on damaged data. */
export function inflateRaw(deflated: Uint8Array, length: number): Uint8Array {
  return inflateSync(deflated, { out: new Uint8Array(length) })
}
