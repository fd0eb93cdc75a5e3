import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Clause, parseQuery } from './parse-query.js'

const fields = new Set(['city', 'date', '__proto__'])

/** Clauses as `+text`, `-"quoted"`, `city:value`. */
function written(query: string): string {
  const sign = { should: '', must: '+', mustNot: '-' }
  return parseQuery(query, fields)
    .map(({ occur, text, quoted, field }: Clause) => {
      const shown = quoted ? `"${text}"` : text
      return sign[occur] + (field === null ? shown : `${field}:${shown}`)
    })
    .join(' ¦ ')
}

describe('a query', () => {
  it.each([
    ['法治政府', '法治政府'],
    ['法治 政府　建设', '法治 ¦ 政府 ¦ 建设'],
    ['+法治 -政府', '+法治 ¦ -政府'],
    ['"法治 政府"', '+"法治 政府"'],
    ['＂法治＂建设', '+"法治" ¦ 建设'],
    ['建设"法治"', '建设 ¦ +"法治"'],
    ['建设 -"法治"', '建设 ¦ -"法治"'],
    ['法治 city:洛阳', '法治 ¦ city:洛阳'],
    ['法治 -city：洛阳', '法治 ¦ -city:洛阳'],
    ['__proto__:x 法', '__proto__:x ¦ 法'],
  ])('%s reads as its operators say', (query, expected) => {
    expect(written(query)).toBe(expected)
  })

  it.each([
    ['+', '+'],
    ['- +', '- ¦ +'],
    ['--法治', '--法治'],
    ['+-法治', '+-法治'],
    ['"法治', '"法治'],
    ['法治"', '法治"'],
    ['"', '"'],
    ['e-mail', 'e-mail'],
    ['C++', 'C++'],
    ['时间:10', '时间:10'],
    ['city:', 'city:'],
    [':洛阳', ':洛阳'],
  ])('%s takes what is no operator as text', (query, expected) => {
    expect(written(query)).toBe(expected)
  })

  it.each([
    ['', ''],
    [' \n\t　', ''],
    ['""', '+""'],
    ['-法治', '法治'],
    ['-"法治" -政府', '+"法治" ¦ 政府'],
    ['-法治 city:洛阳', '-法治 ¦ city:洛阳'],
  ])('%j that wants nothing asks for what it excludes', (query, expected) => {
    expect(written(query)).toBe(expected)
  })

  it('is valid whatever it is, and keeps every letter', () => {
    const piece = fc.constantFrom(
      '+',
      '-',
      '"',
      '＂',
      ' ',
      ':',
      'city:',
      '法治',
      'a',
      '\ud842',
      '\u0000',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const query = pieces.join('')
        const texts = parseQuery(query, fields).map(({ text }) => text)
        const letters = (text: string) => text.match(/[法治a\ud842]|\p{Cs}/gu)?.join('') ?? ''
        expect(letters(texts.join(' ')).replaceAll('city', '')).toBe(
          letters(query).replaceAll('city', ''),
        )
      }),
    )
  })

  it('of 100,000 quotes, signs or colons is read at once', () => {
    for (const piece of ['"', '"a', '+', '-"', ':', 'city:', '" "']) {
      const clauses = parseQuery(piece.repeat(100_000), fields)
      expect(clauses.length).toBeLessThanOrEqual(200_000)
    }
  })
})
