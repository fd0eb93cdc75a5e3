import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cardinal, positional, shiftDecimal } from './numeral.js'

const digits = '零一二三四五六七八九'

/** Below 10,000 as it is read out: 1203 → 一千二百零三. */
function readSection(number: number): string {
  const padded = `${number}`.padStart(4, '0')
  const places = [...padded].map((digit, i) =>
    digit === '0' ? '零' : digits[+digit]! + ['千', '百', '十', ''][i]!,
  )
  return places
    .join('')
    .replace(/零+/g, '零')
    .replace(/^零|零$/g, '')
}

/** A number as it is read out, the textbook way: the slow twin of `cardinal`. */
function read(number: number): string {
  const sections: [number, string][] = [
    [Math.floor(number / 1e8), '亿'],
    [Math.floor(number / 1e4) % 1e4, '万'],
    [number % 1e4, ''],
  ]
  let text = ''
  for (const [value, unit] of sections) {
    if (value === 0) {
      if (text && !text.endsWith('零')) text += '零'
    } else
      text += (text && value < 1000 && !text.endsWith('零') ? '零' : '') + readSection(value) + unit
  }
  return text.replace(/零$/, '')
}

describe('cardinal', () => {
  it('reads every number that can be written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999_999 }), (number) => {
        expect([read(number), cardinal(read(number))]).toEqual([read(number), number])
      }),
      { numRuns: 2_000 },
    )
    for (let number = 1; number < 2_000; number++) expect(cardinal(read(number))).toBe(number)
  })

  it.each([
    ['十', 10],
    ['十五', 15],
    ['十二万', 120_000],
    ['两千零三', 2_003],
    ['一万亿', 1_000_000_000_000],
    ['叁佰伍拾', 350],
  ])('reads %s', (numeral, number) => {
    expect(cardinal(numeral)).toBe(number)
  })

  it.each([
    '百',
    '千万',
    '万一',
    '二三十',
    '三万五',
    '一百二',
    '三十百',
    '十十',
    '一百零',
    '一一百',
    '零十',
  ])('refuses %s', (numeral) => {
    expect(cardinal(numeral)).toBeNull()
  })
})

describe('positional', () => {
  it('reads digits one by one and nothing else', () => {
    expect(positional('二零二四')).toBe('2024')
    expect(positional('二十')).toBeNull()
  })
})

describe('shiftDecimal', () => {
  it.each([
    ['4.36', 4, '43600'],
    ['0.5', 8, '50000000'],
    ['1.23456', 4, '12345.6'],
    ['007', 0, '7'],
    ['2.50', 0, '2.5'],
    ['100', 0, '100'],
    ['0', 4, '0'],
  ])('%s by %i is %s', (number, places, expected) => {
    expect(shiftDecimal(number, places)).toBe(expected)
  })
})
