/** A lean live index stays lean, whatever is committed, deleted and merged. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SourceDocument } from '@wenxun/core'
import { openIndex } from '@wenxun/core'
import { openLiveIndex, openLiveSnapshot, verifyLiveIndex } from '@wenxun/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectSameAnswers } from '../support/live.js'
import { analyzer, build } from '../support/notation.js'
import { openSeeds } from '../support/seeds.js'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wenxun-lean-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const open = (name: string, lean?: boolean) =>
  openLiveIndex(join(folder, name), {
    analyzer,
    backgroundMerge: false,
    ...(lean !== undefined && { lean }),
  })

/** Bytes of the one segment that is left, and what the index says of itself. */
function compacted(name: string) {
  const directory = join(folder, name)
  verifyLiveIndex(directory)
  const manifest = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'))
  expect(manifest.segments).toHaveLength(1)
  const { index } = openLiveSnapshot(directory)
  return { bytes: readFileSync(join(directory, manifest.segments[0].file)), index }
}

describe('a lean live index', () => {
  it('answers and is merged, byte for byte, as a lean build, over reopenings', async () => {
    const { documents } = await openSeeds()
    let live = await open('seeds', true)
    for (const document of documents) {
      live.upsert([document, { ...document, id: `${document.id}#2` }])
      await live.commit()
      await live.close()
      live = await open('seeds')
    }
    live.delete(documents.map(({ id }) => `${id}#2`))
    await live.commit()
    const expected = build(documents, { mergeable: true, lean: true })
    const questions = ['法治政府建设', '执法监督', '洛阳市有哪些执法监督工作']
    expectSameAnswers(live.snapshot(), openIndex(expected), questions)
    expect(live.snapshot().inspect().profile).toBe('lean')
    await live.compact()
    await live.close()
    const { bytes, index } = compacted('seeds')
    expect(index.inspect().profile).toBe('lean')
    expect(Buffer.compare(bytes, expected)).toBe(0)
    expect(bytes.length).toBeLessThan(build(documents, { mergeable: true }).length)
  })

  const one: SourceDocument = { id: 'a', paragraphs: [{ text: '行政复议委员会' }] }

  it('is refused as a complete one, and the other way round', async () => {
    const lean = await open('lean', true)
    await lean.close()
    await expect(open('lean', false)).rejects.toMatchObject({ code: 'BAD_OPTION' })
    const complete = await open('complete')
    complete.upsert(one)
    await complete.commit()
    expect(complete.snapshot().inspect().profile).toBeUndefined()
    await complete.close()
    await expect(open('complete', true)).rejects.toThrow(/complete index and stays one/)
    // A refused writer gives its lock back.
    await (await open('complete', false)).close()
  })

  it('does not take the segment of a complete one for its own', async () => {
    const live = await open('mixed', true)
    live.upsert(one)
    await live.commit()
    await live.close()
    const path = join(folder, 'mixed', 'manifest.json')
    const { checksum, profile, ...body } = JSON.parse(readFileSync(path, 'utf8'))
    expect(profile).toBe('lean')
    const { encodeManifest } = await import('../../packages/node/src/live/manifest.js')
    const { writeFileSync } = await import('node:fs')
    writeFileSync(path, encodeManifest(body))
    expect(() => openLiveSnapshot(join(folder, 'mixed'))).toThrow(/a segment is lean, unlike/)
  })
})
