/** What a remote index does when its host fails, lies, or has been redeployed. */

import { createAnalyzer } from '@wenxun/tokenizer'
import { describe, expect, it } from 'vitest'
import { BundleHost } from '../../../test/support/bundle-host.js'
import { IndexBuilder } from './build/index-builder.js'
import type { SourceDocument } from './model.js'
import { openRemoteIndex } from './open-remote-index.js'
import { MANIFEST_NAME } from './shards/bundle-format.js'

const OPTIONS = { singleFileBytes: 0, pieceBytes: 200, packBytes: 600 }

function bundle(texts: readonly string[]) {
  const builder = new IndexBuilder({ analyzer: createAnalyzer() })
  for (const [i, text] of texts.entries()) {
    const document: SourceDocument = { id: `d${i}`, title: `第${i}页`, paragraphs: [{ text }] }
    builder.add(document)
  }
  return builder.finishShards(OPTIONS)
}

const LINES = Array.from(
  { length: 60 },
  (_, i) => `法治政府建设第${i}号决定，行政复议与执法监督要求公开${'依法行政'.repeat(i % 7)}。`,
)
const old = bundle(LINES)
const renewed = bundle([...LINES, '新的一页讲渔业船舶登记。'])
const isPiece = (name: string) => name !== MANIFEST_NAME

