/** After every commit a live index answers as a fresh build of the same documents does. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SourceDocument } from '@wenxun/core'
import { type LiveIndex, openLiveIndex, openLiveSnapshot, verifyLiveIndex } from '@wenxun/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawCorpus, drawQuery, SHAPES } from '../support/corpora.js'
import { ExpectedDocuments, expectSameAnswers } from '../support/live.js'
import { analyzer, documentsOf } from '../support/notation.js'
import { Random } from '../support/random.js'
import { openSeeds } from '../support/seeds.js'

const SEED = Number(process.env['WENXUN_SEED'] ?? 20261122)

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wenxun-live-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let opened = 0
const openNew = (directory = join(folder, String(opened++))) =>
  openLiveIndex(directory, { analyzer, backgroundMerge: false })

/** Queries by sound and in other words, which depend on what the texts hold as a whole. */
const ELSEWHERE = ['fazhi', 'xzfy', 'guifan', '軟體 規范', '法制政府', '乾部', '幹燥', 'city:洛阳']

/** Random changes; `compare` is called after every commit. */
async function change(
  live: LiveIndex,
  random: Random,
  corpus: readonly SourceDocument[],
  rounds: number,
  compare: (expected: ExpectedDocuments) => void,
): Promise<ExpectedDocuments> {
  const expected = new ExpectedDocuments()
  for (let round = 0; round < rounds; round++) {
    for (let left = random.int(1, 12); left > 0; left--) {
      const document = random.pick(corpus)
      if (random.chance(0.25) && expected.ids.length > 0) {
        const id = random.pick(expected.ids)
        live.delete([id, 'nobody'])
        expected.delete(id)
      } else {
        // The text of another one under an id that may be there already.
        const renamed = { ...document, id: random.pick(corpus).id }
        live.upsert([renamed])
        expected.upsert(renamed)
      }
      if (random.chance(0.1)) await live.flush()
    }
    // Some commits come while what was committed before is merged.
    const merging = random.chance(0.4) ? live.compact() : null
    await live.commit()
    compare(expected)
    await merging
    if (random.chance(0.2)) await live.merge()
    compare(expected)
    if (random.chance(0.15)) {
      await live.compact()
      compare(expected)
    }
  }
  return expected
}

describe('random documents', () => {
  it.each(SHAPES.map((shape, i) => ({ shape, seed: SEED + i })))(
    '$shape.name, seed $seed',
    async ({ shape, seed }) => {
      const random = new Random(seed)
      const corpus = drawCorpus(random, { ...shape, documents: Math.min(shape.documents, 25) })
      const live = await openNew()
      let round = 0
      const expected = await change(live, random, corpus, 7, (now) => {
        const queries = Array.from({ length: 12 }, () => drawQuery(random, shape, true))
        if (round++ % 3 === 0) queries.push(...ELSEWHERE.slice(0, 7))
        expectSameAnswers(live.snapshot(), now.index(), queries)
      })
      const directory = String(opened - 1)
      expect(live.status.documents).toBe(expected.ids.length)
      await live.compact()
      await live.close()
      verifyLiveIndex(join(folder, directory))
      const again = openLiveSnapshot(join(folder, directory))
      expectSameAnswers(again.index, expected.index(), ['法治', ...ELSEWHERE.slice(0, 7)])
      expect(again.index.inspect().counts).toEqual(expected.index().inspect().counts)
    },
  )
})

describe('lists of many blocks', () => {
  it('lose blocks, rows within and at the ends of blocks, and are the same over new segments', async () => {
    const random = new Random(SEED)
    const words = ['法治', '政府', '建设', '依法', '行政', '监督', '的']
    const sentence = () =>
      Array.from({ length: random.int(2, 9) }, () => random.pick(words)).join('')
    const document = (id: string) => ({
      id,
      title: random.pick(words),
      paragraphs: Array.from({ length: random.int(1, 60) }, () => ({ text: sentence() })),
    })
    const queries = [
      ...words,
      '法治政府',
      '法治建设 监督',
      '政府的',
      '“依法行政” -监督',
      '的 法治',
      '治政',
    ]
    const live = await openNew()
    const expected = new ExpectedDocuments()
    for (let round = 0; round < 6; round++) {
      const added = Array.from({ length: 12 }, (_, i) => document(`${round}-${i}`))
      live.upsert(added)
      for (const one of added) expected.upsert(one)
      // Neighbours, so that whole blocks go.
      const from = random.int(0, expected.ids.length - 6)
      const gone = expected.ids.slice(from, from + round)
      live.delete(gone)
      for (const id of gone) expected.delete(id)
      await live.commit()
      expectSameAnswers(live.snapshot(), expected.index(), queries)
      // Lists that were read before are read in the merged segment ahead of searches.
      if (round !== 3) continue
      await live.compact()
      expect(live.snapshot().inspect().bytes).toBe(live.status.bytes)
      expectSameAnswers(live.snapshot(), expected.index(), queries)
    }
    expect(live.snapshot().search('法治').total).toBeGreaterThan(500)
    await live.close()
  })
})

describe('the seed reports', () => {
  it('come and go a document at a time, and in the end are byte for byte a build', async () => {
    const { documents } = await openSeeds()
    const random = new Random(SEED)
    const directory = join(folder, 'seeds')
    const live = await openNew(directory)
    const expected = new ExpectedDocuments()
    // Pieces of the reports, so that there is something to delete and to replace.
    const pieces = documents.flatMap((document) =>
      Array.from({ length: 4 }, (_, i) => ({
        ...document,
        id: `${document.id}#${i}`,
        paragraphs: document.paragraphs.filter((_paragraph, at) => at % 4 === i),
      })),
    )
    const pairs = documents
      .flatMap(({ paragraphs }) => paragraphs.map(({ text }) => text))
      .map((text) => text.slice(3, 9))
    for (const [i, piece] of pieces.entries()) {
      live.upsert(piece)
      expected.upsert(piece)
      if (i % 3 === 2) {
        const id = random.pick(expected.ids)
        live.delete(id)
        expected.delete(id)
      }
      await live.commit()
      if (i % 6 !== 5) continue
      const queries = Array.from({ length: 10 }, () => random.pick(pairs))
      queries.push('法治政府建设', 'fazhi', '洛阳市有哪些执法监督工作', '软体', 'luoyang')
      expectSameAnswers(live.snapshot(), expected.index(), queries)
    }
    await live.compact()
    await live.close()
    const { index } = openLiveSnapshot(directory)
    expect(index.inspect().counts.documents).toBe(expected.ids.length)
    const manifest = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'))
    const bytes = readFileSync(join(directory, manifest.segments[0].file))
    expect(Buffer.compare(bytes, expected.bytes())).toBe(0)
  })
})

describe('fields', () => {
  it('are of numbers again when their last text is gone', async () => {
    const live = await openNew()
    live.upsert(
      documentsOf(`
        a level=5: 法治
        b level=甲: 政府
        c level=07 city=洛阳: 建设`),
    )
    await live.commit()
    expect(live.snapshot().column('level').kind).toBe('keyword')
    live.delete('b')
    await live.commit()
    expect(live.snapshot().column('level').kind).toBe('number')
    expect(live.search('法治', { filter: { level: 5 } }).total).toBe(1)
    live.delete('c')
    await live.commit()
    expect(live.snapshot().metadata.columns).toEqual(['level'])
    await live.close()
  })
})
