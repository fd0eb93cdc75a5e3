import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { crc32 } from '../bytes/crc32.js'
import type { Piece } from '../shards/piece-table.js'
import { ShardLoader } from './load-shard.js'
import { PieceCache } from './piece-cache.js'

const GAP = 2000

/** A pack of pieces with gaps between them, so that each is asked for by itself. */
function packOf(texts: readonly string[]): { bytes: Uint8Array; pieces: Piece[] } {
  const places: { start: number; end: number }[] = []
  const parts: Buffer[] = []
  let start = 0
  for (const text of texts) {
    const checked = Buffer.concat([Buffer.of(0), deflateRawSync(text)])
    const head = Buffer.alloc(4)
    head.writeUInt32LE(crc32(checked, start))
    parts.push(head, checked, Buffer.alloc(GAP))
    places.push({ start, end: start + head.length + checked.length })
    start += head.length + checked.length + GAP
  }
  const bytes = new Uint8Array(Buffer.concat(parts))
  const pack = { name: 'a.wx', checksum: crc32(bytes) }
  return { bytes, pieces: places.map((place) => ({ pack, ...place })) }
}

it('counts a pack once that several requests for ranges brought whole', async () => {
  const { bytes, pieces } = packOf(['甲', '乙', '丙', '丁'])
  let asked = 0
  const load = () => {
    asked++
    return Promise.resolve(bytes)
  }
  const inflate = (packed: Uint8Array) => new Uint8Array(inflateRawSync(packed))
  // Room for the pack and all of its pieces, and not for the pack twice.
  const cache = new PieceCache(new ShardLoader(load, inflate), bytes.length * 1.5)
  await cache.fetch(pieces)
  expect(asked).toBe(pieces.length)
  cache.trim()
  expect(pieces.map((piece) => cache.has(piece))).toEqual(pieces.map(() => true))
})
