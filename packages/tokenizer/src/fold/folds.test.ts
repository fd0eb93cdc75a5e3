import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { foldByRule } from './char-fold.js'
import { Folder, foldToString } from './folder.js'
import { fullFolds } from './folds.js'

function openccIsInstalled(): Promise<boolean> {
  return import('opencc-js/dict/TSCharacters' as string).then(
    () => true,
    () => false,
  )
}

const hasOpencc = await openccIsInstalled()
const note = hasOpencc ? '' : ' (skipped: opencc-js is not installed)'

describe('the fold table', () => {
  const from = [...fullFolds.from]
  const to = [...fullFolds.to]

  it('pairs every character with another that stands for itself', () => {
    const sources = new Set(from)
    expect(to.length).toBe(from.length)
    expect(sources.size).toBe(from.length)
    expect(to.filter((char) => sources.has(char))).toEqual([])
  })

  it('holds nothing that a rule folds, so the two never disagree', () => {
    expect([...from, ...to].filter((char) => foldByRule(char) !== char)).toEqual([])
  })

  it('folds in one step: folding twice changes no character of Unicode', () => {
    const folder = new Folder(fullFolds)
    const unstable: string[] = []
    for (let point = 0; point < 0x32000; point++) {
      const once = foldToString(folder.fold(String.fromCodePoint(point)))
      if (foldToString(folder.fold(once)) !== once) unstable.push(point.toString(16))
    }
    expect(unstable).toEqual([])
  })

  it.skipIf(!hasOpencc)(`is what make-folds.mjs writes today${note}`, async () => {
    const { foldModule } = await import('../../scripts/make-folds.mjs' as string)
    const module = readFileSync(new URL('./fold-data.ts', import.meta.url), 'utf8')
    expect((await foldModule()) === module).toBe(true)
  })

  it.skipIf(!hasOpencc)(`agrees with OpenCC's own Traditional → Simplified${note}`, async () => {
    const dictionary = await import('opencc-js/dict/TSCharacters' as string)
    const folder = new Folder(fullFolds)
    const fold = (char: string) => foldToString(folder.fold(char))
    const pairs = (dictionary.default as string).split('|').map((line) => line.split(' '))
    const wrong = pairs.filter(
      ([traditional, simplified]) => fold(traditional!) !== fold(simplified!),
    )
    expect(pairs.length).toBeGreaterThan(3_000)
    expect(wrong).toEqual([])
  })
})
