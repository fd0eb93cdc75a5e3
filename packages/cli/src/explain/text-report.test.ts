import pc from 'picocolors'
import { expect, it } from 'vitest'
import { textWidth } from '../output/text-width.js'
import { formatAnalysis, type TextAnalysis } from './text-report.js'

const analysis: TextAnalysis = {
  text: '楓橋２０２４，年',
  folded: '枫桥2024,年',
  folds: [
    { start: 0, end: 1, from: '楓', to: '枫', reasons: ['variant'] },
    { start: 1, end: 2, from: '橋', to: '桥', reasons: ['variant'] },
    { start: 2, end: 3, from: '２', to: '2', reasons: ['width'] },
  ],
  tokens: [
    { term: '枫桥', start: 0, end: 2, kind: 'word' },
    { term: '2024', start: 2, end: 6, kind: 'whole' },
    { term: '年', start: 7, end: 8, kind: 'word' },
  ],
  characters: ['枫', '桥', '年'],
  bigrams: ['枫桥'],
}

const report = (columns: number) =>
  formatAnalysis(analysis, {
    write: () => {},
    colors: pc.createColors(false),
    isTerminal: columns > 0,
    columns,
  }).split('\n')

it('aligns full-width text in columns and lists the folds by their reason', () => {
  expect(report(0)).toEqual([
    ' at  text      term  kind      folded by',
    '0-2  楓橋      枫桥  词 word   Han variant',
    '2-6  ２０２４  2024  整 whole  width',
    '6-7  ，',
    '7-8  年        年    字 char',
    '',
    'folded       枫桥2024,年',
    'Han variant  楓→枫 橋→桥',
    'width        ２→2',
    'characters   枫 桥 年',
    'pairs        枫桥',
    '',
  ])
})

it.each([80, 60, 40, 30])('stays within a window of %i cells', (columns) => {
  const rows = report(columns)
  expect(Math.max(...rows.map(textWidth))).toBeLessThanOrEqual(columns)
  expect(rows.some((row) => row.includes('枫桥'))).toBe(true)
})
