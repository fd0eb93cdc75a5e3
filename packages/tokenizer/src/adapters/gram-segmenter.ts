/** A segmenter for adapters that need no words: browsers then need no dictionary. */
import type { Segmenter } from '../types.js'

/**
 * Reports no words at all, so that texts are found by characters, pairs, Latin and numbers.
 * For `createAnalyzer({ segmenter: gramSegmenter })` where the dictionary is too large to ship.
 */
export const gramSegmenter: Segmenter = {
  name: 'grams',
  fingerprint: 'grams-1',
  idLimit: 0,
  cut() {},
}