describe('a bundle on a host', () => {
  it('a file that is gone is named, after a second try', async () => {
    const host = new BundleHost(old)
    const index = await openRemoteIndex(host.load)
    for (const name of host.files.keys()) if (isPiece(name)) host.files.delete(name)
    host.requests = []
    await expect(index.search('法治政府')).rejects.toMatchObject({
      code: 'SHARD_UNAVAILABLE',
      message: expect.stringMatching(/^[0-9a-f]+\.wx of the search index.*404/),
    })
    const [first, second] = host.requests
    expect(second).toBe(first)
  })

  it('is asked for the fields of facets at once, and for each once', async () => {
    const builder = new IndexBuilder({ analyzer: createAnalyzer() })
    for (const [i, text] of LINES.entries()) {
      const meta = { city: i % 2 === 0 ? '洛阳市' : '郑州市', year: 2020 + (i % 5) }
      builder.add({ id: `d${i}`, title: `第${i}页`, paragraphs: [{ text }], meta })
    }
    const host = new BundleHost(builder.finishShards(OPTIONS))
    const whole: (string | null)[] = []
    const index = await openRemoteIndex((name, signal, range) => {
      whole.push(range === undefined ? name : null)
      return host.load(name, signal, range)
    })
    whole.length = 0
    const facets = ['city', 'year', 'city']
    const { facets: counted } = await index.search('法治政府', { facets })
    expect(counted['city']!.length).toBe(2)
    expect(whole.slice(0, 2)).not.toContain(null)
    const files = whole.filter((name) => name !== null)
    expect(new Set(files).size).toBe(files.length)
    // What did not come ahead is asked for when it is needed, and the error is that of the search.
    const columns = files.slice(0, 2)
    const other = await openRemoteIndex(host.load)
    for (const name of columns) host.files.delete(name)
    await expect(other.search('法治政府', { facets })).rejects.toMatchObject({
      code: 'SHARD_UNAVAILABLE',
    })
  })

  it.each([
    ['in many paragraphs', '法治政府'],
    ['in one paragraph', '监督 第7号'],
    ['in several paragraphs of a page', '复议 船舶'],
  ])(
    'texts of words %s come in one go, those of the hits with those of the second look',
    async (_, query) => {
      const builder = new IndexBuilder({ analyzer: createAnalyzer(), secondLook: 3 })
      for (const [i, text] of LINES.entries()) {
        const paragraphs = [{ text }, ...(i % 9 === 0 ? [{ text: '渔业船舶登记。' }] : [])]
        builder.add({ id: `d${i}`, title: `第${i}页`, paragraphs })
      }
      const host = new BundleHost(builder.finishShards(OPTIONS))
      let rounds = 0
      let underway = 0
      const index = await openRemoteIndex(async (name, signal, range) => {
        if (underway++ === 0) rounds++
        // Requests of one round start before one of them ends.
        await new Promise((resolve) => setTimeout(resolve, 1))
        return host.load(name, signal, range).finally(() => underway--)
      })
      rounds = 0
      const { groups } = await index.search(query, { group: 'document', groupSize: 1 })
      expect(groups?.length).toBe(10)
      // The terms, then the texts.
      expect(rounds).toBe(2)
    },
  )

  it('one failure is made good by the second try', async () => {
    const host = new BundleHost(old)
    const index = await openRemoteIndex(host.load)
    const failed = new Set<string>()
    host.fault = (name, bytes) => {
      if (failed.has(name)) return bytes
      failed.add(name)
      throw new Error('connection reset')
    }
    expect((await index.search('法治政府')).hits.length).toBe(10)
    expect(failed.size).toBeGreaterThan(0)
  })

  it.each([
    ['cut short', (bytes: Uint8Array) => bytes.slice(0, bytes.length - 3)],
    ['another file', () => new TextEncoder().encode('<!doctype html>')],
    ['changed', (bytes: Uint8Array) => bytes.map((byte, i) => (i % 50 === 9 ? byte ^ 4 : byte))],
  ])('a file that is %s is told from the real one', async (_, change) => {
    for (const answersRanges of [true, false]) {
      const host = new BundleHost(old, answersRanges)
      const index = await openRemoteIndex(host.load)
      host.fault = (name, bytes) => (isPiece(name) ? change(bytes) : bytes)
      await expect(index.search('法治政府')).rejects.toMatchObject({ code: 'CORRUPT' })
    }
  })

  it('the file of another small index under the name of this one is told from it', async () => {
    const [mine, other] = ['法治政府', '法治社会'].map((text) => {
      const builder = new IndexBuilder({ analyzer: createAnalyzer() })
      builder.add({ id: text, paragraphs: [{ text }] })
      return new Map(builder.finishShards())
    }) as [Map<string, Uint8Array>, Map<string, Uint8Array>]
    const bytesOf = (files: Map<string, Uint8Array>) => [...files].find(([file]) => isPiece(file))!
    const [name] = bytesOf(mine)
    const host = new BundleHost(mine.set(name, bytesOf(other)[1]))
    await expect(openRemoteIndex(host.load)).rejects.toMatchObject({ code: 'CORRUPT' })
  })

  it('an anchor of letters that no text has comes back as it was', async () => {
    const builder = new IndexBuilder({ analyzer: createAnalyzer() })
    const text = Array.from({ length: 400 }, (_, i) => String.fromCharCode(0x4e00 + i)).join('')
    const paragraphs = ['法治政府', text].map((each, i) => ({ text: each, anchor: `zq-${i}_é` }))
    builder.add({ id: 'a', paragraphs })
    const index = await openRemoteIndex(new BundleHost(builder.finishShards(OPTIONS)).load)
    const { hits } = await index.search('法治政府', { limit: 1 })
    expect(hits.map(({ anchor }) => anchor)).toEqual(['zq-0_é'])
  })

  it('a site that is redeployed while a visitor types is searched on', async () => {
    const host = new BundleHost(old)
    const index = await openRemoteIndex(host.load)
    host.files = new Map(renewed)
    const results = await Promise.all([index.search('法治政府'), index.search('执法监督')])
    expect(results.map(({ hits }) => hits.length)).toEqual([10, 10])
    const [hit, more] = (await index.search('渔业船舶登记')).hits
    expect([hit!.document.id, more]).toEqual(['d60', undefined])
  })

  it('a search that is given up rejects with its reason, and spoils no other', async () => {
    const host = new BundleHost(old)
    const index = await openRemoteIndex(host.load)
    const control = new AbortController()
    const given = index.search('法治政府', { signal: control.signal })
    const other = index.search('法治政府')
    control.abort(new Error('typed on'))
    await expect(given).rejects.toThrow('typed on')
    expect((await other).hits.length).toBe(10)
  })

  it('a search of a one-file index is given up, too', async () => {
    const builder = new IndexBuilder({ analyzer: createAnalyzer() })
    builder.add({ id: 'a', paragraphs: [{ text: '法治政府' }] })
    const index = await openRemoteIndex(new BundleHost(builder.finishShards()).load)
    const signal = AbortSignal.abort(new Error('typed on'))
    await expect(index.search('法治', { signal })).rejects.toThrow('typed on')
    expect((await index.search('法治')).total).toBe(1)
  })

  it('the signal of the opening does not end later searches', async () => {
    const host = new BundleHost(old)
    const control = new AbortController()
    const index = await openRemoteIndex(host.load, { signal: control.signal })
    control.abort(new Error('opened already'))
    host.files = new Map(renewed)
    expect((await index.search('法治政府')).hits.length).toBe(10)
  })

  it('says when a search stopped before its end', async () => {
    const index = await openRemoteIndex(new BundleHost(old).load)
    expect((await index.search('法治政府', { maxWork: 1 })).truncated).toBe(true)
    expect((await index.search('法治政府')).truncated).toBeUndefined()
  })

  it('counts alone cost no search for sound-alikes', async () => {
    const host = new BundleHost(old)
    const index = await openRemoteIndex(host.load)
    await index.search('行政复议', { limit: 10 })
    const before = host.requests.length
    await index.search('行政复议', { limit: 0 })
    expect(host.requests.length).toBe(before)
  })

  it('is asked for the folds of rare characters by a query that has one, not by a question', async () => {
    const host = new BundleHost(old)
    const whole: string[] = []
    const index = await openRemoteIndex((name, signal, range) => {
      if (range === undefined) whole.push(name)
      return host.load(name, signal, range)
    })
    whole.length = 0
    await index.search('什么是行政复议？誰')
    expect(whole).toEqual([])
    expect((await index.search('龘 法治政府建设与行政复议')).hits.length).toBeGreaterThan(0)
    expect(whole).toHaveLength(1)
  })

  it('is asked for regional words by a query that holds one', async () => {
    const host = new BundleHost(bundle([...LINES, '网络与软件的管理体制']))
    const filesFor = async (query: string, synonyms: boolean) => {
      const whole = new Set<string>()
      const index = await openRemoteIndex((name, signal, range) => {
        if (range === undefined) whole.add(name)
        return host.load(name, signal, range)
      })
      const { hits } = await index.search(query, { synonyms })
      return { files: whole.size, found: hits.some(({ document }) => document.id === 'd60') }
    }
    expect((await filesFor('软体', false)).found).toBe(false)
    expect((await filesFor('软体', true)).found).toBe(true)
    const other = await filesFor('行政复议与执法监督', true)
    expect(other).toEqual(await filesFor('行政复议与执法监督', false))
  })

  it('searches at the same time share their requests', async () => {
    const host = new BundleHost(old)
    const index = await openRemoteIndex(host.load)
    host.requests = []
    await index.search('行政复议')
    const alone = host.requests.length
    const twice = new BundleHost(old)
    const second = await openRemoteIndex(twice.load)
    twice.requests = []
    await Promise.all([second.search('行政复议'), second.search('行政复议')])
    expect(twice.requests.length).toBe(alone)
  })

  it('a host without ranges sends packs, and a pack comes once', async () => {
    const host = new BundleHost(old, false)
    const index = await openRemoteIndex(host.load)
    host.requests = []
    await index.search('法治政府 行政复议')
    expect(new Set(host.requests).size).toBe(host.requests.length)
  })

  it.each([
    ['no manifest', '<html>', 'NOT_AN_INDEX'],
    ['a newer one', '{"wenxun":9,"core":"a.wx","bytes":1}', 'TOO_NEW'],
    ['an older one', '{"wenxun":1,"core":"a.wx","bytes":1}', 'TOO_OLD'],
    ['a path in it', '{"wenxun":1,"index":"../a.wx","bytes":1}', 'NOT_AN_INDEX'],
    ['one without a core', '{"wenxun":3,"bytes":1}', 'NOT_AN_INDEX'],
    ['one with another core', '{"wenxun":3,"core":"AAAA","checksum":7,"bytes":3}', 'CORRUPT'],
  ])('%s is refused', async (_, text, code) => {
    const host = new BundleHost(new Map([[MANIFEST_NAME, new TextEncoder().encode(text)]]))
    await expect(openRemoteIndex(host.load)).rejects.toMatchObject({ code })
  })

  it('is opened by one request, and by a second one where the first answer is damaged', async () => {
    const host = new BundleHost(old)
    await openRemoteIndex(host.load)
    expect(host.requests).toEqual([MANIFEST_NAME])
    const text = new TextDecoder().decode(old.get(MANIFEST_NAME)!)
    const damaged = text.replace(/(?<="core":".{300})./, (digit) => (digit === 'A' ? 'B' : 'A'))
    host.fault = (_, bytes) =>
      host.requests.length === 2 ? new TextEncoder().encode(damaged) : bytes
    const index = await openRemoteIndex(host.load)
    expect(host.requests).toEqual([MANIFEST_NAME, MANIFEST_NAME, MANIFEST_NAME])
    expect((await index.search('法治政府')).hits.length).toBe(10)
  })

  it('a manifest that is not there is named', async () => {
    const host = new BundleHost(new Map())
    await expect(openRemoteIndex(host.load)).rejects.toMatchObject({
      code: 'SHARD_UNAVAILABLE',
      message: expect.stringContaining(MANIFEST_NAME),
    })
  })
})
