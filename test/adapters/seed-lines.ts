/** The seed reports as short texts, and the truth about what stands in them. */
import { readdirSync, readFileSync } from 'node:fs'
import { Folder, foldToString } from '../../packages/tokenizer/src/fold/folder.js'
import { fullFolds } from '../../packages/tokenizer/src/fold/folds.js'

const folder = new URL('../../seeds/', import.meta.url)

/** Every line of the five reports that is not blank; a line's number is its id. */
export const lines: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .sort()
  .flatMap((name) => readFileSync(new URL(name, folder), 'utf8').split(/\r?\n/))
  .filter((line) => line.trim() !== '')

const folds = new Folder(fullFolds)
const fold = (text: string) => foldToString(folds.fold(text))
const folded = lines.map(fold)

/** Ids of the lines that hold a text, whatever script or width either is written in. */
export function holding(text: string): number[] {
  const wanted = fold(text)
  return lines.flatMap((_, id) => (folded[id]!.includes(wanted) ? [id] : []))
}

/** Ids of the lines that hold exactly these characters. */
export function matching(pattern: RegExp): number[] {
  return lines.flatMap((line, id) => (pattern.test(line) ? [id] : []))
}

/** Pieces of two to six Han characters from anywhere in the reports, in Simplified. */
export function pieces(count: number, seed: number): string[] {
  const random = lcg(seed)
  // Parts of numbers are no words to look for: 四年 in 二〇二四年.
  const word = /(?:(?![零一二三四五六七八九十百千万亿两])\p{sc=Han}){2,}/gu
  const runs = folded.flatMap((line) => line.match(word) ?? [])
  return Array.from({ length: count }, () => {
    const run = runs[random(runs.length)]!
    const size = Math.min(run.length, 2 + random(5))
    const start = random(run.length - size + 1)
    return run.slice(start, start + size)
  })
}

/** Numerical Recipes' generator: the same pieces in every run. */
function lcg(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
