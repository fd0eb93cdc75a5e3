/**
 * Hosts that send whole files: one of them another bundle's under the name of ours, or only where
 * no range is asked for.
 */

import { describe, expect, it } from 'vitest'
import { BundleHost, plain } from '../../../../test/support/bundle-host.js'
import { analyzer } from '../../../../test/support/notation.js'
import { Random } from '../../../../test/support/random.js'
import { writeBundle } from '../build/bundle-writer.js'
import { IndexBuilder } from '../build/index-builder.js'
import { openIndex } from '../open-index.js'
import { openRemoteIndex } from '../open-remote-index.js'
import type { LoadShard } from './load-shard.js'

const WORDS = ['行政复议', '机关', '依法', '受理', '申请', '期限']

function indexOf(seed: number): Uint8Array {
  const random = new Random(seed)
  const builder = new IndexBuilder({ analyzer, secondLook: 4 })
  for (let i = 0; i < 200; i++) {
    const text = Array.from({ length: 8 }, () => random.pick(WORDS)).join('')
    builder.add({ id: `d${i}`, paragraphs: [{ text }] })
  }
  return builder.finish()
}

// Packs of a piece each: what is asked for is the whole pack.
const bundleOf = (index: Uint8Array) =>
  writeBundle(index, { singleFileBytes: 0, pieceBytes: 300, packBytes: 1 })

describe('a pack of another bundle, as long as ours', () => {
  it('is told from ours', async () => {
    const index = indexOf(1)
    const ours = bundleOf(index)
    const theirs = [...bundleOf(indexOf(2))].filter(([name]) => name.endsWith('.wx'))
    const right = WORDS.map((word) => plain(openIndex(index).search(word)))
    let refused = 0
    for (const [name, bytes] of ours) {
      const other = theirs.find(([own, { length }]) => own !== name && length === bytes.length)
      if (!name.endsWith('.wx') || other === undefined) continue
      const host = new BundleHost(new Map([...ours, [name, other[1]]]), false)
      const remote = await openRemoteIndex(host.load)
      const answers = Promise.all(WORDS.map(async (word) => plain(await remote.search(word))))
      const outcome = await answers.catch(({ code }: { code: string }) => code)
      if (outcome === 'CORRUPT') refused++
      else expect(outcome).toEqual(right)
    }
    expect(refused).toBeGreaterThan(3)
  })
})

/**
 * What Apache answers to a browser that takes gzip for ranges, too, as Firefox does, where it
 * compresses .wx: ranges of the compressed file.
 */
const CUT: readonly [string, () => Uint8Array][] = [
  [
    'an error',
    () => {
      throw new Error('HTTP 416')
    },
  ],
  ['too little', () => new Uint8Array(21)],
  ['nothing', () => new Uint8Array(0)],
]

describe('a host that answers a range with', () => {
  it.each(CUT)('%s is asked for whole packs from then on', async (_, cut) => {
    const index = indexOf(1)
    const files = writeBundle(index, { singleFileBytes: 0, pieceBytes: 300, packBytes: 4000 })
    const host = new BundleHost(files)
    const whole: string[] = []
    let ranges = 0
    const load: LoadShard = async (name, signal, range) => {
      await Promise.resolve()
      if (range === undefined) {
        whole.push(name)
        return host.load(name, signal)
      }
      ranges++
      return cut()
    }
    const remote = await openRemoteIndex(load)
    const right = WORDS.map((word) => plain(openIndex(index).search(word)))
    const first = await Promise.all(WORDS.map((word) => remote.search(word)))
    expect(first.map(plain)).toEqual(right)
    const before = ranges
    whole.length = 0
    const second = await Promise.all(WORDS.map((word) => remote.search(`${word} 决定`)))
    expect(second.map(({ hits }) => hits.length)).toEqual(first.map(({ hits }) => hits.length))
    expect(ranges).toBe(before)
    expect(new Set(whole).size).toBe(whole.length)
  })
})
