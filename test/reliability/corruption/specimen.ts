/** The sound indexes that the corruption tests damage, each with something of everything in it. */

import type { SourceDocument } from '@wenxun/core'
import { build, documentsOf, LITERAL_ONLY } from '../../support/notation.js'

export interface Specimen {
  readonly name: string
  readonly bytes: Uint8Array
  readonly queries: readonly string[]
}

/** Titles, headings, anchors, columns of each kind, and lists of more than one block. */
export const specimenDocuments: readonly SourceDocument[] = [
  ...documentsOf(`
    a 《年度报告》 city=洛阳 level=3 date=2025-03: 一、总则 § 法治政府建设 | 行政复议 MCP管理
    b 《热线工作》 city=鄭州 level=7: 二〇二四年受理 12345 热线 | 楓橋經驗 𠮷野家
    c: ${'法治政府，'.repeat(20)} | ${Array.from({ length: 132 }, (_, i) => `第${i}条`).join(' | ')}
    d 《银行》 tags=年报,法治 date=2024: 银行的计算机软件 | 行政机关
  `),
  { id: 'e', url: 'https://example.org/e', paragraphs: [{ text: '信息公开', anchor: 'p1' }] },
  { id: 'f', title: '没有正文', paragraphs: [] },
]

export const literalQueries = [
  ...['法治政府', '"枫桥经验"', '热线 city:洛阳', '第7条', '𠮷', 'mcp', '报告 -复议', '法'],
  ...['+第 -条', '二〇二四年热线', '没有正文'],
]

/** A small one of literal evidence alone, and one that carries readings and regional words. */
export function specimens(): Specimen[] {
  return [
    { name: 'literal', bytes: build(specimenDocuments, LITERAL_ONLY), queries: literalQueries },
    {
      name: 'chunks',
      bytes: build(specimenDocuments, { ...LITERAL_ONLY, textChunkBytes: 120 }),
      queries: literalQueries,
    },
    {
      name: 'expanding',
      bytes: build(specimenDocuments.slice(3)),
      queries: ['yinhang', '軟體', '法制政府', '信息', '银行 xingzheng'],
    },
  ]
}
