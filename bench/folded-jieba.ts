/**
 * nodejieba with a choice of dictionary: the reference for our own cutter.
 * With the words of data/dictionary.bin it must cut folded text exactly as we do.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readHeader, readWords, visitWords } from '../packages/tokenizer/src/dictionary/decode.js'
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
  const list = readWords(bytes)
  visitWords(list, (units, length, weight) => {
    const frequency = Math.round(Math.exp(list.weights[weight]!) * frequencySum)
    sum += frequency
    lines.push(`${textOf(units, 0, length)} ${frequency} n`)
  })
  // What folding dropped still counts in the sum; a private-use character stands for it.
  lines.push(`\uE000 ${frequencySum - sum} n`)
  const folder = mkdtempSync(join(tmpdir(), 'wenxun-jieba-'))
  writeFileSync(join(folder, 'dict.utf8'), `${lines.join('\n')}\n`)
  writeFileSync(join(folder, 'user.utf8'), '')
  jieba.load({ dict: join(folder, 'dict.utf8'), userDict: join(folder, 'user.utf8') })
  rmSync(folder, { recursive: true })
}
