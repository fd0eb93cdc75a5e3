import pc from 'picocolors'
import { expect, it } from 'vitest'
import { textWidth } from '../output/text-width.js'
import { formatReport } from './report.js'

const report = {
  path: 'out.wx',
  documents: 2,
  paragraphs: 56,
  sourceBytes: 21_725,
  bytes: 34_000,
  took: 412,
  problems: [],
  rows: [
    {
      title: '洛阳市人民政府关于2024年度法治政府建设情况的报告',
      region: '洛阳市',
      date: '2025-03-12',
      paragraphs: 20,
    },
    { title: 'Report', region: '洛龙区', date: '2017', paragraphs: 36 },
  ],
}
const terminal = (columns: number) => ({
  write: () => {},
  colors: pc.createColors(false),
  isTerminal: columns > 0,
  columns,
})

it('sums up, and lists the documents in aligned columns', () => {
  expect(formatReport(report, terminal(0))).toBe(
    [
      'Indexed 2 documents, 56 paragraphs (21.7 kB → out.wx, 34.0 kB) in 412 ms',
      '',
      'title                                             region  date        paragraphs',
      '洛阳市人民政府关于2024年度法治政府建设情况的报告  洛阳市  2025-03-12          20',
      'Report                                            洛龙区  2017                36',
      '',
    ].join('\n'),
  )
})

it.each([100, 60, 44])('keeps the rows of documents within %i columns', (columns) => {
  const [, , ...rows] = formatReport(report, terminal(columns)).split('\n')
  expect(Math.max(...rows.map(textWidth))).toBeLessThanOrEqual(columns)
  expect(rows.join('\n')).toContain('2025-03-12')
})

it('leaves the list out when there are too many documents', () => {
  expect(formatReport({ ...report, rows: [] }, terminal(80)).split('\n')).toHaveLength(2)
})
