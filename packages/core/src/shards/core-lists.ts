/**
 * Lists in the core of a bundle, read; core-lists-writer.ts writes them.
 *
 *   ascending  differences, varints
 *   terms      count varint · first units, varints of their differences · high bytes of second
 *              units · low bytes of those · per term: further units varint · units, varints
 *              (a second unit of 0 is none)
 */

import { ByteReader } from '../bytes/byte-reader.js'
import { corrupt } from '../errors.js'

/** Paragraphs are numbers of 32 bits. */
const LARGEST = 2 ** 32 - 1

export function readAscending(bytes: Uint8Array, expected?: number): Uint32Array {
  const reader = new ByteReader(bytes, 'a list of the bundle')
  const values: number[] = []
  let value = 0
  while (reader.remaining > 0) {
    value += reader.varint()
    if (value > LARGEST) throw corrupt(`a list of the bundle goes up to ${value}`)
    values.push(value)
  }
  if (expected !== undefined && values.length !== expected) {
    throw corrupt(`a list of the bundle has ${values.length} numbers, not ${expected}`)
  }
  return Uint32Array.from(values)
}

export function readTerms(bytes: Uint8Array): string[] {
  return termsOf(new ByteReader(bytes, 'the terms of the bundle'))
}

function termsOf(reader: ByteReader): string[] {
  const count = reader.varint()
  if (count > reader.remaining) throw corrupt(`the bundle claims ${count} terms`)
  const firsts = Array.from({ length: count }, () => reader.varint())
  const highs = reader.bytes(count)
  const lows = reader.bytes(count)
  let first = 0
  return firsts.map((step, i) => {
    first += step
    const second = (highs[i]! << 8) | lows[i]!
    let term = first === 0 ? '' : String.fromCharCode(first)
    if (second !== 0) term += String.fromCharCode(second)
    for (let more = reader.varint(); more > 0; more--) {
      term += String.fromCharCode(reader.varint())
    }
    return term
  })
}

/**
 * How many paragraphs hold a character: for every character of the alphabet a byte, 1 where it has
 * a count; then other characters that have one, as terms. Counts are varints in that order.
 */
export function readCharacterRows(
  alphabet: Uint8Array,
  characters: Uint8Array,
  rows: Uint8Array,
): Map<string, number> {
  const reader = new ByteReader(characters, 'the characters of the bundle')
  const names: string[] = []
  for (let at = 0; at < alphabet.length; at += 2) {
    const character = String.fromCharCode(alphabet[at]! | (alphabet[at + 1]! << 8))
    if (reader.byte() === 1) names.push(character)
  }
  names.push(...termsOf(reader))
  const counts = new ByteReader(rows, 'the characters of the bundle')
  return new Map(names.map((character) => [character, counts.varint()]))
}

/** How lengths are written. */
export const LengthsForm = { byParagraph: 0, byDocument: 1 } as const

/**
 * A length code for every paragraph: after a byte that says the form, one each; or one for every
 * document, and then, for paragraphs with another code, the difference to the one before, varint,
 * and the code.
 */
export function readLengths(bytes: Uint8Array, starts: Uint32Array): Uint8Array {
  const reader = new ByteReader(bytes, 'the lengths of the bundle')
  const rows = starts.at(-1)!
  if (reader.byte() === LengthsForm.byParagraph) {
    if (reader.remaining !== rows) {
      throw corrupt(`the bundle has ${reader.remaining} lengths for ${rows} paragraphs`)
    }
    return reader.bytes(rows)
  }
  const levels = reader.bytes(starts.length - 1)
  const lengths = new Uint8Array(rows)
  for (const [i, length] of levels.entries()) lengths.fill(length, starts[i]!, starts[i + 1]!)
  let row = 0
  while (reader.remaining > 0) {
    row += reader.varint()
    if (row >= rows) throw corrupt(`the bundle has a length for paragraph ${row}`)
    lengths[row] = reader.byte()
  }
  return lengths
}
