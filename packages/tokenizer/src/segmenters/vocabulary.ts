/** Cuts by an arbitrary word list, such as the terms of an index. */
import { MAX_WORD_UNITS } from '../dictionary/format.js'
import { TrieBuilder } from '../dictionary/trie-builder.js'
import { fingerprintOf } from '../fingerprint.js'
import type { Segmenter } from '../types.js'
import { unitsOf } from '../unit-text.js'
import { BestPath } from './best-path.js'

const WORD = -1

/** Outweighs any number of words in one piece, so that coverage comes first. */
const UNCOVERED = -(2 ** 20)

/**
 * Covers as many characters as possible with words of the list, and with as few words as
 * possible; characters left over stand alone. Words are taken as they are: fold them first. Those longer
 * than 255 units are ignored.
 */
export function createVocabularySegmenter(words: Iterable<string>): Segmenter {
  // Sorts by UTF-16 units, as the trie wants it.
  const sorted = [...new Set(words)].filter(isUsable).sort()
  const builder = new TrieBuilder(sorted.reduce((sum, word) => sum + word.length, 0))
  for (const word of sorted) builder.add(unitsOf(word), word.length, WORD)
  const trie = builder.build(UNCOVERED)
  const path = new BestPath(trie)
  return {
    name: 'vocabulary',
    fingerprint: fingerprintOf('vocabulary', sorted.join('\n')),
    idLimit: trie.slots,
    cut: (units, start, end, sink) => path.cut(units, start, end, sink),
  }
}

function isUsable(word: string): boolean {
  return word !== '' && word.length <= MAX_WORD_UNITS
}
