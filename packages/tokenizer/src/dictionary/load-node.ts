/** What `#dictionary` means in Node: the package's own file, and zlib. */
import { readFileSync } from 'node:fs'
import { inflateRawSync } from 'node:zlib'
import { TokenizerError } from '../tokenizer-error.js'

/**
 * The bytes of the dictionary that ships with the package.
 * @throws TokenizerError DICTIONARY_MISSING when the file is not there
 */
export function loadDictionary(): Uint8Array {
  const url = new URL('../../data/dictionary.bin', import.meta.url)
  try {
    return readFileSync(url)
  } catch (cause) {
    throw new TokenizerError(
      'DICTIONARY_MISSING',
      `Cannot read the dictionary at ${url.pathname}. In a checkout, "npm run build" makes it.`,
      { cause },
    )
  }
}

/** Inflates deflate-raw data; throws on damaged data or when it is longer than `length`. */
export function inflateRaw(deflated: Uint8Array, length: number): Uint8Array {
  const size = Math.max(length, 64) // One chunk, so that nothing is copied together.
  return inflateRawSync(deflated, { chunkSize: size, maxOutputLength: size })
}
