/** Any string is a valid query and any text a valid paragraph: never a crash, never a wrong mark. */

import { openIndex, type SourceDocument } from '@wenxun/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { build, find, marked, open } from '../support/notation.js'

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' })

/** Pieces that have made programs fall: operators, controls, halves of pairs, joiners, marks. */
const PIECES = [
  ...[
    '法治',
    '政府',
    '楓橋',
    '二〇二四年',
    '2024',
    '96.87%',
    'MCP',
    'é',
    'ﬁ',
    '㎏',
    '½',
    '々',
    '〇',
  ],
  ...[
    '+',
    '-',
    '"',
    '＂',
    ':',
    '：',
    'city:',
    '__proto__:',
    '(',
    '*',
    '..',
    'OR',
    '\\',
    '//',
    '<b>',
  ],
  ...[
    ' ',
    '\n',
    '\r\n',
    '\t',
    '\u0000',
    '\u0007',
    '\u001b[31m',
    '\u200b',
    '\u200d',
    '\ufeff',
    '\u00ad',
  ],
  ...[
    '\ud842',
    '\udfb7',
    '𠮷',
    '葛\u{e0100}',
    '👩‍⚕️',
    '👍🏽',
    '🇨🇳',
    'e\u0301',
    'か\u3099',
    '\u202e',
    '한',
    '\u1112\u1161',
    // Belongs to what follows, whatever that is.
    '\u0d4e',
  ],
] as const

const odd = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 2 })), {
    maxLength: 12,
  })
  .map((pieces) => pieces.join(''))

/** Characters of the first two planes that are one grapheme with the ideograph behind them. */
function beforeIdeographs(): string[] {
  const found: string[] = []
  for (let code = 0; code < 0x20000; code++) {
    const text = `${String.fromCodePoint(code)}一`
    if ((code & 0x1ff800) !== 0xd800 && [...graphemes.segment(text)].length === 1) found.push(text)
  }
  return found
}

describe('odd text', () => {
  it('is marked with what belongs to the next character', () => {
    const texts = beforeIdeographs()
    expect(texts.length).toBeGreaterThan(10)
    const index = open([{ id: 'a', paragraphs: texts.map((text) => ({ text })) }])
    for (const text of texts) {
      for (const hit of index.search(text, { limit: 1000 }).hits) {
        expect(hit.highlights, hit.text).toEqual([[0, hit.text.length]])
      }
    }
  })

  it('is found and marked without a split character', () => {
    fc.assert(
      fc.property(fc.array(odd, { minLength: 1, maxLength: 4 }), odd, (texts, query) => {
        const index = open([
          { id: 'a', title: texts[0]!, paragraphs: texts.map((text) => ({ text })) },
        ])
        for (const asked of [query, texts[0]!, `"${texts[0]!}"`]) {
          for (const hit of index.search(asked, { snippetLength: 5 }).hits) {
            expect(texts).toContain(hit.text)
            const { text, highlights, snippet, snippetStart } = hit
            const edges = new Set([...graphemes.segment(text)].map(({ index: at }) => at))
            let before = -1
            for (const [start, end] of highlights) {
              expect(start).toBeGreaterThan(before)
              expect(end).toBeGreaterThan(start)
              expect(edges.has(start), marked(hit)).toBe(true)
              expect(end === text.length || edges.has(end), marked(hit)).toBe(true)
              before = end
            }
            const shown = snippet.map((part) => part.text).join('')
            expect(text.slice(snippetStart, snippetStart + shown.length)).toBe(shown)
          }
        }
      }),
      { numRuns: 100 },
    )
  })

  it('is given back as it was, halves of surrogate pairs and controls included', () => {
    const texts = PIECES.map((piece, i) => `法治${i}${piece}法治`)
    const index = open([{ id: 'a', paragraphs: texts.map((text) => ({ text })) }])
    const found = index.search('法治', { limit: 1000 }).hits.map(({ text }) => text)
    expect(found.sort()).toEqual([...texts].sort())
  })
})

