import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAnalyzer } from '../analyzer.js'
import { Folder, foldToString } from '../fold/folder.js'
import { fullFolds } from '../fold/folds.js'
import { gramSegmenter } from './gram-segmenter.js'
import { indexTerms, queryTerms, requiredTerms, type TermOptions } from './search-terms.js'

const analyzer = createAnalyzer()
const folder = new Folder(fullFolds)

const shown = (text: string, options?: TermOptions) =>
  indexTerms(analyzer, text, options).map(
    ({ term, start, end, kind }) => `${term}@${start}-${end} ${kind}`,
  )

describe('indexTerms', () => {
  it('gives words, characters and pairs once each, with offsets of the original', () => {
    expect(shown('楓橋經驗')).toEqual([
      '枫@0-1 character',
      '枫桥@0-2 word',
      '桥@1-2 character',
      '桥经@1-3 bigram',
      '经@2-3 character',
      '经验@2-4 word',
      '验@3-4 character',
    ])
  })

  it('leaves out words or grams when they are not wanted', () => {
    expect(shown('楓橋經驗', { grams: false })).toEqual(['枫桥@0-2 word', '经验@2-4 word'])
    expect(shown('楓橋', { words: false })).toEqual([
      '枫@0-1 character',
      '枫桥@0-2 bigram',
      '桥@1-2 character',
    ])
  })

  it('never splits a character outside the BMP', () => {
    expect(shown('𪚥野', { words: false })).toEqual([
      '𪚥@0-2 character',
      '𪚥野@0-3 bigram',
      '野@2-3 character',
    ])
  })

  it('marks exactly what a term came from', () => {
    const part = fc.constantFrom(
      '法治政府',
      '楓橋',
      '𠮷',
      '㍿',
      'Ａ',
      'é',
      '４.３６万',
      '二〇二四',
      '，',
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const text = parts.join('')
        for (const { term, start, end, kind } of indexTerms(analyzer, text)) {
          const slice = foldToString(folder.fold(text.slice(start, end)))
          // A value says what the slice means; a character may be a part of ㍿.
          if (kind === 'value' || kind === 'stem') expect(slice).not.toBe('')
          else expect(slice).toContain(term)
        }
      }),
    )
  })
})

describe('requiredTerms', () => {
  it.each([
    ['第一百二十条', ['120', '第', '条']],
    ['二〇二四年十二月三日', ['2024-12-03']],
    ['4.36万', ['43600']],
    ['百分之九十', ['90%']],
    ['一网通办', ['一网', '网通', '通办']],
    ['办', ['办']],
    ['running C++', ['~run', 'c++']],
    ['MCP管理', ['~mcp', '管理']],
    ['。', []],
  ])('wants the values and pairs of %s', (query, terms) => {
    expect(requiredTerms(analyzer, query)).toEqual(terms)
  })

  it('wants what is written when asked for that', () => {
    expect(requiredTerms(analyzer, '第120条', 'literal')).toEqual(['120', '第', '条'])
    expect(requiredTerms(analyzer, '三点', 'literal')).toEqual(['三点'])
    expect(requiredTerms(analyzer, 'running', 'literal')).toEqual(['running'])
  })

  it.each([
    ['二〇二四年', '2024年'],
    ['第一百二十条', '第１２０条'],
    ['2025年3月12日', '2025-03-12'],
    ['4.36万', '43600'],
    ['1,234', '1234'],
  ])('of %s are in %s, and the other way round', (one, other) => {
    for (const [query, text] of [
      [one, other],
      [other, one],
    ]) {
      const terms = queryTerms(analyzer, text!)
      expect(terms).toEqual(expect.arrayContaining(requiredTerms(analyzer, query!)))
    }
  })

  it('of a piece are always in the text that holds it, with a dictionary or without', () => {
    const han = fc.string({
      unit: fc.constantFrom(...'法治政府建设楓橋經驗聯動𠮷𰻞網通辦的是了'),
      minLength: 1,
      maxLength: 30,
    })
    const plain = createAnalyzer({ segmenter: gramSegmenter })
    fc.assert(
      fc.property(han, fc.nat(), fc.nat(), (text, a, b) => {
        const characters = [...text]
        const start = a % characters.length
        const piece = characters.slice(start, start + 1 + (b % characters.length)).join('')
        const required = requiredTerms(plain, piece)
        expect(required.length).toBeGreaterThan(0)
        expect(queryTerms(analyzer, `是${text}A`)).toEqual(expect.arrayContaining(required))
      }),
    )
  })
})
