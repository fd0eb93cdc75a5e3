/**
 * nodejieba with a choice of dictionary: the reference for our own cutter.
 * With the words of data/dictionary.bin it must cut folded text exactly as we do.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Folder, foldToString } from '@wenxun/tokenizer/scan'
import { readHeader, readTrie } from '../packages/tokenizer/src/dictionary/decode.js'
import { visitWords } from '../packages/tokenizer/src/dictionary/trie.js'
import { fullFolds } from '../packages/tokenizer/src/fold/folds.js'
import { textOf } from '../packages/tokenizer/src/unit-text.js'

export interface NodeJieba {
  load(options?: { dict: string; userDict: string }): void
  /** Cuts without HMM. */
  cut(text: string): string[]
  cutForSearch(text: string): string[]
}

const tokenizer = new URL('../packages/tokenizer/', import.meta.url)

/** nodejieba with its own dictionary, or null where it is not installed or was not built. */
export function loadJieba(): NodeJieba | null {
  try {
    const jieba = createRequire(new URL('package.json', tokenizer))('nodejieba') as NodeJieba
    jieba.load()
    return jieba
  } catch {
    return null
  }
}

/** Makes nodejieba read the words of data/dictionary.bin, with the same sum of frequencies. */
export function useFoldedDictionary(jieba: NodeJieba): void {
  const bytes = readFileSync(new URL('data/dictionary.bin', tokenizer))
  const { frequencySum } = readHeader(bytes)
  const lines: string[] = []
  let sum = 0
  visitWords(readTrie(bytes), (units, length, weight) => {
    const frequency = Math.round(Math.exp(weight) * frequencySum)
    sum += frequency
    lines.push(`${textOf(units, 0, length)} ${frequency} n`)
  })
  loadWords(jieba, lines, frequencySum - sum)
}

/**
 * Makes nodejieba read its own dictionary, every word of it folded and nothing else changed; of
 * words that fold to one spelling the more frequent counts. Knows nothing of our dictionary.
 */
export function useOwnDictionaryFolded(jieba: NodeJieba): void {
  const module = dirname(createRequire(new URL('package.json', tokenizer)).resolve('nodejieba'))
  const dict = (file: string) =>
    readFileSync(join(module, 'submodules/cppjieba/dict', file), 'utf8').split(/\r?\n/)
  const folder = new Folder(fullFolds)
  const frequencies = new Map<string, number>()
  let left = 0
  const add = (word: string, frequency: number) => {
    const spelling = foldToString(folder.fold(word))
    const before = frequencies.get(spelling) ?? 0
    frequencies.set(spelling, Math.max(before, frequency))
    left += Math.min(before, frequency)
  }
  for (const line of dict('jieba.dict.utf8')) {
    const [word, frequency] = line.split(' ')
    if (word) add(word, Number(frequency))
  }
  // As cppjieba does, with the median where there is no frequency; not part of the sum.
  for (const line of dict('user.dict.utf8')) {
    const [word, frequency] = line.split(' ')
    if (!word) continue
    add(word, Number(frequency) || 3)
    left -= Number(frequency) || 3
  }
  loadWords(
    jieba,
    [...frequencies].map(([word, frequency]) => `${word} ${frequency} n`),
    left,
  )
}

/** What folding dropped still counts in the sum; a private-use character stands for it. */
function loadWords(jieba: NodeJieba, lines: readonly string[], dropped: number): void {
  const all = [...lines, `\uE000 ${dropped} n`]
  const folder = mkdtempSync(join(tmpdir(), 'wenxun-jieba-'))
  writeFileSync(join(folder, 'dict.utf8'), `${all.join('\n')}\n`)
  writeFileSync(join(folder, 'user.utf8'), '')
  jieba.load({ dict: join(folder, 'dict.utf8'), userDict: join(folder, 'user.utf8') })
  rmSync(folder, { recursive: true })
}
