import type { Hit, SearchOptions } from '@wenxun/core'
import { expect, it } from 'vitest'
import { runLines } from './run.js'

/** Hits in ranking order, written `document@score`. */
function indexOf(...notation: string[]) {
  const hits = notation.map((text, i): Hit => {
    const [id = '', score = ''] = text.split('@')
    return {
      rank: i + 1,
      score: Number(score),
      document: { id, title: '', url: null, date: null, meta: {} },
      paragraph: i,
      heading: [],
      anchor: null,
      text: '',
      highlights: [],
      snippet: [],
      snippetStart: 0,
    }
  })
  const search = (text: string, { offset = 0, limit = 10 }: SearchOptions = {}) => ({
    query: text,
    total: hits.length,
    totalIsExact: true,
    suggestions: [],
    facets: {},
    hits: hits.slice(offset, offset + limit),
  })
  return { search }
}
const query = { id: 'q1', text: '法治' }

it('gives each document one line, where its best paragraph stands', () => {
  expect(runLines(indexOf('a@9', 'a@8', 'b@7', 'a@6', 'c@5'), query, 100, {})).toEqual([
    'q1 Q0 a 1 9.000000 wenxun\n',
    'q1 Q0 b 2 7.000000 wenxun\n',
    'q1 Q0 c 3 5.000000 wenxun\n',
  ])
})

it('looks on until it has as many documents as asked for, and no further', () => {
  const hits = indexOf('a@9', 'a@8', 'a@7', 'b@6', 'b@5', 'c@4', 'd@3')
  const documents = runLines(hits, query, 3, {}).map((line) => line.split(' ')[2])
  expect(documents).toEqual(['a', 'b', 'c'])
})

it('never lets a score rise or repeat, so that sorting by score keeps the order', () => {
  const scores = runLines(indexOf('a@5', 'b@5', 'c@7'), query, 10, {}).map(
    (line) => line.split(' ')[4],
  )
  expect(scores).toEqual(['5.000000', '4.999999', '4.999998'])
})

it('keeps its fields apart when an id holds blanks', () => {
  const [line] = runLines(indexOf('my report.txt@1'), { id: 'q 1', text: '' }, 10, {})
  expect(line).toBe('q_1 Q0 my_report.txt 1 1.000000 wenxun\n')
})
