import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deflate } from '../build/deflate-portable.js'
import { memorySource } from '../segment/byte-source.js'
import { ChunkReader, ChunkWriter } from '../segment/chunks.js'
import { TERMS_PER_BLOCK } from '../segment/format.js'
import { isCharacter } from './term-block.js'
import { TermDictionary, TermDictionaryWriter, type TermEntry } from './term-dictionary.js'

function entriesOf(words: Iterable<string>): TermEntry[] {
  const sorted = [...new Set(words)].sort((a, b) => (a < b ? -1 : 1))
  return sorted.map((term, i) => {
    const frequency = 1 + (i % 5)
    const rows = frequency + (isCharacter(term) ? i % 3 : 0)
    return { term, frequency, rows, wordShare: i % 4, offset: i * 5 }
  })
}

function open(entries: readonly TermEntry[], kept = 2) {
  const chunks = new ChunkWriter(deflate, Number.POSITIVE_INFINITY)
  const writer = new TermDictionaryWriter(chunks)
  for (const entry of entries) writer.add(entry)
  const index = writer.finish(entries.length * 5 + 7)
  const bytes = chunks.finish()
  const reader = new ChunkReader(memorySource(bytes), 0, bytes.length, 'TERM', 1 << 20)
  return { reader, index, dictionary: new TermDictionary(reader, index, kept) }
}

/** Terms over few characters, so that they share prefixes; lone surrogates and astral included. */
const anyTerm = fc
  .array(fc.constantFrom(...'法治政府a1', '𠮷', '\ud842', '\uffff'), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join(''))
const terms = fc.array(anyTerm, { maxLength: 1500, size: 'max' })

describe('a term dictionary', () => {
  it('answers like a sorted list', () => {
    fc.assert(
      fc.property(
        terms,
        anyTerm,
        fc.nat({ max: 3 }),
        fc.nat({ max: 40 }),
        (all, asked, at, limit) => {
          const entries = entriesOf(all)
          const { dictionary } = open(entries)
          expect([...dictionary.entries()]).toEqual(entries)
          for (const word of [asked, ...all.slice(0, 30)]) {
            expect(dictionary.get(word)).toEqual(
              entries.find((entry) => entry.term === word) ?? null,
            )
            const starting = entries.filter((entry) => entry.term.startsWith(word))
            expect(dictionary.withPrefix(word, limit)).toEqual(starting.slice(0, limit))
          }
          const text = all.slice(0, 4).join('') + asked
          for (const size of [1, 2]) {
            const standing = entries.filter(
              (entry) => entry.term.length >= size && text.startsWith(entry.term, at),
            )
            expect(dictionary.standingAt(text, at, size)).toEqual(standing)
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('finds the pairs of a character, and no words', () => {
    const all = [
      '法',
      '法治',
      '法治政府',
      '法律',
      '法𠮷',
      '法𠮷家',
      '治',
      '𠮷',
      '𠮷法',
      '𠮷𠮷',
      '𠮷法治',
    ]
    const { dictionary } = open(entriesOf(all))
    const pairs = (character: string) => dictionary.pairsOf(character).map((entry) => entry.term)
    expect(pairs('法')).toEqual(['法', '法律', '法治', '法𠮷'])
    expect(pairs('𠮷').sort()).toEqual(['𠮷', '𠮷法', '𠮷𠮷'])
    expect(pairs('政')).toEqual([])
  })

  it('has no empty term, and may be empty', () => {
    const { dictionary } = open([])
    expect([dictionary.blockCount, dictionary.get('法'), dictionary.get('')]).toEqual([
      0,
      null,
      null,
    ])
    expect(dictionary.withPrefix('', 9)).toEqual([])
    expect(dictionary.standingAt('法治', 0, 1)).toEqual([])
  })

  it('cuts itself into blocks', () => {
    const words = Array.from({ length: TERMS_PER_BLOCK * 2 + 1 }, (_, i) => `w${i}`)
    const { dictionary } = open(entriesOf(words))
    expect(dictionary.blockCount).toBe(3)
    expect(dictionary.withPrefix('w', 1000)).toHaveLength(words.length)
  })

  it('refuses an index that lists another number of blocks', () => {
    const { reader } = open(entriesOf(['法', '治']))
    const { index } = open([])
    expect(() => new TermDictionary(reader, index, 2)).toThrow(
      'the dictionary has 1 blocks, its index lists 0',
    )
  })
})
