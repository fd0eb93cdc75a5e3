/**
 * The blocks of a term's lists in several segments, under the numbers that their rows have in all
 * of them together. A block is decoded when it is asked for, except where rows of it may be deleted:
 * those are read at once, so that every block has a row and its true last one.
 */

import type { BlockSource } from '../postings/block-source.js'
import type { DecodedPostings, PostingList } from '../postings/posting-list.js'
import type { Survivors } from './survivors.js'

/** A term's list in one segment, and the rows of that segment that are left. */
export interface JoinedPart {
  readonly list: PostingList
  readonly rows: Survivors
  /** The number that the segment's first row has. */
  readonly base: number
  /** What a tf factor of the segment grows by at most when it becomes one of all segments. */
  readonly growth: number
}

interface Block {
  readonly part: JoinedPart
  /** Its number in the list of the segment. */
  readonly number: number
  /** What its rows' numbers grow by; without meaning where `left` says what is left. */
  readonly shift: number
  readonly left: { readonly rows: Int32Array; readonly tfs: Uint8Array } | null
}

export class JoinedBlocks implements BlockSource {
  readonly lastRows: Int32Array
  readonly bound: number
  readonly starts: Int32Array
  readonly whole: DecodedPostings | null
  readonly #blocks: readonly Block[]

  constructor(parts: readonly JoinedPart[]) {
    const blocks = parts.flatMap(blocksOf)
    // Most terms are in the largest segment alone, which comes first.
    const [only] = parts.length === 1 ? parts : []
    const isSame =
      only?.list.blocks === blocks.length &&
      blocks.every(({ shift, left }) => shift === 0 && left === null)
    this.whole = isSame ? only.list.decoded : null
    this.#blocks = blocks
    this.lastRows = new Int32Array(blocks.length)
    this.bound = Math.max(...parts.map(({ list, growth }) => list.bound * growth))
    this.starts = new Int32Array(blocks.length + 1)
    for (const [i, { part, number, shift, left }] of blocks.entries()) {
      const { list } = part
      this.lastRows[i] = left?.rows.at(-1) ?? list.lastRows[number]! + shift
      const count = left?.rows.length ?? list.startOf(number + 1) - list.startOf(number)
      this.starts[i + 1] = this.starts[i]! + count
    }
  }

  /** How many postings there are. */
  get frequency(): number {
    return this.starts.at(-1)!
  }

  decode(block: number, rows: Int32Array, tfs: Uint8Array, at: number): void {
    const { part, number, shift, left } = this.#blocks[block]!
    if (left !== null) {
      rows.set(left.rows, at)
      tfs.set(left.tfs, at)
      return
    }
    const { list } = part
    const count = list.load(number)
    const { rows: listed, base } = list
    for (let i = 0; i < count; i++) rows[at + i] = listed[base + i]! + shift
    tfs.set(list.tfs.subarray(base, base + count), at)
  }
}

/** The blocks of one list that have any row left. */
function blocksOf(part: JoinedPart): Block[] {
  const { list, rows, base } = part
  const { gone } = rows
  const blocks: Block[] = []
  /** How many deleted rows stand before the block. */
  let before = 0
  for (let number = 0; number < list.blocks; number++) {
    const first = number === 0 ? 0 : list.lastRows[number - 1]! + 1
    while (before < gone.length && gone[before]! < first) before++
    if (before === gone.length || gone[before]! > list.lastRows[number]!) {
      blocks.push({ part, number, shift: base - before, left: null })
      continue
    }
    const left = leftOf(part, number)
    if (left.rows.length > 0) blocks.push({ part, number, shift: 0, left })
  }
  return blocks
}

function leftOf({ list, rows, base }: JoinedPart, block: number) {
  const end = list.load(block) + list.base
  const numbers: number[] = []
  const tfs: number[] = []
  for (let i = list.base; i < end; i++) {
    const rank = rows.rankOf(list.rows[i]!)
    if (rank < 0) continue
    numbers.push(base + rank)
    tfs.push(list.tfs[i]!)
  }
  return { rows: Int32Array.from(numbers), tfs: Uint8Array.from(tfs) }
}
