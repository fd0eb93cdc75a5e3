/** Turns dictionary bytes and a user's words into the trie that a segmenter walks. */
import { type DictionaryHeader, readHeader, readWords, visitWords } from './decode.js'
import { MAX_WORD_UNITS } from './format.js'
import { type Trie, TrieBuilder } from './trie.js'

/** A word with its log probability, already folded. */
export interface WeightedWord {
  readonly word: string
  readonly weight: number
}

/**
 * Merges a dictionary with more words; of two equal words the added one counts, of two equal
 * added ones the last.
 */
export function buildLexicon(bytes: Uint8Array, added: readonly WeightedWord[] = []): Trie {
  const list = readWords(bytes)
  const queue = sortedUnique(added)
  const addedUnits = queue.reduce((sum, { word }) => sum + word.length, 0)
  const builder = new TrieBuilder(readHeader(bytes).nodes + addedUnits)
  const buffer = new Uint16Array(MAX_WORD_UNITS + 1)
  let at = 0
  const addQueued = () => {
    const { word } = queue[at]!
    for (let i = 0; i < word.length; i++) buffer[i] = word.charCodeAt(i)
    builder.add(buffer, word.length, list.weights.length + at++)
  }
  visitWords(list, (units, length, weight) => {
    while (at < queue.length && compareUnits(queue[at]!.word, units, length) < 0) addQueued()
    builder.add(units, length, weight)
    if (at < queue.length && compareUnits(queue[at]!.word, units, length) === 0) addQueued()
  })
  while (at < queue.length) addQueued()
  const weights = new Float64Array(list.weights.length + queue.length)
  weights.set(list.weights)
  queue.forEach(({ weight }, i) => {
    weights[list.weights.length + i] = weight
  })
  // Single characters outside the dictionary weigh as its rarest word, whatever was added.
  return builder.build(
    weights,
    list.weights.reduce((a, b) => Math.min(a, b), 0),
  )
}

/** Log probability of a frequency in a dictionary; -Infinity for 0. */
export function weightOf(header: DictionaryHeader, frequency: number): number {
  return Math.log(frequency / header.frequencySum)
}

function sortedUnique(words: readonly WeightedWord[]): WeightedWord[] {
  const last = new Map(words.map((entry) => [entry.word, entry]))
  return [...last.values()].sort((a, b) => (a.word < b.word ? -1 : 1))
}

function compareUnits(word: string, units: Uint16Array, length: number): number {
  const common = Math.min(word.length, length)
  for (let i = 0; i < common; i++) {
    const difference = word.charCodeAt(i) - units[i]!
    if (difference !== 0) return difference
  }
  return word.length - length
}
