/** Posting lists written and opened the way an index does it. */

import { deflate } from '../../packages/core/src/build/deflate-portable.js'
import { type ListKeeper, PostingList } from '../../packages/core/src/postings/posting-list.js'
import { PostingPool } from '../../packages/core/src/postings/posting-pool.js'
import {
  type BoundBasis,
  PostingsWriter,
} from '../../packages/core/src/postings/postings-writer.js'
import { DEFAULT_BM25, tfTable } from '../../packages/core/src/ranking/bm25.js'
import { memorySource } from '../../packages/core/src/segment/byte-source.js'
import { ChunkReader, ChunkWriter } from '../../packages/core/src/segment/chunks.js'
import { Random } from './random.js'

/** Row → frequency there. */
export type ListContent = ReadonlyMap<number, number>

/** Length codes of so many rows, drawn by a seed. */
export function basisOf(rows: number, seed = 1): BoundBasis {
  const random = new Random(seed)
  const lengths = Uint8Array.from({ length: rows }, () => random.int(0, 120))
  return { lengths, table: tfTable(DEFAULT_BM25, 40), k1: DEFAULT_BM25.k1 }
}

/** Opens the lists from one chunked section whose chunks hold about `chunkBytes`. */
export function openLists(
  contents: readonly ListContent[],
  basis: BoundBasis,
  chunkBytes = 1024,
  keeper: ListKeeper | null = null,
): PostingList[] {
  const pool = new PostingPool()
  const numbers = contents.map(() => pool.create())
  // By rows, as documents come, so that the lists lie mixed in the pool.
  const rows = [...new Set(contents.flatMap((list) => [...list.keys()]))].sort((a, b) => a - b)
  for (const row of rows) {
    for (const [i, list] of contents.entries()) {
      const tf = list.get(row)
      if (tf !== undefined) pool.append(numbers[i]!, row, tf)
    }
  }
  const chunks = new ChunkWriter(deflate, chunkBytes)
  const writer = new PostingsWriter(chunks, basis)
  const offsets = numbers.map((list) => {
    const bytes = new Uint8Array(pool.maxBytes(list))
    return writer.write(bytes.subarray(0, pool.copy(list, bytes)), pool.frequency(list))
  })
  const bytes = chunks.finish()
  const reader = new ChunkReader(memorySource(bytes), 0, bytes.length, 'POST', 1 << 24)
  return contents.map(
    ({ size }, i) => new PostingList({ chunks: reader, offset: offsets[i]! }, size, basis, keeper),
  )
}

export function openList(content: ListContent, rows: number): PostingList {
  return openLists([content], basisOf(rows))[0]!
}

/** A random list over rows [0, rows): dense ones are long, sparse ones short. */
export function drawList(random: Random, rows: number): Map<number, number> {
  const density = random.pick([0.002, 0.05, 0.4, 1])
  const list = new Map<number, number>()
  for (let row = 0; row < rows; row++) {
    if (random.chance(density)) list.set(row, random.chance(0.6) ? 1 : random.int(1, 300))
  }
  if (list.size === 0) list.set(random.int(0, rows), 1)
  return list
}
