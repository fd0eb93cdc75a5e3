/** A loader that brings several ranges of a file in one request, or says that it does. */

import { describe, expect, it } from 'vitest'
import { BundleHost, plain } from '../../../../test/support/bundle-host.js'
import { analyzer } from '../../../../test/support/notation.js'
import { Random } from '../../../../test/support/random.js'
import { writeBundle } from '../build/bundle-writer.js'
import { IndexBuilder } from '../build/index-builder.js'
import { openIndex } from '../open-index.js'
import { openRemoteIndex } from '../open-remote-index.js'
import type { LoadRanges, LoadShard } from './load-shard.js'

const random = new Random(7)
const WORDS = ['行政复议', '机关', '依法', '受理', '申请', '期限', '决定', '监督', '公开', '船舶']
const characters = () => String.fromCharCode(...[1, 2, 3, 4].map(() => 0x4e00 + random.int(0, 900)))

function indexOf(texts: readonly string[]): Uint8Array {
  const builder = new IndexBuilder({ analyzer, secondLook: 4 })
  for (const [i, text] of texts.entries()) builder.add({ id: `d${i}`, paragraphs: [{ text }] })
  return builder.finish()
}

const textsOf = (length: number) =>
  Array.from({ length }, () =>
    [1, 2, 3, 4, 5].map(() => random.pick(WORDS) + characters()).join(''),
  )
const BYTES = indexOf(textsOf(300))
const BUNDLE = writeBundle(BYTES, { singleFileBytes: 0, pieceBytes: 300 })
const QUERIES = ['行政复议 期限', '机关受理', '公开 船舶 监督', '决定 申请机关']
const local = openIndex(BYTES)

type Change = (parts: Uint8Array[]) => readonly (Uint8Array | undefined)[]

/** Loads from a host; several ranges of a file are sent as `change` leaves them. */
function loaderOf(host: BundleHost, change: Change = (parts) => parts, files = BUNDLE) {
  const asked: { name: string; ranges: number }[] = []
  const ranges: LoadRanges = async (name, wanted, signal) => {
    await Promise.resolve()
    signal?.throwIfAborted()
    asked.push({ name, ranges: wanted.length })
    return change(wanted.map(({ start, end }) => files.get(name)!.slice(start, end)))
  }
  const load: LoadShard = (name, signal, range) => host.load(name, signal, range)
  return { asked, load: Object.assign(load, { ranges }) }
}

async function expectSameHits(load: LoadShard): Promise<void> {
  const remote = await openRemoteIndex(load)
  for (const query of QUERIES) {
    expect(plain(await remote.search(query)), query).toEqual(plain(local.search(query)))
  }
}

describe('a loader of several ranges', () => {
  it('is asked once for what lies in one pack, and for nothing twice', async () => {
    const single = new BundleHost(BUNDLE)
    await expectSameHits(single.load)
    const host = new BundleHost(BUNDLE)
    const { asked, load } = loaderOf(host)
    await expectSameHits(load)
    expect(Math.min(...asked.map(({ ranges }) => ranges))).toBeGreaterThan(1)
    expect(asked.length + host.requests.length).toBeLessThan(single.requests.length * 0.7)
  })

  it('is asked for ten ranges at a time, of which lighttpd sends no more', async () => {
    const index = indexOf(textsOf(3000))
    const files = writeBundle(index, { singleFileBytes: 0, pieceBytes: 300 })
    const { asked, load } = loaderOf(new BundleHost(files), undefined, files)
    const remote = await openRemoteIndex(load)
    const [query, options] = ['公开', { limit: 40 }] as const
    const right = plain(openIndex(index).search(query, options))
    expect(plain(await remote.search(query, options))).toEqual(right)
    expect(Math.max(...asked.map(({ ranges }) => ranges))).toBe(10)
    expect(asked.filter(({ ranges }) => ranges === 10).length).toBeGreaterThan(1)
  })

  it.each<[string, Change]>([
    ['nothing', () => []],
    ['the first range', ([first]) => [first]],
    ['the last range', (parts) => parts.map((part, i) => (i > 0 ? part : undefined))],
    ['other bytes', (parts) => parts.map((part, i) => (i > 0 ? part : part.map((byte) => ~byte)))],
    ['each for another', (parts) => parts.reverse()],
    ['too little', (parts) => parts.map((part) => part.subarray(1))],
    [
      'an error',
      () => {
        throw new Error('416')
      },
    ],
  ])('that brings %s is asked for one by one from then on', async (_, change) => {
    const { asked, load } = loaderOf(new BundleHost(BUNDLE), change)
    const remote = await openRemoteIndex(load)
    const [first = '', ...others] = QUERIES
    expect(plain(await remote.search(first))).toEqual(plain(local.search(first)))
    const before = asked.length
    expect(before).toBeGreaterThan(0)
    for (const query of others) {
      expect(plain(await remote.search(query)), query).toEqual(plain(local.search(query)))
    }
    expect(asked.length).toBe(before)
  })

  it('keeps what came though something else did not', async () => {
    const host = new BundleHost(BUNDLE)
    const { asked, load } = loaderOf(host, (parts) => parts.slice(0, -1))
    const remote = await openRemoteIndex(load)
    host.requests = []
    await remote.search(QUERIES[0]!)
    const [first] = asked
    expect(host.requests.filter((name) => name === first!.name).length).toBeLessThan(first!.ranges)
  })

  it('is not asked where the host sends files whole', async () => {
    const { asked, load } = loaderOf(new BundleHost(BUNDLE, false), () => [])
    await expectSameHits(load)
    expect(asked.length).toBeLessThanOrEqual(2)
  })

  it('is given up with the search, which is no reason not to ask it again', async () => {
    const { asked, load } = loaderOf(new BundleHost(BUNDLE))
    const remote = await openRemoteIndex(load)
    const control = new AbortController()
    const given = remote.search(QUERIES[0]!, { signal: control.signal })
    const kept = remote.search(QUERIES[0]!)
    control.abort(new Error('typed on'))
    await expect(given).rejects.toThrow('typed on')
    expect(plain(await kept)).toEqual(plain(local.search(QUERIES[0]!)))
    const before = asked.length
    await remote.search('公开 船舶 监督')
    expect(asked.length).toBeGreaterThan(before)
  })
})
