/** Every string is a valid query: no exception, well-formed hits, whatever was asked how. */

import { openIndex, type SearchIndex, type SearchOptions } from '@wenxun/core'
import { build, documentsOf } from '../../support/notation.js'
import type { Random } from '../../support/random.js'
import { assertWellFormed } from '../well-formed.js'
import { naughtyStrings } from './hostile-strings.js'

/** UTF-16 units of a query that are read. */
const LONGEST_QUERY = 65_536

/** Some sense, and every naughty string as a paragraph. */
export function fuzzIndex(): SearchIndex {
  const documents = documentsOf(`
    a 《年度报告》 city=洛阳 level=3 date=2025-03: 一、总则 § 法治政府建设 | 行政复议 MCP管理
    b 《热线工作》 city=鄭州 level=7 date=2024: 二〇二四年受理 12345 热线 | 楓橋經驗 𠮷野家
    c: ${'法治政府，'.repeat(40)} | ${Array.from({ length: 300 }, (_, i) => `第${i}条`).join(' | ')}
    d 《银行》 tags=年报,法治: 银行的计算机软件 | 行政机关
  `)
  const paragraphs = naughtyStrings.map((text) => ({ text, heading: [text] }))
  const naughty = { id: 'naughty', title: naughtyStrings[100]!, paragraphs }
  return openIndex(build([...documents, naughty]))
}

/** Options that are in range, drawn. */
export function anyOptions(random: Random): SearchOptions {
  const options: SearchOptions = { limit: random.pick([0, 1, 3, 10, 10_000]) }
  if (random.chance(0.2)) options.offset = random.pick([0, 1, 7, 5000])
  if (random.chance(0.2))
    options.sort = random.pick(['relevance', 'date:desc', 'level:asc', 'city'])
  if (random.chance(0.2)) options.facets = ['city', 'level', 'tags']
  if (random.chance(0.2)) options.group = 'document'
  if (random.chance(0.1)) options.filter = { city: random.pick(['洛阳', '', '\u0000', '郑州']) }
  if (random.chance(0.2)) options.snippetLength = random.pick([1, 2, 17, 100_000])
  if (random.chance(0.1)) options.pinyin = false
  if (random.chance(0.1)) options.synonyms = false
  return options
}

/** Asks one query. @throws a plain Error when the result breaks a promise */
export function askHostile(index: SearchIndex, query: string, options: SearchOptions): void {
  const result = index.search(query, options)
  if (result.query !== query) throw new Error('the result names another query')
  const isCut = query.length > LONGEST_QUERY
  if ((result.truncated ?? false) !== isCut) throw new Error('truncated, or not said to be')
  assertWellFormed(result, options.offset)
}
