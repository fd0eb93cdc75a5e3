import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textOf } from '../unit-text.js'
import { readHeader, readTrie } from './decode.js'
import { encodeDictionary } from './encode.js'
import { BLOCK_SHIFT, ROOT_SLOTS, visitWords } from './trie.js'

const FOLDS = '0123456789ab'

function encode(words: Record<string, number>): Uint8Array {
  const frequencies = new Map(Object.entries(words))
  const sum = [...frequencies.values()].reduce((a, b) => a + b, 0)
  return encodeDictionary({
    frequencies,
    frequencySum: sum,
    defaultFrequency: 3,
    folds: FOLDS,
    log: Math.log,
  })
}

function decode(bytes: Uint8Array): [word: string, frequency: number][] {
  const { frequencySum } = readHeader(bytes)
  const words: [string, number][] = []
  visitWords(readTrie(bytes), (units, length, weight) => {
    words.push([textOf(units, 0, length), Math.round(Math.exp(weight) * frequencySum)])
  })
  return words
}

describe('dictionary bytes', () => {
  it('give back every word with its frequency, sorted', () => {
    const words = { 法治: 3, 法治国: 3, 法院: 7, 一: 100_000, 𠮷野家: 12 }
    expect(decode(encode(words))).toEqual([
      ['一', 100_000],
      ['法治', 3],
      ['法治国', 3],
      ['法院', 7],
      ['𠮷野家', 12],
    ])
  })

  it('hold the trie of the example in the format description', () => {
    const bytes = encode({ 法治: 3, 法治国: 3, 法院: 7 })
    expect(readHeader(bytes)).toMatchObject({
      words: 3,
      slots: ROOT_SLOTS + 5,
      frequencySum: 13,
      weights: 2,
      depth: 3,
      folds: FOLDS,
    })
    const trie = readTrie(bytes)
    const above = (array: ArrayLike<number>) => Array.from(array).slice(ROOT_SLOTS)
    expect(above(trie.units)).toEqual([0, 0, ...[...'治院国'].map((char) => char.charCodeAt(0))])
    const [ofThree, ofSeven] = [Math.log(3 / 13), Math.log(7 / 13)]
    const none = Number.NEGATIVE_INFINITY
    expect(above(trie.weight)).toEqual([none, none, ofThree, ofSeven, ofThree])
    const law = '法'.charCodeAt(0)
    expect(trie.block[law]).toBe((ROOT_SLOTS << BLOCK_SHIFT) | 2)
    expect(above(trie.block)).toEqual([0, 0, ((ROOT_SLOTS + 4) << BLOCK_SHIFT) | 0, 0, 0])
  })

  it('survive any set of words', () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    const dictionary = fc.dictionary(word, fc.integer({ min: 1, max: 1_000_000 }), { minKeys: 1 })
    fc.assert(
      fc.property(dictionary, (words) => {
        const least = Math.min(...Object.values(words))
        // Single units of the least weight are as good as unknown.
        const expected = Object.entries(words)
          .filter(([spelling, frequency]) => spelling.length > 1 || frequency > least)
          .sort(([a], [b]) => (a < b ? -1 : 1))
        expect(decode(encode(words))).toEqual(expected)
      }),
      { numRuns: 50 },
    )
  })

  it('are the same bytes whatever the order of the words', () => {
    expect(encode({ 政府: 5, 法治: 3 })).toEqual(encode({ 法治: 3, 政府: 5 }))
  })

  it('never give other words when a byte is flipped', () => {
    const good = encode({ 法治: 3, 法治国: 3, 法院: 7, 政府: 9 })
    const words = decode(good)
    let refused = 0
    for (let i = 0; i < good.length; i++) {
      const bad = good.slice()
      bad[i]! ^= 0x10
      try {
        // Bits that fill up the last byte of deflated data mean nothing.
        expect(decode(bad), `byte ${i}`).toEqual(words)
      } catch (error) {
        expect((error as Error).message).toMatch(/Dictionary (is damaged|has format version)/)
        refused++
      }
    }
    expect(refused).toBeGreaterThanOrEqual(good.length - 1)
  })

  it('are refused when cut short or of another kind', () => {
    const good = encode({ 法治: 3 })
    expect(() => decode(good.subarray(0, 20))).toThrow('20 bytes, shorter than its header of 52')
    expect(() => decode(good.subarray(0, good.length - 1))).toThrow('damaged')
    expect(() => decode(new Uint8Array(100))).toThrow('does not start with "WXDC"')
  })

  it('of another version say so', () => {
    const bytes = encode({ 法治: 3 })
    bytes[4] = 9
    expect(() => readHeader(bytes)).toThrow('format version 9; this release reads 2')
  })
})