describe('odd queries', () => {
  const index = open(`
    a 《年度报告》 city=洛阳: 总则 § 法治政府建设 | 双随机、一公开 | MCP管理
    b: 楓橋經驗
  `)

  it.each([
    ...[
      '',
      ' ',
      '+',
      '-',
      '"',
      '""',
      '+-',
      '- - -',
      '"""',
      ':',
      'city:',
      '+""',
      '-""',
      '，。！',
      '…',
    ],
    ...[
      '\u0000',
      '\u0001\u0002',
      '\ud800',
      '\udc00\ud800',
      '😀',
      '👩‍⚕️',
      '\u200b',
      '\ufeff',
      '(((',
      '\\',
      '*',
    ],
  ])('%j finds nothing, exactly', (query) => {
    expect(index.search(query)).toMatchObject({
      query,
      total: 0,
      totalIsExact: true,
      hits: [],
      suggestions: [],
    })
  })

  it.each([
    ['法治\u0000政府', 'a.0'],
    ['\ud800法治政府', 'a.0'],
    ['法治政府\udc00', 'a.0'],
    ['😀法治政府😀', 'a.0'],
    ['--法治政府', 'a.0'],
    ['"法治政府', 'a.0'],
    ['法治政府"', 'a.0'],
    ['-法治政府', 'a.0'],
    ['+法治政府', 'a.0'],
    ['toString:法治政府', 'a.0'],
    ['法治政府 constructor', 'a.0'],
    ['法\u200b治\u00ad政府', 'a.0'],
    ['<b>法治政府</b>', 'a.0'],
  ])('%j finds what it says', (query, expected) => {
    expect(find(index, query, { limit: 1 })).toBe(expected)
  })

  it('of 100 kB are answered', () => {
    const long = [
      '法治政府'.repeat(9000),
      '法治 '.repeat(14_000),
      Array.from({ length: 16_000 }, (_, i) => `法${i}`).join(' '),
      '"'.repeat(100_000),
      '-'.repeat(100_000),
      '+法 '.repeat(20_000),
      'a'.repeat(100_000),
      '一'.repeat(33_000),
      `"${'政府 '.repeat(14_000)}"`,
      '\ud800'.repeat(50_000),
      'é'.repeat(50_000),
    ]
    for (const query of long) expect(index.search(query).query).toBe(query)
  })

  it('of a hundred thousand different characters are answered', () => {
    const every = Array.from({ length: 0x10000 - 0x3400 }, (_, i) =>
      String.fromCharCode(0x3400 + i),
    )
    expect(() => index.search(every.join(''))).not.toThrow()
    expect(() => index.search(every.join(' '))).not.toThrow()
  })
})

describe('odd documents', () => {
  it('may have metadata with the names of object members', () => {
    const meta = JSON.parse('{"__proto__": "甲", "constructor": ["乙"], "toString": 3}')
    const document: SourceDocument = { id: '__proto__', meta, paragraphs: [{ text: '法治' }] }
    const index = openIndex(build([document, { id: 'b', paragraphs: [{ text: '法治' }] }]))
    index.verify()
    const [hit] = index.search('法治 __proto__:甲').hits
    expect(Object.entries(hit!.document.meta)).toEqual(Object.entries(meta))
    expect(Object.getPrototypeOf(hit!.document.meta)).toBe(Object.prototype)
    expect(find(index, '法治 __proto__:丙')).toBe('')
    expect(find(index, '法治 constructor:乙 toString:3')).toBe('__proto__.0')
    expect(find(index, '法治', { filter: JSON.parse('{"__proto__": "甲"}') })).toBe('__proto__.0')
    expect(find(index, '法治', { sort: '__proto__:desc' })).toBe('__proto__.0 b.0')
  })

  it('may be long, and say one thing only', () => {
    const index = open([
      {
        id: 'a',
        paragraphs: [{ text: '哈'.repeat(100_000) }, { text: `${'的'.repeat(70_000)}完` }],
      },
      { id: 'b', title: '法'.repeat(5000), paragraphs: [{ text: 'a'.repeat(100_000) }] },
      { id: 'c', paragraphs: Array.from({ length: 3000 }, () => ({ text: '法' })) },
    ])
    index.verify()
    expect(find(index, '哈哈哈')).toBe('a.0')
    expect(find(index, '"的的完"')).toBe('a.1')
    expect(index.search('法', { limit: 5000 }).hits).toHaveLength(3001)
    expect(index.search('哈哈').hits[0]!.highlights).toEqual([[0, 100_000]])
  })

  it('may have more characters than the text store has codes', () => {
    const every = Array.from({ length: 0xd800 - 0x3400 }, (_, i) => String.fromCharCode(0x3400 + i))
    const texts = Array.from({ length: 90 }, (_, i) => every.slice(i * 450, (i + 1) * 450).join(''))
    const index = open([{ id: 'a', paragraphs: texts.map((text) => ({ text })) }])
    for (const [i, text] of texts.entries()) {
      const piece = text.slice(200, 204)
      if (text.length > 204 && /^\p{Script=Han}{4}$/u.test(piece)) {
        expect(find(index, `"${piece}"`)).toContain(`a.${i}`)
      }
    }
  })
})
