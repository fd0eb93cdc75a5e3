import { describe, expect, it } from 'vitest'
import { BundleHost, plain } from '../../../../test/support/bundle-host.js'
import { build } from '../../../../test/support/notation.js'
import { writeBundle } from '../build/bundle-writer.js'
import { SectionNumbers } from '../build/section-numbers.js'
import { openIndex, openRemoteIndex } from '../index.js'
import { SectionKind } from '../segment/sections.js'

/** SECT of an index, from [first row, row behind the last, kind]. */
function sectionOf(ranges: readonly (readonly [number, number, number])[]): Uint8Array {
  const bytes = new Uint8Array(ranges.length * 9)
  const view = new DataView(bytes.buffer)
  for (const [i, [start, end, kind]] of ranges.entries()) {
    view.setUint32(i * 8, start, true)
    view.setUint32(i * 8 + 4, end, true)
    bytes[ranges.length * 8 + i] = kind
  }
  return bytes
}

describe('numbers of titles and headings', () => {
  const { title, heading } = SectionKind

  it('ascend, and leave the first slot of a paragraph to titles', () => {
    const ranges = [
      [0, 4, title],
      [0, 4, heading],
      [0, 2, heading],
      [2, 4, heading],
      [4, 5, heading],
      [5, 6, title],
    ] as const
    const numbers = new SectionNumbers(sectionOf(ranges), ranges.length, 6)
    expect(numbers.slots).toBe(3)
    expect(ranges.map((_, i) => numbers.numberOf(i))).toEqual([0, 1, 2, 7, 13, 15])
    expect(ranges.map((_, i) => numbers.frequencyOf(i))).toEqual([1, 4, 2, 2, 1, 1])
  })

  it('tell what headings cover, short ones and long ones', async () => {
    const long = Array.from({ length: 700 }, (_, i) => ({
      text: `第${i}条，机关应当公开。`,
      heading: i < 600 ? ['总则', ...(i % 3 === 0 ? ['渔业'] : [])] : ['附则'],
    }))
    const bytes = build([
      { id: 'a', title: '渔业条例', paragraphs: long },
      { id: 'b', paragraphs: [{ text: '渔业', heading: ['总则'] }] },
    ])
    const host = new BundleHost(writeBundle(bytes, { singleFileBytes: 0 }))
    const remote = await openRemoteIndex(host.load)
    const local = openIndex(bytes)
    for (const query of ['总则', '附则 机关', '渔业', '总则 渔业 公开', '+总则 599']) {
      const options = { limit: 1000 }
      const found = plain(await remote.search(query, options))
      expect(found, query).toEqual(plain(local.search(query, options)))
      expect(found.hits.length, query).toBeGreaterThan(1)
    }
  })
})
