/** Random queries with every operator of the query language. */

import { type CorpusShape, drawText } from './corpora.js'
import type { Random } from './random.js'

const FIELDS = [
  ...['city:洛阳', 'city:漯河', 'level:2', 'level:1..2', 'level:>=2', 'level:..1', 'level:<2'],
  ...['date:2023', 'date:2022..2024', '2022..2023-05', 'date:>2023-04', 'date:<=2021'],
]

/** One to three clauses with signs, groups, choices, prefixes and fields. */
export function drawBooleanQuery(random: Random, shape: CorpusShape): string {
  return random.times(random.int(1, 4), () => drawClause(random, shape, 2)).join(' ')
}

function drawClause(random: Random, shape: CorpusShape, depth: number): string {
  const sign = random.pick(['', '', '', '+', '-'])
  if (random.chance(0.12)) return sign + random.pick(FIELDS)
  const text = drawText(random, shape, random.int(1, 4)).trim() || '法'
  if (depth === 0 || random.chance(0.5)) {
    return sign + random.pick([text, text, `"${text}"`, `${text}*`, `“${text}”`])
  }
  const inner = random.times(random.int(1, 4), () => drawClause(random, shape, depth - 1))
  const joined = inner.join(random.pick([' ', ' OR ', ' OR ', ' | ']))
  return random.pick([joined, `${sign}(${joined})`, `${sign}（${joined}）`])
}
