/** An index that is fetched piece by piece answers as the same index in memory does. */

import { openIndex, openRemoteIndex, type SearchOptions } from '@wenxun/core'
import { IndexBuilder, writeBundle } from '@wenxun/core/build'
import { describe, expect, it } from 'vitest'
import { BundleHost, plain } from '../support/bundle-host.js'
import { drawCorpus, drawQuery, SHAPES } from '../support/corpora.js'
import { analyzer, build } from '../support/notation.js'
import { Random } from '../support/random.js'
import { openSeeds } from '../support/seeds.js'

const CORPORA_PER_SHAPE = 2
const QUERIES_PER_CORPUS = 25
/** So small that every query needs several pieces. */
const TINY = { singleFileBytes: 0, pieceBytes: 300, packBytes: 2000 }

/** As `wenxun site` builds, for sites of any size. */
const FOR_VISITORS = { secondLook: 3, levelLengthsFrom: 1 }

function drawOptions(random: Random, fields: readonly string[]): SearchOptions {
  const options: SearchOptions = { limit: random.pick([1, 3, 10, 100]) }
  if (random.chance(0.3)) options.offset = random.int(0, 12)
  if (random.chance(0.3)) options.group = 'document'
  if (random.chance(0.5)) options.groupSize = random.pick([1, 2, 5])
  if (fields.includes('city')) {
    if (random.chance(0.2)) options.filter = { city: random.pick(['洛阳', '漯河']) }
    if (random.chance(0.2)) options.facets = ['city']
  }
  if (fields.includes('date') && random.chance(0.1)) options.sort = 'date:desc'
  return options
}

describe.each(SHAPES)('on random corpora ($name)', (shape) => {
  it('a remote search finds what the local one does', async () => {
    for (let seed = 1; seed <= CORPORA_PER_SHAPE; seed++) {
      const random = new Random(seed)
      const bytes = build(drawCorpus(random, shape), seed % 2 === 0 ? FOR_VISITORS : {})
      const local = openIndex(bytes)
      const host = new BundleHost(writeBundle(bytes, TINY), seed % 2 === 0)
      const kept = await openRemoteIndex(host.load, { shardCacheBytes: 20_000 })
      for (let i = 0; i < QUERIES_PER_CORPUS; i++) {
        const query = drawQuery(random, shape, i % 2 === 1)
        const options = drawOptions(random, local.metadata.columns)
        const remote = i % 5 === 0 ? await openRemoteIndex(host.load) : kept
        const context = `seed ${seed}, query ${JSON.stringify(query)}, ${JSON.stringify(options)}`
        const found = await remote.search(query, options)
        expect(plain(found), context).toEqual(plain(local.search(query, options)))
      }
    }
  })
})

describe('on the seed reports', () => {
  const queries = [
    '法治政府建设',
    '行政複議',
    '網路',
    'fazhizhengfu',
    '12345',
    '税',
    '"建设工作会议"',
    '法治 -洛阳',
    '+行政 执法 公开',
    '洛阳市2024年行政机关负责人出庭应诉率是多少？',
    '',
    '驗證碼',
    'MCP 管理',
    '龘',
  ]

  it('every query has the same hits, scores, marks and snippets', async () => {
    const { documents, index } = await openSeeds()
    const host = new BundleHost(writeBundle(build(documents), TINY))
    for (const query of queries) {
      const remote = await openRemoteIndex(host.load)
      const result = await remote.search(query)
      expect(plain(result), query).toEqual(plain(index.search(query)))
    }
  })

  it('a query that stands nowhere is offered the same sound-alikes', async () => {
    const { documents, index } = await openSeeds()
    const host = new BundleHost(writeBundle(build(documents), { singleFileBytes: 0 }))
    const remote = await openRemoteIndex(host.load)
    for (const query of ['形政复议', '行正执法', '一往通办', '府院连动']) {
      const { suggestions } = index.search(query)
      expect(suggestions, query).toHaveLength(1)
      expect((await remote.search(query)).suggestions, query).toEqual(suggestions)
    }
  })

  it('fetches a part of the bundle, and nothing twice', async () => {
    const { documents } = await openSeeds()
    const files = writeBundle(build(documents), TINY)
    const size = [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0)
    const host = new BundleHost(files)
    const remote = await openRemoteIndex(host.load)
    await remote.search('行政复议', { limit: 3 })
    expect(host.bytes).toBeLessThan(size / 2)
    const before = host.requests.length
    await remote.search('行政复议', { limit: 3 })
    expect(host.requests.length).toBe(before)
    await remote.search('行政', { limit: 1 })
    expect(new Set(host.requests).size).toBeGreaterThan(3)
  })

  it('a small index is one file and a manifest', async () => {
    const { documents, index } = await openSeeds()
    const files = writeBundle(build(documents), { singleFileBytes: 1 << 20 })
    expect(files.size).toBe(2)
    const remote = await openRemoteIndex(new BundleHost(files).load)
    expect(plain(await remote.search('法治政府'))).toEqual(plain(index.search('法治政府')))
  })

  it('the same documents make the same files; an edit keeps the names of the others', async () => {
    const { documents } = await openSeeds()
    const files = writeBundle(build(documents), TINY)
    expect([...writeBundle(build(documents), TINY)]).toEqual([...files])
    const edited = structuredClone(documents) as typeof documents
    edited.at(-1)!.paragraphs.at(-1)!.text += '完。'
    const kept = [...writeBundle(build(edited), TINY).keys()].filter((name) => files.has(name))
    expect(kept.length).toBeGreaterThan(files.size / 3)
  })

  it('an index that reads fewer texts ranks alike near and far', async () => {
    const { documents } = await openSeeds()
    const builder = new IndexBuilder({ analyzer, secondLook: 3 })
    for (const document of documents) builder.add(document)
    const bytes = builder.finish()
    const remote = await openRemoteIndex(new BundleHost(writeBundle(bytes, TINY)).load)
    const options = { limit: 8 }
    expect(plain(await remote.search('行政执法监督', options))).toEqual(
      plain(openIndex(bytes).search('行政执法监督', options)),
    )
  })
})
