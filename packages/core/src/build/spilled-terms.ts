/**
 * Counted terms outside of memory: a run is a file of the terms of some rows, in order; later runs
 * hold later rows. Merging all runs gives what one run over all rows would hold, byte for byte.
 *
 *   run  = per term: bytes of the rest u32 · units varint · unit varint × units
 *        · frequency varint · last row + 1 varint · occurrences varint · as word varint
 *        · at edge varint · postings
 */

import { ByteReader } from '../bytes/byte-reader.js'
import { ByteWriter } from '../bytes/byte-writer.js'
import type { CountedTerm, CountedTerms } from './counted-term.js'
import type { Spill, SpillFile } from './spill.js'

/** More runs are merged into one, so that few files are read at a time. */
const MOST_RUNS = 24
/** Bytes written and read at a time. */
const WINDOW = 1 << 16
const HEAD_BYTES = 4

export class SpilledTerms {
  readonly #spill: Spill
  #runs: SpillFile[] = []

  constructor(spill: Spill) {
    this.#spill = spill
  }

  get isEmpty(): boolean {
    return this.#runs.length === 0
  }

  /** Takes the next run: terms in order, of rows behind those of the run before. */
  add(terms: CountedTerms): void {
    this.#runs.push(writeRun(this.#spill.create(), terms))
    if (this.#runs.length < MOST_RUNS) return
    const merged = writeRun(this.#spill.create(), this.merged())
    this.remove()
    this.#runs.push(merged)
  }

  /** All terms in order. */
  merged(): CountedTerms {
    return new MergedRuns(this.#runs)
  }

  remove(): void {
    for (const run of this.#runs) run.remove()
    this.#runs = []
  }
}

function writeRun(file: SpillFile, terms: CountedTerms): SpillFile {
  const out = new ByteWriter(WINDOW)
  const entry = new ByteWriter()
  for (let next = terms.next(); next !== null; next = terms.next()) {
    const { term, postings, ...counts } = next
    entry.clear()
    entry.varint(term.length)
    for (let i = 0; i < term.length; i++) entry.varint(term.charCodeAt(i))
    entry.varint(counts.frequency)
    entry.varint(counts.lastRow + 1)
    entry.varint(counts.occurrences)
    entry.varint(counts.asWord)
    entry.varint(counts.atEdge)
    out.u32(entry.length + postings.length)
    out.bytes(entry.view())
    out.bytes(postings)
    if (out.length < WINDOW) continue
    file.append(out.view())
    out.clear()
  }
  file.append(out.view())
  return file
}

class RunReader implements CountedTerms {
  readonly #file: SpillFile
  #window: Uint8Array = new Uint8Array(0)
  #start = 0
  #at = 0

  constructor(file: SpillFile) {
    this.#file = file
  }

  next(): CountedTerm | null {
    if (this.#at >= this.#file.length) return null
    const length = new ByteReader(this.#take(HEAD_BYTES), 'a spilled run').u32()
    return readTerm(this.#take(length))
  }

  #take(count: number): Uint8Array {
    const at = this.#at
    if (at + count > this.#start + this.#window.length) {
      const end = Math.min(this.#file.length, at + Math.max(count, WINDOW))
      this.#window = this.#file.read(at, end).slice()
      this.#start = at
    }
    this.#at += count
    return this.#window.subarray(at - this.#start, at - this.#start + count)
  }
}

function readTerm(bytes: Uint8Array): CountedTerm {
  const reader = new ByteReader(bytes, 'a spilled term')
  let term = ''
  for (let units = reader.varint(); units > 0; units--) term += String.fromCharCode(reader.varint())
  return {
    term,
    frequency: reader.varint(),
    lastRow: reader.varint() - 1,
    occurrences: reader.varint(),
    asWord: reader.varint(),
    atEdge: reader.varint(),
    postings: reader.bytes(reader.remaining),
  }
}

class MergedRuns implements CountedTerms {
  readonly #runs: readonly RunReader[]
  readonly #heads: (CountedTerm | null)[]
  readonly #joined = new ByteWriter(WINDOW)
  #given: string | null = null

  constructor(runs: readonly SpillFile[]) {
    this.#runs = runs.map((run) => new RunReader(run))
    this.#heads = this.#runs.map((run) => run.next())
  }

  /** Few runs, so the least term is looked for among all of them. */
  next(): CountedTerm | null {
    const heads = this.#heads
    for (const [i, head] of heads.entries()) {
      if (head !== null && head.term === this.#given) heads[i] = this.#runs[i]!.next()
    }
    let least: string | null = null
    for (const head of heads) {
      if (head !== null && (least === null || head.term < least)) least = head.term
    }
    this.#given = least
    if (least === null) return null
    const alike = heads.filter((head) => head?.term === least) as CountedTerm[]
    return alike.length === 1 ? alike[0]! : join(alike, this.#joined)
  }
}

/** One term of several runs, in order of their rows. */
function join(parts: readonly CountedTerm[], out: ByteWriter): CountedTerm {
  out.clear()
  const sum = { frequency: 0, lastRow: -1, occurrences: 0, asWord: 0, atEdge: 0 }
  for (const { frequency, lastRow, postings, ...counts } of parts) {
    if (frequency > 0) {
      // The first posting counts from row −1; here it follows the last one of the part before.
      const reader = new ByteReader(postings, 'spilled postings')
      out.varint(reader.varint() - (sum.lastRow + 1) * 2)
      out.bytes(reader.bytes(reader.remaining))
      sum.lastRow = lastRow
    }
    sum.frequency += frequency
    sum.occurrences += counts.occurrences
    sum.asWord += counts.asWord
    sum.atEdge += counts.atEdge
  }
  return { term: parts[0]!.term, ...sum, postings: out.view() }
}
