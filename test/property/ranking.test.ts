/** The search against its slow twin, and pruning against no pruning. */

import type { SearchOptions, SearchResult } from '@wenxun/core'
import { openIndex } from '@wenxun/core'
import { describe, expect, it } from 'vitest'
import { drawCorpus, drawQuery, SHAPES } from '../support/corpora.js'
import { NaiveIndex } from '../support/naive-index.js'
import { build, LITERAL_ONLY, placeOf } from '../support/notation.js'
import { Random } from '../support/random.js'

const CORPORA_PER_SHAPE = 4
const QUERIES_PER_CORPUS = 60

function drawOptions(random: Random): SearchOptions {
  const options: SearchOptions = { limit: random.pick([1, 3, 10, 1000]) }
  if (random.chance(0.3)) options.offset = random.int(0, 12)
  if (random.chance(0.2)) options.filter = { city: random.pick(['洛阳', '漯河']) }
  if (random.chance(0.1)) options.filter = { level: [1, 3], date: '202' }
  return options
}

const scored = (result: SearchResult) =>
  result.hits.map((hit) => ({ place: placeOf(hit), score: hit.score }))

describe.each(SHAPES)('on random corpora ($name)', (shape) => {
  it('finds and ranks what reading every paragraph finds and ranks', () => {
    for (let seed = 1; seed <= CORPORA_PER_SHAPE; seed++) {
      const random = new Random(seed)
      const documents = drawCorpus(random, shape)
      const bytes = build(documents, LITERAL_ONLY)
      const index = openIndex(bytes)
      const naive = new NaiveIndex(documents, bytes)
      for (let i = 0; i < QUERIES_PER_CORPUS; i++) {
        const query = drawQuery(random, shape, i % 2 === 1)
        const options = drawOptions(random)
        const context = `seed ${seed}, query ${JSON.stringify(query)}, ${JSON.stringify(options)}`
        const expected = naive.search(query, options)
        const found = index.search(query, options)
        expect(scored(found), context).toEqual(expected.hits)
        expect(found.totalIsExact, context).toBe(true)
        expect(found.total, context).toBe(expected.total)
        const ranks = found.hits.map(({ rank }) => rank)
        expect(ranks).toEqual(ranks.map((_, k) => (options.offset ?? 0) + k + 1))
      }
    }
  })
})
