/** Damage to bundles that once went wrong, or that draws of the corruption test seldom meet. */

import { IndexError, openRemoteIndex } from '@wenxun/core'
import { pack } from 'msgpackr'
import { describe, expect, it } from 'vitest'
import { BundleHost } from '../support/bundle-host.js'
import { build, LITERAL_ONLY } from '../support/notation.js'
import { headOf, streamsOf, withStreams } from './corruption/bundle-forgeries.js'
import { plainBundle } from './corruption/bundle-specimen.js'
import { stored } from './corruption/taken-apart.js'

/** Documents and texts of one length, so that uncompressed pieces are of one size. */
const documents = Array.from({ length: 40 }, (_, i) => ({
  id: `d${10 + i}`,
  paragraphs: [{ text: `第${10 + i}条法治政府建设${String.fromCharCode(0x4e00 + i)}` }],
}))
const source = {
  index: build(documents, LITERAL_ONLY),
  options: { singleFileBytes: 0, pieceBytes: 60, packBytes: 3000 },
}
const files = plainBundle(source.index, { ...source.options, deflate: stored })
const streams = streamsOf(source)

/** What searching a bundle ends in: its hits, or the code of an error. */
async function outcome(host: BundleHost): Promise<string> {
  try {
    const index = await openRemoteIndex(host.load)
    const { hits } = await index.search('法治政府', { limit: 100 })
    return hits.map(({ document, text }) => `${document.id} ${text}`).join('\n')
  } catch (error) {
    if (error instanceof IndexError) return error.code
    throw error
  }
}

const right = await outcome(new BundleHost(files))

describe('a pack in which spans of one size changed places', () => {
  it.each([64, 128, 256])(
    'is told by its checksum where the host sends it whole (%i)',
    async (size) => {
      for (const [name, bytes] of files) {
        if (!name.endsWith('.wx')) continue
        for (let at = 0; at + 2 * size <= bytes.length; at += size) {
          const mixed = bytes.slice()
          mixed.copyWithin(at, at + size, at + 2 * size)
          mixed.set(bytes.subarray(at, at + size), at + size)
          const found = await outcome(new BundleHost(new Map(files).set(name, mixed), false))
          expect(['CORRUPT', right], `${name} at ${at}`).toContain(found)
        }
      }
    },
  )
})

describe('under right checksums', () => {
  it('a bundle that is put together anew answers as before', async () => {
    expect(right.split('\n')).toHaveLength(documents.length)
    expect(await outcome(new BundleHost(withStreams(source, new Map())))).toBe(right)
  })

  it('neighbours of one size in each other’s place are told by what they hold', async () => {
    const outcomes = new Map<string, number>()
    for (let i = 0; i + 1 < streams.length; i++) {
      const [first, second] = [streams[i]!, streams[i + 1]!]
      if (first.length !== second.length) continue
      const mixed = withStreams(
        source,
        new Map([
          [i, second],
          [i + 1, first],
        ]),
      )
      const found = await outcome(new BundleHost(mixed))
      expect(['CORRUPT', right], `streams ${i} and ${i + 1}`).toContain(found)
      outcomes.set(found, (outcomes.get(found) ?? 0) + 1)
    }
    expect(outcomes.get('CORRUPT')).toBeGreaterThan(0)
  })

  it.each([2 ** 32, 2 ** 40, Number.MAX_SAFE_INTEGER])(
    '%i titles are no reason to ask for memory',
    async (count) => {
      const [at, head] = headOf(streams)
      const { counts } = head['metadata'] as { counts: Record<string, number> }
      counts['sections'] = count
      const forged = withStreams(source, new Map([[at, new Uint8Array(pack(head))]]))
      expect(['CORRUPT', right]).toContain(await outcome(new BundleHost(forged)))
    },
  )
})
