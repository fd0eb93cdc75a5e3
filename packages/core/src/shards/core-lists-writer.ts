/** Lists in the core of a bundle, written; core-lists.ts reads them. */

import { ByteWriter } from '../bytes/byte-writer.js'
import { LengthsForm } from './core-lists.js'

/** Writes ascending numbers as varints of their differences. */
export function writeAscending(values: ArrayLike<number>): Uint8Array {
  const out = new ByteWriter()
  let previous = 0
  for (let i = 0; i < values.length; i++) {
    out.varint(values[i]! - previous)
    previous = values[i]!
  }
  return out.finish()
}

/** Writes ascending terms in columns; see core-lists.ts. */
export function writeTerms(terms: readonly string[]): Uint8Array {
  const firsts = new ByteWriter()
  const columns = [new ByteWriter(), new ByteWriter(), new ByteWriter()]
  const [highs, lows, more] = columns as [ByteWriter, ByteWriter, ByteWriter]
  let previous = 0
  for (const term of terms) {
    const first = term === '' ? 0 : term.charCodeAt(0)
    firsts.varint(first - previous)
    previous = first
    const second = term.length > 1 ? term.charCodeAt(1) : 0
    highs.byte(second >>> 8)
    lows.byte(second & 0xff)
    more.varint(Math.max(0, term.length - 2))
    for (let i = 2; i < term.length; i++) more.varint(term.charCodeAt(i))
  }
  const out = new ByteWriter()
  out.varint(terms.length)
  for (const column of [firsts, ...columns]) out.bytes(column.view())
  return out.finish()
}

/** Writes numbers as varints. */
export function writeNumbers(values: readonly number[]): Uint8Array {
  const out = new ByteWriter()
  for (const value of values) out.varint(value)
  return out.finish()
}

/** Writes which characters have a count, and the counts; see core-lists.ts. */
export function writeCharacterRows(
  alphabet: Uint8Array,
  rows: ReadonlyMap<string, number>,
): readonly [characters: Uint8Array, rows: Uint8Array] {
  const out = new ByteWriter()
  const counts: number[] = []
  const rest = new Map(rows)
  for (let at = 0; at < alphabet.length; at += 2) {
    const character = String.fromCharCode(alphabet[at]! | (alphabet[at + 1]! << 8))
    const count = rest.get(character)
    out.byte(count === undefined ? 0 : 1)
    if (count === undefined) continue
    counts.push(count)
    rest.delete(character)
  }
  out.bytes(writeTerms([...rest.keys()].sort()))
  return [out.finish(), writeNumbers([...counts, ...countsOf(rest)])]
}

function countsOf(rest: ReadonlyMap<string, number>): number[] {
  return [...rest.keys()].sort().map((character) => rest.get(character)!)
}

/** Writes a length code for every paragraph, in one of two ways; see core-lists.ts. */
export function writeLengths(lengths: Uint8Array, starts: ArrayLike<number>): Uint8Array {
  const levels = new Uint8Array(starts.length - 1)
  const others = new ByteWriter()
  let before = 0
  for (let document = 0; document < levels.length; document++) {
    const [from, to] = [starts[document]!, starts[document + 1]!]
    levels[document] = mostCommon(lengths.subarray(from, to))
    for (let row = from; row < to; row++) {
      if (lengths[row] === levels[document]) continue
      others.varint(row - before)
      others.byte(lengths[row]!)
      before = row
    }
  }
  const isLevel = levels.length + others.length < lengths.length
  const out = new ByteWriter(lengths.length + 1)
  out.byte(isLevel ? LengthsForm.byDocument : LengthsForm.byParagraph)
  out.bytes(isLevel ? levels : lengths)
  if (isLevel) out.bytes(others.view())
  return out.finish()
}

function mostCommon(codes: Uint8Array): number {
  const counts = new Map<number, number>()
  let best = codes[0] ?? 0
  for (const code of codes) {
    counts.set(code, (counts.get(code) ?? 0) + 1)
    if (counts.get(code)! > counts.get(best)!) best = code
  }
  return best
}
