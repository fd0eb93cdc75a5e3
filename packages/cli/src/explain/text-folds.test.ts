import { createAnalyzer, type Folded } from '@wenxun/tokenizer'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { textFolds } from './text-folds.js'

const analyzer = createAnalyzer()

function foldsOf(text: string) {
  let folds: ReturnType<typeof textFolds> = []
  let folded = ''
  analyzer.analyze(text, {
    begin: (result: Folded) => {
      folds = textFolds(result)
      folded = String.fromCharCode(...result.units.subarray(0, result.length))
    },
    run: () => {},
    word: () => {},
    token: () => {},
  })
  return { folds, folded }
}

const shown = (text: string) =>
  foldsOf(text).folds.map(({ from, to, reasons }) => `${from}→${to} ${reasons.join('+')}`)

it.each([
  ['楓', '楓→枫 variant'],
  ['𪚥'.concat('驗'), '驗→验 variant'],
  ['𠮷', '𠮷→吉 variant'],
  ['２', '２→2 width'],
  ['Ａ', 'Ａ→a width+case'],
  ['É', 'É→e case+diacritics'],
  ['e\u0301', 'e\u0301→e diacritics'],
  ['㎏', '㎏→kg compatibility'],
  ['\uf900', '\uf900→岂 variant'],
  ['ø', 'ø→o letter'],
  ['“', '“→" punctuation'],
  ['常々', '々→常 repeat'],
  ['法\u200b治', '\u200b→ invisible'],
])('says why %j is changed', (text, fold) => {
  expect(shown(text)).toEqual([fold])
})

it('says nothing of text that stays and of white space', () => {
  expect(shown('法治\n政府\t2024')).toEqual([])
})

it('accounts for every change: the pieces put in place give the folded text', () => {
  const text = fc
    .array(
      fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 8 }),
        fc.constantFrom('楓橋', '㍿', 'é', '\u200b', '２０', '常々', '👩‍👩‍👧', '“', '𠮷', '\r\n'),
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join(''))
  const space = /\s/gu
  fc.assert(
    fc.property(text, (any) => {
      const { folds, folded } = foldsOf(any)
      let at = 0
      let rebuilt = ''
      for (const { start, end, from, to, reasons } of folds) {
        expect(any.slice(start, end)).toBe(from)
        expect(reasons.length).toBeGreaterThan(0)
        rebuilt += any.slice(at, start) + to
        at = end
      }
      rebuilt += any.slice(at)
      // White space became spaces, or nothing, without being listed; so did what stands for it.
      expect(rebuilt.replace(/[\s\p{Cc}]/gu, '')).toBe(folded.replace(space, ''))
    }),
    { numRuns: 300 },
  )
})
