import { stripVTControlCharacters } from 'node:util'
import type { Hit } from '@wenxun/core'
import pc from 'picocolors'
import { expect, it } from 'vitest'
import { formatHit } from './hit.js'
import { textWidth } from './text-width.js'

const hit: Hit = {
  rank: 3,
  score: 12.34,
  document: {
    id: 'luoyang.txt',
    title: '关于2024年度法治政府建设情况的报告',
    url: null,
    date: '2025-03-12',
    meta: { region: '洛阳市', tags: ['法治', '政府'] },
  },
  paragraph: 4,
  heading: ['一、加强组织领导', '(一)学习'],
  anchor: null,
  text: '市政府坚持把法治政府建设摆在全市工作大局中',
  highlights: [[6, 12]],
  snippet: [
    { text: '市政府坚持把', hit: false },
    { text: '法治政府建设', hit: true },
    { text: '摆在全市\n工作大局中', hit: false },
  ],
  snippetStart: 0,
}
const layout = { rankWidth: 1, fields: [] }
const pipe = { write: () => {}, colors: pc.createColors(false), isTerminal: false, columns: 0 }
const screen = (columns: number) => ({
  write: () => {},
  colors: pc.createColors(true),
  isTerminal: true,
  columns,
})

it('prints a line a part and no marks into a pipe', () => {
  expect(formatHit(hit, layout, pipe)).toBe(
    [
      '3  关于2024年度法治政府建设情况的报告  2025-03-12  12.3',
      '   一、加强组织领导 › (一)学习',
      '   市政府坚持把法治政府建设摆在全市 工作大局中',
      '',
    ].join('\n'),
  )
})

it('shows the fields asked for, and leaves out those a document lacks', () => {
  const rows = formatHit(hit, { rankWidth: 1, fields: ['id', 'region', 'tags', 'none'] }, pipe)
  expect(rows).toContain('   id luoyang.txt · region 洛阳市 · tags 法治、政府\n')
})

it('colours the match and puts date and score at the right edge of a terminal', () => {
  const rows = formatHit(hit, layout, screen(80))
  expect(rows).toContain('\u001B[1m\u001B[33m法治政府建设\u001B[39m\u001B[22m')
  const [title = ''] = stripVTControlCharacters(rows).split('\n')
  expect(title.endsWith('2025-03-12  12.3')).toBe(true)
  expect(textWidth(title)).toBe(80)
})

it.each([80, 60, 40, 24])('stays within %i columns', (columns) => {
  const rows = stripVTControlCharacters(formatHit(hit, layout, screen(columns))).split('\n')
  expect(Math.max(...rows.map(textWidth))).toBeLessThanOrEqual(columns)
})

it('shows the id of a document without a title', () => {
  const untitled = { ...hit, document: { ...hit.document, title: '' } }
  expect(formatHit(untitled, layout, pipe)).toContain('3  luoyang.txt  2025-03-12')
})

it('says on a terminal where the paragraph goes on, but not in a pipe', () => {
  const cut = { ...hit, text: `此前，${hit.text}，此后`, snippetStart: 3 }
  const onScreen = stripVTControlCharacters(formatHit(cut, layout, screen(80)))
  expect(onScreen).toContain('…市政府坚持把法治政府建设摆在全市 工作大局中…')
  expect(formatHit(cut, layout, pipe)).not.toContain('…')
})
