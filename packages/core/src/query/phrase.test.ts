import { Folder } from '@wenxun/tokenizer/scan'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findPhrase, phrasesOf } from './phrase.js'
import { scanText } from './scanned-text.js'

const folder = new Folder({ from: '復議楓橋經驗', to: '复议枫桥经验' })

/** The spans in `text` that some reading of `query` matches, as `[…]`. */
function matches(query: string, text: string, exact = false): string[] {
  const scanned = scanText(folder, text)
  const found = phrasesOf(scanText(folder, query)).flatMap((phrase) =>
    findPhrase(phrase, scanned, exact),
  )
  return found.map((spans) => {
    const first = spans[0]!
    const last = spans.at(-1)!
    return text.slice(scanned.originalStart(first.start), scanned.originalEnd(last.end))
  })
}

describe('a phrase', () => {
  it.each([
    ['法治政府', '建设法治政府，依法治政府', ['法治政府', '法治政府']],
    ['哈哈', '哈哈哈', ['哈哈', '哈哈']],
    ['行政复议', '行政復議', ['行政復議']],
    ['楓橋經驗', '“枫桥经验”', ['枫桥经验']],
    ['双随机、一公开', '双随机一公开', ['双随机一公开']],
    ['双随机、一公开', '“双随机，一公开”', ['双随机，一公开']],
    ['双随机一公开', '双随机、一公开', []],
    ['双随机一公开', '双随机 一公开', []],
    ['洛政文〔2025〕11号', '洛政文[2025]11号', ['洛政文[2025]11号']],
    ['洛政文〔2025〕11号', '洛政文（2025） 11 号', ['洛政文（2025） 11 号']],
    ['12345热线', '12345 热线', ['12345 热线']],
    ['12345热线', '112345热线', []],
    ['2024年', '二〇二四年', ['二〇二四年']],
    ['二〇二四年', '2024年', ['2024年']],
    ['96.87%', '９６.８７％', ['９６.８７％']],
    ['e-mail', 'e mail', ['e mail']],
    ['beet-root', 'beet root', ['beet root']],
    ['beet', 'beetroot', []],
  ])('%s in %s', (query, text, expected) => {
    expect([...new Set(matches(query, text))]).toEqual([...new Set(expected)])
  })

  it.each([
    ['双随机、一公开', '双随机、一公开', true],
    ['双随机、一公开', '双随机，一公开', false],
    ['双随机、一公开', '双随机一公开', false],
    ['法治 政府', '法治政府', true],
    ['法治 政府', '法治，政府', false],
    ['法治，政府', '法治 ， 政府', true],
  ])('in quotes, %s in %s: %s', (query, text, expected) => {
    expect(matches(query, text, true).length > 0).toBe(expected)
  })

  it('has no reading when it has no terms', () => {
    for (const text of ['', ' ', '，。！', '\u0000', '😀', '\ud800']) {
      expect(phrasesOf(scanText(folder, text))).toEqual([])
    }
  })

  it('does not take an ideograph outside the BMP for punctuation', () => {
    expect(matches('政府、建设', '政府𠮷建设')).toEqual([])
    expect(matches('政府、建设', '政府😀建设')).toEqual(['政府😀建设'])
  })
})

describe('a phrase of runs and separators', () => {
  const SIGN = '[，、 ]'
  const text = fc
    .array(fc.constantFrom(...'法治政法治，、 ', '𠮷', '🙂'), { maxLength: 14 })
    .map((parts) => parts.join(''))
  const query = fc
    .array(fc.constantFrom(...'法治政', '，', '、'), { minLength: 1, maxLength: 6 })
    .map((parts) => parts.join(''))
    .filter((phrase) => /[法治政]/.test(phrase))

  /** The rule as a pattern: signs may stand only where the query has signs. */
  function pattern(phrase: string, exact: boolean): RegExp {
    const parts = phrase.split(/([，、]+)/).filter((part) => part !== '')
    const wanted = parts.slice(parts.findIndex(isRun), parts.findLastIndex(isRun) + 1)
    const signs = (part: string) => `\\s*${[...part].map((sign) => `${sign}\\s*`).join('')}`
    const free = '(?:[^\\p{L}\\p{N}])*'
    const between = exact ? signs : () => free
    return new RegExp(wanted.map((part) => (isRun(part) ? part : between(part))).join(''), 'u')
  }

  const isRun = (part: string) => !new RegExp(SIGN).test(part)

  it.each([false, true])('is found where the rule says (exact: %s)', (exact) => {
    fc.assert(
      fc.property(query, text, (asked, where) => {
        const expected = where.search(pattern(asked, exact))
        const [phrase] = phrasesOf(scanText(folder, asked))
        const scanned = scanText(folder, where)
        const found = findPhrase(phrase!, scanned, exact)
        // Folding moves none of these characters.
        expect(found[0]?.[0]?.start ?? -1).toBe(expected)
      }),
      { numRuns: 3000 },
    )
  })
})
