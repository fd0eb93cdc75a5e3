/** What the frozen indexes were built from. Change nothing here without building them again. */

import type { SourceDocument } from '@wenxun/core'

/** The worked example of docs/format.md. */
export const tinyDocuments: readonly SourceDocument[] = [
  {
    id: 'a',
    title: '报告',
    date: '2025',
    meta: { city: '洛阳' },
    paragraphs: [
      { text: '法治政府', heading: ['总则'] },
      { text: '法治，法治', heading: ['总则'], anchor: 'p2' },
    ],
  },
]

const COUNT = 150

/** Something of everything: long lists, several chunks, columns of each kind, odd characters. */
export const smallDocuments: readonly SourceDocument[] = [
  {
    id: 'report',
    title: '洛陽市法治政府建設年度報告',
    url: 'https://example.org/report',
    date: '2025-03-12',
    meta: { city: '洛阳', level: 3, tags: ['年报', '法治'] },
    paragraphs: [
      { text: '行政機關負責人出庭應訴率96.87%。', heading: ['一、总则', '（一）目的'] },
      { text: '受理行政复议案件４３６件，办结二〇二四年全部案件。', heading: ['一、总则'] },
      { text: '12345热线 MCP管理 𠮷野家 葛\u{e0100} \ud842 e\u0301clair', anchor: 'odd' },
    ],
  },
  { id: 'empty', title: '没有正文的文件', paragraphs: [] },
  {
    id: 'long',
    meta: { city: '鄭州', level: 10 },
    paragraphs: Array.from({ length: COUNT }, (_, i) => ({
      text: `第${i + 1}条 法治${i % 3 === 0 ? '，法治' : ''}政府建设第${(i * 37) % 11}类`,
      heading: [`第${Math.floor(i / 50) + 1}章`],
    })),
  },
]

/** Queries to the small index whose answers stay the same as long as it can be read. */
export const smallQueries = [
  '"出庭应诉率"',
  '"96.87%"',
  '"436件"',
  '"𠮷野家"',
  '"年度报告"',
  '"第149条"',
  '"第7类" city:郑州',
  '"法治政府" level:3',
  '"12345熱線"',
  '"法治，法治"',
  '"mcp管理"',
  '"没有正文"',
] as const
