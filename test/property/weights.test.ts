/** Weights of paragraphs: against the slow twin, without pruning, from a host, over merges. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openIndex, openRemoteIndex, type SearchResult, type SourceDocument } from '@wenxun/core'
import { writeBundle } from '@wenxun/core/build'
import { openLiveIndex } from '@wenxun/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BundleHost, plain } from '../support/bundle-host.js'
import {
  drawCorpus,
  drawLargeQuery,
  drawQuery,
  drawWeights,
  largeCorpus,
  SHAPES,
} from '../support/corpora.js'
import { ExpectedDocuments } from '../support/live.js'
import { NaiveIndex } from '../support/naive-index.js'
import { analyzer, build, LITERAL_ONLY, open, placeOf, places } from '../support/notation.js'
import { Random } from '../support/random.js'

const QUERIES = 40
/** From 32,768 paragraphs on rows are pruned. */
const MANY_ROWS = 36_000
const MANY_QUERIES = 100
const TINY = { singleFileBytes: 0, pieceBytes: 300, packBytes: 2000 }

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wenxun-weights-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const scored = ({ hits }: SearchResult) =>
  hits.map((hit) => ({ place: placeOf(hit), score: hit.score }))

describe.each(SHAPES)('on random corpora with weights ($name)', (shape) => {
  const random = new Random(7)
  const documents = drawWeights(random, drawCorpus(random, shape))
  const bytes = build(documents, LITERAL_ONLY)
  const queries = random.times(QUERIES, (i) => drawQuery(random, shape, i % 2 === 1))

  it('finds and ranks what reading every paragraph finds and ranks', () => {
    const index = openIndex(bytes)
    const naive = new NaiveIndex(documents, bytes)
    for (const query of queries) {
      const options = { limit: random.pick([1, 3, 10, 1000]) }
      expect(scored(index.search(query, options)), query).toEqual(naive.search(query, options).hits)
    }
  })

  it('a remote index finds what a local one does', async () => {
    // With and without the lengths of documents made level.
    for (const levelLengthsFrom of [Number.POSITIVE_INFINITY, 1]) {
      const index = build(documents, { levelLengthsFrom })
      const remote = await openRemoteIndex(new BundleHost(writeBundle(index, TINY)).load)
      const local = openIndex(index)
      for (const query of queries.slice(0, 10)) {
        expect(plain(await remote.search(query)), query).toEqual(plain(local.search(query)))
      }
    }
  })

  it('merged segments are, byte for byte, what a build writes', async () => {
    const directory = join(folder, shape.name.replace(/\W/g, '-'))
    const live = await openLiveIndex(directory, { analyzer, backgroundMerge: false })
    const expected = new ExpectedDocuments()
    const given = documents.slice(0, 20)
    for (const [i, document] of given.entries()) {
      live.upsert(document)
      expected.upsert(document)
      if (i % 4 === 3) {
        live.delete(given[i - 2]!.id)
        expected.delete(given[i - 2]!.id)
      }
      if (i % 3 === 2) await live.commit()
    }
    await live.commit()
    const fresh = expected.index()
    for (const query of queries.slice(0, 10)) {
      expect(scored(live.search(query)), query).toEqual(scored(fresh.search(query)))
    }
    await live.compact()
    await live.close()
    const [segment] = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')).segments
    expect(Buffer.compare(readFileSync(join(directory, segment.file)), expected.bytes())).toBe(0)
  })
})

describe(`in ${MANY_ROWS} paragraphs with weights`, () => {
  it('the best rows are the same with and without pruning', () => {
    const random = new Random(13)
    const documents = drawWeights(random, largeCorpus(random, MANY_ROWS))
    const index = openIndex(build(documents, LITERAL_ONLY))
    let inexact = 0
    for (let i = 0; i < MANY_QUERIES; i++) {
      const query = drawLargeQuery(random, documents)
      const options = { limit: random.pick([1, 5, 10, 100]) }
      const pruned = index.search(query, options)
      expect(scored(pruned), query).toEqual(scored(index.searchExhaustively(query, options)))
      if (!pruned.totalIsExact) inexact++
    }
    // Otherwise nothing was pruned, and nothing was tested.
    expect(inexact).toBeGreaterThan(MANY_QUERIES / 2)
  })
})

describe('the weight of a paragraph', () => {
  const text = '行政复议决定书应当自受理之日起六十日内作出。'
  const others = ['洛阳市', '郑州市'].map((city) => `${city}的热线受理群众来电，当日办结。`)
  const withWeights = (...weights: (number | undefined)[]): SourceDocument[] =>
    weights.map((weight, i) => ({
      id: 'abc'[i]!,
      paragraphs: [
        { text, ...(weight !== undefined && { weight }) },
        ...others.map((other) => ({ text: other })),
      ],
    }))
  const order = (...weights: (number | undefined)[]) =>
    places(open(withWeights(...weights)).search('行政复议决定'))

  it('decides between paragraphs that are alike', () => {
    expect(order(1, 1, 1)).toBe('a.0 b.0 c.0')
    expect(order(0.5, undefined, 2)).toBe('c.0 b.0 a.0')
    expect(order(0, 10, undefined)).toBe('b.0 c.0 a.0')
  })

  it('decides in level documents, too, and leaves the other paragraphs level', () => {
    const bytes = build(withWeights(0.5, undefined, 2), { levelLengthsFrom: 1 })
    expect(places(openIndex(bytes).search('行政复议决定'))).toBe('c.0 b.0 a.0')
    const { hits } = openIndex(bytes).search('热线受理群众')
    const ofOthers = hits.filter(({ paragraph }) => paragraph > 0).map(({ score }) => score)
    expect(ofOthers).toHaveLength(6)
    expect(new Set(ofOthers).size).toBe(1)
  })

  it('changes no byte where it is 1', () => {
    const without = build(withWeights(undefined, undefined, undefined))
    expect(Buffer.compare(build(withWeights(1, 1, 1)), without)).toBe(0)
    expect(Buffer.compare(build(withWeights(1, 1, 3)), without)).not.toBe(0)
  })

  it.each([
    [-0.1, 'weight must be from 0 to 10, found -0.1'],
    [11, 'weight must be from 0 to 10, found 11'],
    [Number.NaN, 'weight must be from 0 to 10, found NaN'],
    ['2', 'weight must be a number from 0 to 10, found string'],
    [null, 'weight must be a number from 0 to 10, found null'],
  ])('must not be %j', (weight, message) => {
    const [document] = withWeights(weight as number)
    expect(() => build([document!])).toThrow(message)
  })
})
