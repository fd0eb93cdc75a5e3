import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TrieBuilder } from '../dictionary/trie-builder.js'
import { unitsOf } from '../unit-text.js'
import { BestPath } from './best-path.js'

const UNKNOWN = -8

/** The slow twin: the definition, over code points, with a Map for a trie. */
function cutSlowly(text: string, words: Map<string, number>): string[] {
  return text.split(/([ \t\n，。])/).flatMap((range) => cutRange([...range], words))
}

function cutRange(chars: string[], words: Map<string, number>): string[] {
  const best: number[] = new Array(chars.length + 1).fill(0)
  const length: number[] = new Array(chars.length).fill(1)
  for (let i = chars.length - 1; i >= 0; i--) {
    best[i] = Number.NEGATIVE_INFINITY
    for (let j = i + 1; j <= chars.length; j++) {
      const word = chars.slice(i, j).join('')
      const weight = words.get(word) ?? (j === i + 1 ? UNKNOWN : undefined)
      if (weight === undefined || best[j]! + weight <= best[i]!) continue
      best[i] = best[j]! + weight
      length[i] = j - i
    }
  }
  const found: string[] = []
  for (let i = 0; i < chars.length; i += length[i]!) {
    found.push(chars.slice(i, i + length[i]!).join(''))
  }
  return found
}

function pathOf(words: Map<string, number>): BestPath {
  const builder = new TrieBuilder(8)
  for (const entry of [...words.keys()].sort()) {
    builder.add(unitsOf(entry), entry.length, words.get(entry)!)
  }
  return new BestPath(builder.build(UNKNOWN))
}

function cut(path: BestPath, text: string): string[] {
  const words: string[] = []
  path.cut(unitsOf(text), 0, text.length, {
    word: (start, end) => words.push(text.slice(start, end)),
  })
  return words
}

const weights = (...entries: [string, number][]) => new Map(entries)

// Few characters make many words overlap; two of them share their high surrogate.
const anyChar = fc.constantFrom('法', '治', '政', '府', '𠮷', '𠮶', 'か', '，', ' ')
const wordChars = fc.constantFrom('法', '治', '政', '府', '𠮷', '𠮶', 'か')
const word = fc.array(wordChars, { minLength: 1, maxLength: 4 }).map((list) => list.join(''))
const lexicon = fc
  .array(fc.tuple(word, fc.integer({ min: -12, max: -1 })), { maxLength: 30 })
  .map((entries) => new Map(entries))

describe('best path', () => {
  it('takes the likeliest words', () => {
    const path = pathOf(weights(['法治', -5], ['政府', -4], ['治政', -9], ['法', -6], ['府', -6]))
    expect(cut(path, '法治政府')).toEqual(['法治', '政府'])
  })

  it('starts with the shorter word when two paths are equal', () => {
    const path = pathOf(weights(['法', -2], ['法治', -3], ['治政', -3], ['政', -2]))
    expect(cut(path, '法治政')).toEqual(['法', '治政'])
  })

  it('leaves characters outside the dictionary alone, one by one', () => {
    expect(cut(pathOf(weights(['法治', -5])), '2024年法治')).toEqual([...'2024年', '法治'])
  })

  it('never splits a pair, in or outside of the dictionary', () => {
    const path = pathOf(weights(['𠮷野', -5], ['𠮷', -3]))
    expect(cut(path, '𠮷野𠮷𠮶')).toEqual(['𠮷野', '𠮷', '𠮶'])
  })

  it('keeps halves of pairs as they come', () => {
    const path = pathOf(weights(['法治', -5]))
    expect(cut(path, '\uD842法治\uDFB7')).toEqual(['\uD842', '法治', '\uDFB7'])
  })

  it('agrees with its slow twin', () => {
    fc.assert(
      fc.property(lexicon, fc.array(anyChar, { maxLength: 40 }), (words, list) => {
        const text = list.join('')
        expect(cut(pathOf(words), text)).toEqual(cutSlowly(text, words).filter((w) => w !== ''))
      }),
      { numRuns: 2000 },
    )
  })

  it('cuts a text longer than a piece as if in one piece', () => {
    const words = weights(['法治', -5], ['治政', -4], ['政府', -6], ['𠮷野', -5])
    const path = pathOf(words)
    const sentence = '法治政府建设𠮷野治政法治法治政府'
    const count = 10_000
    const once = cut(path, sentence)
    const many = cut(path, sentence.repeat(count))
    expect(many.length).toBe(once.length * count)
    expect(many.slice(-once.length)).toEqual(once)
  })

  it('covers a long text without any place that no word crosses', () => {
    const path = pathOf(weights(['哈哈', -3], ['哈哈哈', -4]))
    const text = '哈'.repeat(200_000)
    const words = cut(path, text)
    expect(words.join('')).toBe(text)
    expect(Math.max(...new Set(words.map((w) => w.length)))).toBe(3)
  })
})
