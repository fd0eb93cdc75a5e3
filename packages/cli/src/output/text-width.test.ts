import { describe, expect, it } from 'vitest'
import { padEnd, printable, textWidth, truncate, wrapMarked } from './text-width.js'

const wrap = (text: string, width: number) =>
  wrapMarked([{ text, hit: false }], width).map((line) => line.map((part) => part.text).join(''))

describe('textWidth', () => {
  it('counts two cells for a full-width character and for an emoji sequence', () => {
    expect(textWidth('abc')).toBe(3)
    expect(textWidth('法治gov')).toBe(7)
    expect(textWidth('（９６％）')).toBe(10)
    expect(textWidth('👩‍👩‍👧')).toBe(2)
  })

  it('counts nothing for combining marks and control characters', () => {
    expect(textWidth('e\u0301')).toBe(1)
    expect(textWidth('\u200B\u0007')).toBe(0)
  })
})

it('pads and truncates by cells, not by characters', () => {
  expect(padEnd('洛阳', 6)).toBe('洛阳  ')
  expect(truncate('法治政府建设', 7)).toBe('法治政…')
  expect(truncate('法治', 4)).toBe('法治')
})

describe('wrapMarked', () => {
  it('breaks Chinese anywhere but before closing punctuation', () => {
    expect(wrap('依法行政，执法为民。', 8)).toEqual(['依法行', '政，执法', '为民。'])
  })

  it('never leaves opening punctuation at the end of a row', () => {
    expect(wrap('印发《方案》', 6)).toEqual(['印发', '《方', '案》'])
  })

  it('keeps a Latin word together and drops the space at the break', () => {
    expect(wrap('open source 搜索 engine', 8)).toEqual(['open', 'source', '搜索', 'engine'])
  })

  it('tears a word apart only when no row can hold it', () => {
    expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij'])
  })

  it('keeps marks over a break', () => {
    const parts = [
      { text: '推进', hit: false },
      { text: '法治政府', hit: true },
      { text: '建设', hit: false },
    ]
    expect(wrapMarked(parts, 8)).toEqual([
      [
        { text: '推进', hit: false },
        { text: '法治', hit: true },
      ],
      [
        { text: '政府', hit: true },
        { text: '建设', hit: false },
      ],
    ])
  })
})

it('makes escape sequences and direction overrides of a document harmless', () => {
  expect(printable('红\u001B[31m色\r\n\u202Eabc')).toBe('红 [31m色 abc')
})
