import { describe, expect, it } from 'vitest'
import {
  basisOf,
  drawList,
  type ListContent,
  openList,
  openLists,
} from '../../../../test/support/posting-lists.js'
import { Random } from '../../../../test/support/random.js'
import { MAX_TF } from '../ranking/bm25.js'
import { POSTINGS_BLOCK } from '../segment/format.js'
import { KeptLists } from './kept-lists.js'
import { PostingList } from './posting-list.js'

function read(list: PostingList): [number, number][] {
  const found: [number, number][] = []
  for (let block = 0; block < list.blocks; block++) {
    const count = list.load(block)
    for (let i = list.base; i < list.base + count; i++) found.push([list.rows[i]!, list.tfs[i]!])
  }
  return found
}

const stored = (content: ListContent) =>
  [...content].map(([row, tf]): [number, number] => [row, Math.min(255, tf)])

const everyNth = (count: number, n: number) =>
  new Map(Array.from({ length: count }, (_, i) => [i * n, 1 + (i % 3)]))

describe('a posting list', () => {
  it.each([
    ['of one', 1],
    ['short of a block', POSTINGS_BLOCK - 1],
    ['of one full block', POSTINGS_BLOCK],
    ['of one block and one', POSTINGS_BLOCK + 1],
    ['of many blocks', POSTINGS_BLOCK * 40],
  ])('%s comes back', (_, count) => {
    const content = everyNth(count, 3)
    const list = openList(content, count * 3)
    expect(list.frequency).toBe(count)
    expect(list.blocks).toBe(Math.ceil(count / POSTINGS_BLOCK))
    expect(read(list)).toEqual(stored(content))
  })

  it('comes back among others, across chunks, in any order of blocks', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = new Random(seed)
      const rows = random.pick([10, 700, 6000])
      const contents = random.times(8, () => drawList(random, rows))
      const lists = openLists(contents, basisOf(rows), random.pick([64, 500, 32_768]))
      expect(lists.map(read)).toEqual(contents.map(stored))
      for (const [i, list] of lists.entries()) {
        const block = random.int(0, list.blocks)
        const count = list.load(block)
        const from = block * POSTINGS_BLOCK
        const expected = stored(contents[i]!).slice(from, from + count)
        expect([...list.rows.subarray(list.base, list.base + count)]).toEqual(
          expected.map(([row]) => row),
        )
      }
    }
  })

  it('is the same in any order of blocks, whether or not there is room to keep it decoded', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = new Random(seed)
      const rows = 6000
      const basis = basisOf(rows)
      const content = drawList(random, rows)
      const readers = [0, 4 << 10, 1 << 20].map((limit) => {
        return openLists([content], basis, 500, new KeptLists(limit))[0]!
      })
      const { blocks } = readers[0]!
      for (const block of random.times(blocks * 3, () => random.int(0, blocks))) {
        const expected = stored(content).slice(block * POSTINGS_BLOCK, (block + 1) * POSTINGS_BLOCK)
        for (const list of readers) {
          const count = list.load(block)
          const found = [...list.rows.subarray(list.base, list.base + count)]
          const tfs = list.tfs.subarray(list.base, list.base + count)
          expect(found.map((row, i) => [row, tfs[i]])).toEqual(expected)
        }
      }
      for (const list of readers) expect([...list.all()]).toEqual([...content.keys()])
    }
  })

  it('is there by row as well where it is long and kept decoded', () => {
    const rows = 6001
    const basis = basisOf(rows)
    const keptIn = (postings: Map<number, number>, room: number) => {
      const [list] = openLists([postings], basis, 500, new KeptLists(room))
      // A block may be in hand when room is made for all.
      list!.load(1)
      list!.all()
      expect(list!.bits === null).toBe(list!.byRow === null)
      return list!
    }
    const content = new Map(Array.from({ length: 2000 }, (_, i) => [i * 3, 1 + (i % 40)]))
    const { byRow, bits } = keptIn(content, 1 << 20)
    for (let row = 0; row < rows; row++) {
      const expected = Math.min(MAX_TF, content.get(row) ?? 0)
      expect((byRow![row >>> 1]! >>> ((row & 1) << 2)) & MAX_TF).toBe(expected)
      expect((bits![row >>> 5]! >>> (row & 31)) & 1).toBe(Math.min(1, expected))
    }
    expect(keptIn(content, 1 << 10).byRow).toBeNull()
    expect(keptIn(everyNth(150, 40), 1 << 20).byRow).toBeNull()
  })

  it('in memory is read like one from bytes', () => {
    const rows = 3000
    const basis = basisOf(rows)
    for (let seed = 1; seed <= 10; seed++) {
      const content = drawList(new Random(seed), rows)
      const [fromBytes] = openLists([content], basis)
      const postings = {
        rows: Int32Array.from(content.keys()),
        tfs: Uint8Array.from(content.values(), (tf) => Math.min(255, tf)),
      }
      const inMemory = new PostingList(postings, content.size, basis)
      expect(read(inMemory)).toEqual(read(fromBytes!))
      expect([...inMemory.lastRows]).toEqual([...fromBytes!.lastRows])
      expect(inMemory.bound).toBe(fromBytes!.bound)
    }
  })

  it('has a bound that no posting exceeds', () => {
    const rows = 5000
    for (let seed = 1; seed <= 10; seed++) {
      const basis = basisOf(rows, seed)
      const [list] = openLists([drawList(new Random(seed), rows)], basis)
      for (let block = 0; block < list!.blocks; block++) {
        const count = list!.load(block)
        for (let i = 0; i < count; i++) {
          const code = basis.lengths[list!.rows[i]!]!
          const factor = basis.table[(Math.min(MAX_TF, list!.tfs[i]!) << 8) | code]!
          expect(list!.bound).toBeGreaterThanOrEqual(factor)
        }
      }
    }
  })
})

describe('blockFor', () => {
  it('finds the first block that may hold a row, from any block before it', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const random = new Random(seed)
      const list = openList(drawList(random, 20_000), 20_000)
      for (let i = 0; i < 300; i++) {
        const row = random.int(0, 20_100)
        const slow = [...list.lastRows].findIndex((last) => last >= row)
        const expected = slow < 0 ? list.blocks : slow
        const from = random.int(0, expected + 1)
        expect(list.blockFor(row, from), `row ${row} from ${from}`).toBe(expected)
      }
    }
  })

  it('stays behind the end', () => {
    const list = openList(everyNth(1000, 1), 1000)
    expect(list.blockFor(5000, 0)).toBe(list.blocks)
    expect(list.blockFor(0, list.blocks)).toBe(list.blocks)
  })
})

describe('a posting list that is damaged', () => {
  it('is refused when it claims more rows than there are, or none', () => {
    const postings = { rows: Int32Array.of(0), tfs: Uint8Array.of(1) }
    for (const frequency of [0, 11, 2 ** 32 - 1]) {
      expect(() => new PostingList(postings, frequency, basisOf(10))).toThrow(
        `a posting list claims ${frequency} of 10 rows`,
      )
    }
  })

  it('is refused when it names a row beyond the last', () => {
    for (const count of [5, 500]) {
      const content = everyNth(count, 2)
      const basis = basisOf(count * 2)
      const short = { ...basis, lengths: basis.lengths.subarray(0, count + 1) }
      expect(() => openLists([content], basis)).not.toThrow()
      expect(() => openLists([content], short)).toThrow(/names row/)
    }
  })
})
