/**
 * What a build counts in its texts beyond what an index says: enough to tell, for documents that
 * were built apart, what a build of all of them would say of characters and words. Section CNTS.
 *
 *   for texts, then for titles and headings: sources · units · characters · pairs (count-table.ts)
 */

import { ByteReader } from '../bytes/byte-reader.js'
import { ByteWriter } from '../bytes/byte-writer.js'
import { finished, type Steps } from '../bytes/steps.js'
import { CountTable } from './count-table.js'

export interface FieldCounts {
  /** Times a UTF-16 unit occurs before folding. */
  readonly sources: CountTable
  /** Times a folded unit occurs. */
  readonly units: CountTable
  /** By code point: rows that hold the character in a run. */
  readonly characters: CountTable
  /** By pair of BMP characters (see `pairKey`); columns: see PairColumn. */
  readonly pairs: CountTable
}

export const PairColumn = {
  /** Rows that hold the pair. */
  rows: 0,
  /** Times it occurs. */
  occurrences: 1,
  /** Times it is cut out as a word. */
  asWord: 2,
  /** Times it begins or ends a longer word. */
  atEdge: 3,
} as const

export interface IndexCounts {
  readonly text: FieldCounts
  /** Of titles and headings. */
  readonly context: FieldCounts
}

const COLUMNS: Readonly<Record<keyof FieldCounts, number>> = {
  sources: 1,
  units: 1,
  characters: 1,
  pairs: 4,
}
const TABLES = Object.keys(COLUMNS) as (keyof FieldCounts)[]

export function pairKey(first: number, second: number): number {
  return ((first << 16) | second) >>> 0
}

export function encodeCounts({ text, context }: IndexCounts): Uint8Array {
  const out = new ByteWriter(1 << 12)
  for (const field of [text, context]) for (const name of TABLES) field[name].encode(out)
  return out.finish()
}

export function decodeCounts(bytes: Uint8Array): IndexCounts {
  return finished(decodingCounts(bytes))
}

/** The same in steps. */
export function* decodingCounts(bytes: Uint8Array): Steps<IndexCounts> {
  const reader = new ByteReader(bytes, 'section CNTS')
  const text = yield* decodingField(reader)
  return { text, context: yield* decodingField(reader) }
}

function* decodingField(reader: ByteReader): Steps<FieldCounts> {
  const sources = yield* CountTable.decoding(reader, COLUMNS.sources)
  const units = yield* CountTable.decoding(reader, COLUMNS.units)
  const characters = yield* CountTable.decoding(reader, COLUMNS.characters)
  return { sources, units, characters, pairs: yield* CountTable.decoding(reader, COLUMNS.pairs) }
}

/** The counts of all documents in `plus` less those in `minus`, which are among them. */
export function sumCounts(
  plus: readonly IndexCounts[],
  minus: readonly IndexCounts[] = [],
): IndexCounts {
  const sum = (which: keyof IndexCounts) =>
    fieldOf((name) => {
      const tables = (counts: readonly IndexCounts[]) => counts.map((one) => one[which][name])
      if (plus.length === 0) return CountTable.of([], COLUMNS[name])
      return CountTable.sum(tables(plus), tables(minus))
    })
  return { text: sum('text'), context: sum('context') }
}

function fieldOf(table: (name: keyof FieldCounts) => CountTable): FieldCounts {
  const sources = table('sources')
  const units = table('units')
  const characters = table('characters')
  return { sources, units, characters, pairs: table('pairs') }
}

/** The stored class of how mostly a pair is a word: 0 to 3; see terms/term-block.ts. */
export function wordShareOf(occurrences: number, asWord: number): number {
  if (occurrences === 0) return 0
  const share = asWord / occurrences
  return WORD_SHARES.filter((least) => share >= least).length
}

/** The class of a term by the counts of all texts; 0 for what is no pair. */
export function pairWordShare({ pairs }: FieldCounts, term: string): number {
  if (term.length !== 2) return 0
  const at = pairs.find(pairKey(term.charCodeAt(0), term.charCodeAt(1)))
  if (at < 0) return 0
  const [, occurrences, asWord] = pairs.columns
  return wordShareOf(occurrences![at]!, asWord![at]!)
}

/** Least shares of the classes 1, 2 and 3. */
const WORD_SHARES = [0.1, 0.5, 0.9]
