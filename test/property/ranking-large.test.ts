/** Above 32,768 paragraphs rows are pruned: the result must be the one without pruning. */

import { openIndex, type SearchOptions, type SearchResult } from '@wenxun/core'
import { describe, expect, it } from 'vitest'
import { drawLargeQuery, largeCorpus } from '../support/corpora.js'
import { NaiveIndex } from '../support/naive-index.js'
import { build, LITERAL_ONLY, placeOf } from '../support/notation.js'
import { Random } from '../support/random.js'

const ROWS = 36_000
const QUERIES = 400
/** Of these, so many are also compared with a walk over all paragraphs. */
const NAIVE_QUERIES = 12

const random = new Random(11)
const documents = largeCorpus(random, ROWS)
const bytes = build(documents, LITERAL_ONLY)
const index = openIndex(bytes)

const scored = ({ hits }: SearchResult) =>
  hits.map((hit) => ({ place: placeOf(hit), score: hit.score }))

function drawOptions(): SearchOptions {
  const limit = random.pick([1, 5, 10, 10, 10, 100])
  if (random.chance(0.2)) return { limit, filter: { level: random.int(0, 5) } }
  return random.chance(0.2) ? { limit, offset: random.int(1, 80) } : { limit }
}

/** Operators around pieces that occur. */
function drawOperators(): string {
  const piece = () => drawLargeQuery(random, documents)
  const [a, b, c] = [piece(), piece(), piece()]
  return random.pick([
    ...[`${a} OR "${b}"`, `+(${a} OR ${b}) ${c}`, `(${a} -${b}) | ${c}`, `${a} level:2..3`],
    ...[`level:>=3 -${a}`, `"${a.slice(0, 2)}" OR level:1`, a, `${a} ${b}`],
  ])
}

describe(`in ${ROWS} paragraphs`, () => {
  it('operators and groups find the same with and without pruning', () => {
    for (let i = 0; i < QUERIES / 4; i++) {
      const query = drawOperators()
      const options: SearchOptions =
        i % 3 === 0 ? { group: 'document', groupSize: 2 } : drawOptions()
      const context = `query ${JSON.stringify(query)}, ${JSON.stringify(options)}`
      const pruned = index.search(query, options)
      const exhaustive = index.searchExhaustively(query, options)
      expect(scored(pruned), context).toEqual(scored(exhaustive))
      if (pruned.totalIsExact) expect(pruned.total, context).toBe(exhaustive.total)
      const isCounted = /["+|]|OR|level/.test(query)
      if (isCounted) expect(pruned.totalIsExact, context).toBe(true)
    }
  })

  it('the best rows are the same with and without pruning', () => {
    let inexact = 0
    for (let i = 0; i < QUERIES; i++) {
      const query = drawLargeQuery(random, documents)
      const options = drawOptions()
      const context = `query ${JSON.stringify(query)}, ${JSON.stringify(options)}`
      const pruned = index.search(query, options)
      const exhaustive = index.searchExhaustively(query, options)
      expect(scored(pruned), context).toEqual(scored(exhaustive))
      expect(exhaustive.totalIsExact).toBe(true)
      expect(pruned.total, context).toBeLessThanOrEqual(exhaustive.total)
      if (pruned.totalIsExact) expect(pruned.total, context).toBe(exhaustive.total)
      else inexact++
    }
    // Otherwise nothing was pruned, and nothing was tested.
    expect(inexact).toBeGreaterThan(QUERIES / 2)
  })

  it('they are those that reading every paragraph finds', () => {
    const naive = new NaiveIndex(documents, bytes)
    for (let i = 0; i < NAIVE_QUERIES; i++) {
      const query = drawLargeQuery(random, documents)
      const options = drawOptions()
      const context = `query ${JSON.stringify(query)}, ${JSON.stringify(options)}`
      const expected = naive.search(query, options)
      expect(scored(index.search(query, options)), context).toEqual(expected.hits)
      expect(index.searchExhaustively(query, options).total, context).toBe(expected.total)
    }
  })
})
