import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scan } from '../scan/scan.js'
import { Folder, foldToString } from './folder.js'
import { fullFolds } from './folds.js'
import { restrictFolds } from './restrict.js'

const full = new Folder(fullFolds)

/** Characters with the original place they came from: `发@3`. */
function placed(folder: Folder, text: string): string[] {
  const { starts, ...folded } = folder.fold(text)
  const found: string[] = []
  let at = 0
  for (const char of foldToString({ ...folded, starts })) {
    found.push(`${char}@${starts?.[at] ?? at}`)
    at += char.length
  }
  return found
}

describe('a restricted table', () => {
  it('keeps the pairs of its alphabet', () => {
    const folder = new Folder(restrictFolds(fullFolds, (char) => '枫桥'.includes(char)))
    expect(foldToString(folder.fold('楓橋經驗 ＡＢ〔１〕'))).toBe('枫桥經驗 ab(1)')
  })

  it('reads numbers even where the index never saw the characters', () => {
    const folder = new Folder(restrictFolds(fullFolds, () => false))
    const terms: string[] = []
    scan(folder.fold('貳佰萬'), { run() {}, token: (term) => terms.push(term) })
    expect(terms).toEqual(['2000000'])
  })

  it('agrees with the full one on every character whose fold is in the alphabet', () => {
    const alphabet = [...new Set(fullFolds.to)]
    const bite = fc.oneof(
      fc.constantFrom(...fullFolds.from),
      fc.constantFrom(...alphabet),
      fc.constantFrom(...'々〇○二ａé１\u0301\ufe00㎡ｶﾞ\u{2f800}\uf900'),
    )
    fc.assert(
      fc.property(
        fc.array(bite, { maxLength: 30 }).map((bites) => bites.join('')),
        fc.integer({ min: 1, max: 7 }),
        (text, share) => {
          const keep = (char: string) => char.codePointAt(0)! % 7 < share
          const restricted = new Folder(restrictFolds(fullFolds, keep))
          const there = new Set(placed(restricted, text))
          const missing = placed(full, text).filter((char) => keep(char) && !there.has(char))
          expect(missing).toEqual([])
        },
      ),
      { numRuns: 100 },
    )
  })
})
