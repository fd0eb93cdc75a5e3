/** The default segmenter: best path over jieba's dictionary, in plain TypeScript. */
import { readHeader, readTrie } from '../dictionary/decode.js'
import { type WeightedWord, weightOf, withWords } from '../dictionary/lexicon.js'
import { nodeOf, type Trie } from '../dictionary/trie.js'
import { parseUserDictionary, type UserWord } from '../dictionary/user-dictionary.js'
import { fingerprintOf } from '../fingerprint.js'
import { fullFolds } from '../fold/folds.js'
import { Folder } from '../scan.js'
import type { Segmenter, WordSink } from '../types.js'
import { textOf, unitsOf } from '../unit-text.js'
import { BestPath } from './best-path.js'

export interface DictionarySegmenterOptions {
  /** Bytes of a dictionary as `data/dictionary.bin` holds them. */
  dictionary: Uint8Array
  /**
   * More words, one `word [frequency] [tag]` per line. A word without frequency gets one that
   * keeps it whole where the dictionary alone would cut it up; frequency 0 takes a word away.
   * Words are folded first, and only those of Han, kana or hangul ever match.
   */
  userDictionary?: string
  /** What messages call the user dictionary; default `user dictionary`. */
  userDictionaryName?: string
}

/**
 * Checks the dictionary's header and the user dictionary at once; the words are read at the
 * first cut. Word ids are trie nodes; a single UTF-16 unit is its own id.
 * @throws TokenizerError DICTIONARY_CORRUPT, DICTIONARY_VERSION or USER_DICTIONARY; the first
 *   also at the first cut
 */
export function createDictionarySegmenter(options: DictionarySegmenterOptions): Segmenter {
  return new DictionarySegmenter(options)
}

class DictionarySegmenter implements Segmenter {
  readonly name = 'dictionary'
  readonly fingerprint: string
  readonly #bytes: Uint8Array
  readonly #userWords: UserWord[]
  #trie: Trie | null = null
  #path: BestPath | null = null

  constructor(options: DictionarySegmenterOptions) {
    const { dictionary, userDictionary = '', userDictionaryName = 'user dictionary' } = options
    const header = readHeader(dictionary)
    this.#bytes = dictionary
    this.#userWords = folded(parseUserDictionary(userDictionary, userDictionaryName))
    this.fingerprint = fingerprintOf(
      'best-path-1',
      `${header.checksum}`,
      this.#userWords.map(({ word, frequency }) => `${word} ${frequency}`).join('\n'),
    )
  }

  get idLimit(): number {
    this.#open()
    return (this.#trie as Trie).slots
  }

  cut(units: Uint16Array, start: number, end: number, sink: WordSink): void {
    const path = this.#path ?? this.#open()
    path.cut(units, start, end, sink)
  }

  #open(): BestPath {
    if (this.#path !== null) return this.#path
    const plain = readTrie(this.#bytes)
    const trie = this.#userWords.length === 0 ? plain : this.#withUserWords(plain)
    this.#trie = trie
    this.#path = new BestPath(trie)
    return this.#path
  }

  #withUserWords(plain: Trie): Trie {
    const header = readHeader(this.#bytes)
    const known = this.#userWords.filter(({ frequency }) => frequency !== null)
    const weighed: WeightedWord[] = known.map(({ word, frequency }) => ({
      word,
      weight: weightOf(header, frequency as number),
    }))
    const unknown = this.#userWords
      .filter(({ frequency }) => frequency === null)
      .map(({ word }) => ({ word, units: unitsOf(word) }))
    // They get their nodes now and their weights below, so that the words are laid out once.
    for (const { word, units } of unknown) {
      const node = nodeOf(plain, units)
      weighed.push({ word, weight: node < 0 ? Number.NEGATIVE_INFINITY : plain.weight[node]! })
    }
    const trie = withWords(plain, weighed)
    // A word without frequency is made just likelier than the best way to cut it up.
    const path = new BestPath(trie)
    const floor = weightOf(header, header.defaultFrequency)
    const weights = unknown.map(({ units }) => path.weigh(units, 0, units.length) + MARGIN)
    unknown.forEach(({ units }, i) => {
      trie.weight[nodeOf(trie, units)] = Math.max(floor, weights[i]!)
    })
    return trie
  }
}

/** Far above the rounding of sums, far below the effect of one more occurrence of a common word. */
const MARGIN = 1e-6

function folded(words: UserWord[]): UserWord[] {
  if (words.length === 0) return words
  const folder = new Folder(fullFolds)
  return words
    .map(({ word, frequency }) => {
      const { units, length } = folder.fold(word)
      return { word: textOf(units, 0, length), frequency }
    })
    .filter(({ word }) => word.length > 0)
}
