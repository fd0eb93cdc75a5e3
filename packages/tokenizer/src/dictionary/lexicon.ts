/** Adds a user's words to the trie of a dictionary. */
import type { DictionaryHeader } from './decode.js'
import { MAX_WORD_UNITS } from './format.js'
import { ROOT_SLOTS, type Trie, visitWords } from './trie.js'
import { TrieBuilder } from './trie-builder.js'

/** A word with its log probability, already folded. */
export interface WeightedWord {
  readonly word: string
  readonly weight: number
}

/**
 * A new trie that holds the words of another and more; of two equal words the added one counts,
 * of two equal added ones the last. Single characters outside of it weigh what they did.
 */
export function withWords(trie: Trie, added: readonly WeightedWord[]): Trie {
  const queue = sortedUnique(added)
  const addedUnits = queue.reduce((sum, { word }) => sum + word.length, 0)
  const builder = new TrieBuilder(trie.slots - ROOT_SLOTS + addedUnits)
  const buffer = new Uint16Array(MAX_WORD_UNITS + 1)
  let at = 0
  const addQueued = () => {
    const { word, weight } = queue[at++]!
    for (let i = 0; i < word.length; i++) buffer[i] = word.charCodeAt(i)
    builder.add(buffer, word.length, weight)
  }
  visitWords(trie, (units, length, weight) => {
    while (at < queue.length && compareUnits(queue[at]!.word, units, length) < 0) addQueued()
    builder.add(units, length, weight)
    if (at < queue.length && compareUnits(queue[at]!.word, units, length) === 0) addQueued()
  })
  while (at < queue.length) addQueued()
  return builder.build(trie.unknown)
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
