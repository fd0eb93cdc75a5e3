/** What every Segmenter promises, whatever its words are. */

import type { Segmenter } from '@wenxun/tokenizer'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

export interface CutWord {
  readonly start: number
  readonly end: number
  readonly id: number
}

export function unitsOf(text: string): Uint16Array {
  return Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))
}

/** The words of `text`, placed at `offset` in a larger buffer. */
export function cut(segmenter: Segmenter, text: string, offset = 0): CutWord[] {
  const units = new Uint16Array(offset + text.length + 3).fill(0x6cd5)
  units.set(unitsOf(text), offset)
  const words: CutWord[] = []
  segmenter.cut(units, offset, offset + text.length, {
    word: (start, end, id) => words.push({ start, end, id }),
  })
  return words
}

export function cutTexts(segmenter: Segmenter, text: string): string[] {
  return cut(segmenter, text).map(({ start, end }) => text.slice(start, end))
}

/** Checks cover, order, ids and surrogates of one cut. */
export function expectSound(segmenter: Segmenter, text: string, offset = 0): CutWord[] {
  const words = cut(segmenter, text, offset)
  let at = offset
  let splits = 0
  let strayIds = 0
  for (const { start, end, id } of words) {
    if (start !== at || end <= start) break
    if (isInsidePair(text, start - offset)) splits++
    if (!Number.isInteger(id) || id < -1 || id >= Math.max(segmenter.idLimit, 0)) strayIds++
    at = end
  }
  expect({ coveredTo: at, splits, strayIds }).toEqual({
    coveredTo: offset + text.length,
    splits: 0,
    strayIds: 0,
  })
  return words
}

function isInsidePair(text: string, at: number): boolean {
  return (
    at > 0 &&
    at < text.length &&
    (text.charCodeAt(at - 1) & 0xfc00) === 0xd800 &&
    (text.charCodeAt(at) & 0xfc00) === 0xdc00
  )
}

const samples: [title: string, text: string][] = [
  ['nothing', ''],
  ['one character', '法'],
  ['one character outside of any dictionary', '㐂'],
  ['one astral character', '𠮷'],
  ['astral characters between others', '𠮷野家在𠀋𪚥之间𠮷'],
  ['half a pair at either end', '\uDFB7法治\uD842'],
  ['a repeated character', '哈'.repeat(5_000)],
  ['a repeated word', '法治政府'.repeat(2_000)],
  ['kana beside Han', 'すもももももももものうち食べるラーメン東京都'],
  ['hangul beside Han', '대한민국憲法한국어'],
  [
    'digits, Latin and punctuation, were they ever handed over',
    '2024年MCP管理，第1条。a\tb\u0000c',
  ],
]

export function describeSegmenter(name: string, create: () => Segmenter): void {
  describe(`segmenter ${name}`, () => {
    const segmenter = create()

    it.each(samples)('covers %s without gap or overlap', (_, text) => {
      expectSound(segmenter, text)
    })

    it('keeps to its span of the buffer', () => {
      const text = '建设法治政府'
      const words = expectSound(segmenter, text, 7)
      const moved = words.map(({ start, end, id }) => ({ start: start - 7, end: end - 7, id }))
      expect(moved).toEqual(cut(segmenter, text))
    })

    it('covers any text', () => {
      const text = fc.string({ unit: 'binary', maxLength: 60 })
      fc.assert(
        fc.property(text, (any) => {
          expectSound(segmenter, any)
        }),
        { numRuns: 300 },
      )
    })

    it('cuts the same text the same way again, and so does another one of its kind', () => {
      const text = '洛阳市人民政府关于法治政府建设情况的报告𠮷すもも'
      const first = cut(segmenter, text)
      cut(segmenter, '另外一段完全不同的话')
      expect(cut(segmenter, text)).toEqual(first)
      const other = create()
      expect(cut(other, text)).toEqual(first)
      expect(other.fingerprint).toBe(segmenter.fingerprint)
    })

    it('gives equal words equal ids and different words different ids', () => {
      const text = '法治政府建设法治政府𠮷野家𠮷政府建设法𠀋治'
      const words = new Map<number, Set<string>>()
      const ids = new Map<string, Set<number>>()
      for (const { start, end, id } of cut(segmenter, text)) {
        if (id < 0) continue
        const word = text.slice(start, end)
        words.set(id, (words.get(id) ?? new Set()).add(word))
        ids.set(word, (ids.get(word) ?? new Set()).add(id))
      }
      for (const set of [...words.values(), ...ids.values()]) expect(set.size).toBe(1)
    })

    it('covers a run of a million characters', () => {
      const sentence = '各级人民政府应当依法全面履行职责推进法治政府建设𠮷'
      expectSound(segmenter, sentence.repeat(Math.ceil(1_000_000 / sentence.length)))
    })
  })
}
