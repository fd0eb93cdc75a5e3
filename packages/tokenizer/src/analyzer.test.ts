import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadDictionary } from '#dictionary'
import { createAnalyzer } from './analyzer.js'
import { readHeader } from './dictionary/decode.js'
import { fingerprintOf } from './fingerprint.js'
import { createVocabularySegmenter } from './segmenters/vocabulary.js'
import { type Token, TokenKind } from './types.js'

const analyzer = createAnalyzer()

const shown = ({ term, start, end }: Token) => `${term}@${start}-${end}`
const tokensOf = (text: string) => analyzer.tokens(text).map(shown)

describe('analyzer', () => {
  it('cuts folded text and keeps offsets of the original', () => {
    expect(tokensOf('楓橋經驗，法治政府建設')).toEqual([
      '枫桥@0-2',
      '经验@2-4',
      '法治@5-7',
      '政府@7-9',
      '建设@9-11',
    ])
  })

  it('gives both scripts the same terms', () => {
    const terms = (text: string) => analyzer.tokens(text).map(({ term }) => term)
    expect(terms('臺灣地區與大陸地區人民關係條例')).toEqual(terms('台湾地区与大陆地区人民关系条例'))
  })

  it('keeps Latin and numbers beside the words', () => {
    const tokens = analyzer.tokens('使用MCP管理２４口交换机')
    expect(tokens.filter(({ kind }) => kind === TokenKind.word).map(shown)).toEqual([
      '使用@0-2',
      '管理@5-7',
      '口@9-10',
      '交换机@10-13',
    ])
    expect(tokens.map(shown)).toContain('mcp@2-5')
    expect(tokens.map(shown)).toContain('24@7-9')
  })

  it('reports runs that its words cover, after one begin', () => {
    const events: string[] = []
    analyzer.analyze('法治，政府A', {
      begin: ({ length }) => events.push(`begin ${length}`),
      run: (start, end) => events.push(`run ${start}-${end}`),
      word: (start, end) => events.push(`word ${start}-${end}`),
      token: (term) => events.push(`token ${term}`),
    })
    expect(events).toEqual(['begin 6', 'run 0-2', 'word 0-2', 'run 3-5', 'word 3-5', 'token a'])
  })

  it('sorts tokens, with spans inside of any text', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 })
    const mixed = fc
      .array(fc.oneof(text, fc.constantFrom('法治政府', '二〇二四年', '𠮷野家', '96.87%', 'é')))
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(mixed, (any) => {
        let previous = { start: 0, end: 0 }
        for (const token of analyzer.tokens(any)) {
          const { start, end } = token
          expect(start).toBeLessThan(end)
          expect(end).toBeLessThanOrEqual(any.length)
          expect(start > previous.start || (start === previous.start && end >= previous.end)).toBe(
            true,
          )
          previous = token
        }
      }),
      { numRuns: 500 },
    )
  })

  it('is the same from one process to the next, and differs with what it is made of', () => {
    expect(createAnalyzer().fingerprint).toBe(analyzer.fingerprint)
    expect(createAnalyzer({ dictionary: loadDictionary() }).fingerprint).toBe(analyzer.fingerprint)
    const others = [
      createAnalyzer({ userDictionary: '府院联动' }),
      createAnalyzer({ userDictionary: '府院联动 5' }),
      createAnalyzer({ segmenter: createVocabularySegmenter(['法治']) }),
      createAnalyzer({ segmenter: createVocabularySegmenter(['法', '治']) }),
    ]
    const fingerprints = new Set([analyzer, ...others].map(({ fingerprint }) => fingerprint))
    expect(fingerprints.size).toBe(5)
    for (const fingerprint of fingerprints) expect(fingerprint).toMatch(/^[0-9a-f]{12}$/)
  })

  it('refuses a segmenter together with a dictionary', () => {
    const segmenter = createVocabularySegmenter(['法治'])
    expect(() => createAnalyzer({ segmenter, userDictionary: '法治' })).toThrow(
      'Pass either a segmenter or a dictionary, not both.',
    )
  })

  it('ships a dictionary that was folded by the table it folds with', () => {
    const { from, to } = analyzer.folds
    expect(readHeader(loadDictionary()).folds).toBe(fingerprintOf(from, to))
  })

  it('says that a damaged dictionary is damaged', () => {
    const damaged = Uint8Array.from(loadDictionary())
    damaged[damaged.length >> 1]! ^= 1
    expect(() => createAnalyzer({ dictionary: damaged }).tokens('法治')).toThrow(
      expect.objectContaining({ code: 'DICTIONARY_CORRUPT' }),
    )
  })
})
