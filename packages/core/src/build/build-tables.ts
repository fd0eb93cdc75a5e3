/**
 * The memory that an index is counted in while it is built. Making it takes longer than building a
 * small index, so builders that come one after the other may share it.
 */

import { PostingPool } from '../postings/posting-pool.js'
import { PairCounter } from './pair-counter.js'
import type { MemoryLimit } from './spill.js'
import { TermTable } from './term-table.js'
import { UnitTally } from './unit-tally.js'

/** What one field counts in. */
export class FieldTables {
  readonly pool: PostingPool
  readonly terms: TermTable
  readonly pairs = new PairCounter()
  readonly tally = new UnitTally()

  /** `wordLimit`: the segmenter's `idLimit`. */
  constructor(wordLimit: number, memory?: MemoryLimit) {
    this.pool = new PostingPool(memory === undefined ? undefined : poolBytes(memory))
    this.terms = new TermTable(this.pool, wordLimit)
  }

  /** Bytes held by terms and postings so far, about. */
  get byteLength(): number {
    return this.pool.byteLength + this.terms.byteLength + this.pairs.byteLength
  }

  /** Forgets the terms of the rows so far; rows are counted on. */
  clearTerms(): void {
    this.pool.clear()
    this.terms.clear()
    this.pairs.clear()
  }

  /** Begins with row 0 again. */
  restart(): void {
    this.pool.clear()
    this.terms.clear()
    this.pairs.restart()
    this.tally.clear()
  }
}

/** For builders with one and the same analyzer, of which one at a time is at work. */
export class BuildTables {
  readonly text: FieldTables
  readonly context: FieldTables

  /** `wordLimit`: the segmenter's `idLimit`. */
  constructor(wordLimit: number, memory?: MemoryLimit) {
    this.text = new FieldTables(wordLimit, memory)
    this.context = new FieldTables(wordLimit, memory)
  }

  restart(): void {
    this.text.restart()
    this.context.restart()
  }
}

/** Room for all postings that the limit allows, so that a full pool is never copied. */
function poolBytes({ bytes }: MemoryLimit): number {
  return Math.min(MOST_POOL, Math.max(FEWEST_POOL, bytes))
}

const FEWEST_POOL = 1 << 16
const MOST_POOL = 1 << 30
