/** A host that sends whole files, one of them another bundle's under the name of ours. */

import { describe, expect, it } from 'vitest'
import { BundleHost, plain } from '../../../../test/support/bundle-host.js'
import { analyzer } from '../../../../test/support/notation.js'
import { Random } from '../../../../test/support/random.js'
import { writeBundle } from '../build/bundle-writer.js'
import { IndexBuilder } from '../build/index-builder.js'
import { openIndex } from '../open-index.js'
import { openRemoteIndex } from '../open-remote-index.js'

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
