/**
 * How the characters of an index are read: pinyin without tones, ü written v.
 *
 *   syllables text (see ByteWriter): ascending, separated by spaces
 *   usual     count varint · unit of each character, ascending, as varint difference to the one
 *             before · number of its usual syllable, varint each
 *   others    the same for further readings; a character may be there more than once
 *   words     text: words that are read otherwise than by the usual readings of their characters,
 *             separated by spaces, each with a digit for every character: 0 its usual reading,
 *             n the n-th of its others (银行01)
 */

import { ByteReader } from '../bytes/byte-reader.js'
import { corrupt } from '../errors.js'

/** The second half of a word's entry; no word is so long. */
const NUMBERS = /^[0-9]{1,32}$/

/** Number of a syllable in `syllables`. */
export type SyllableId = number

export class ReadingTable {
  /** Ascending. */
  readonly syllables: readonly string[] = []
  /** Characters that may be read so, by syllable; not all of them are in the index. */
  readonly characters: readonly string[][] = []
  readonly #readings = new Map<string, SyllableId[]>()
  readonly #words = new Map<string, string>()
  #longest = 1

  /** `bytes`: the one chunk of section PINY; empty bytes know no readings. */
  constructor(bytes: Uint8Array) {
    if (bytes.length === 0) return
    const reader = new ByteReader(bytes, 'section PINY')
    this.syllables = reader.text().split(' ')
    this.characters = this.syllables.map(() => [])
    this.#readList(reader)
    this.#readList(reader)
    for (const entry of reader.text().split(' ')) {
      const length = entry.length / 2
      if (entry === '') continue
      if (!NUMBERS.test(entry.slice(length))) throw corrupt('section PINY has a broken word')
      this.#words.set(entry.slice(0, length), entry.slice(length))
      this.#longest = Math.max(this.#longest, length)
    }
  }

  #readList(reader: ByteReader): void {
    const count = reader.varint()
    if (count * 2 > reader.remaining) throw corrupt('section PINY ends too early')
    const characters: string[] = []
    let unit = 0
    for (let i = 0; i < count; i++) {
      unit += reader.varint()
      characters.push(String.fromCharCode(unit))
    }
    for (const character of characters) {
      const id = reader.varint()
      const alike = this.characters[id]
      if (alike === undefined) throw corrupt(`section PINY has no syllable ${id}`)
      alike.push(character)
      const known = this.#readings.get(character)
      if (known === undefined) this.#readings.set(character, [id])
      else known.push(id)
    }
  }

  /** Readings of a character, the usual one first; empty when it has none. */
  of(char: string): readonly SyllableId[] {
    return this.#readings.get(char) ?? NONE
  }

  /**
   * Which reading each character of a text has: known words from the left, longest first, then
   * usual readings. Numbers of readings, as in the section.
   */
  numbersOf(text: string): string {
    let numbers = ''
    while (numbers.length < text.length) {
      const at = numbers.length
      let end = Math.min(text.length, at + this.#longest)
      while (end > at + 1 && !this.#words.has(text.slice(at, end))) end--
      numbers += this.#words.get(text.slice(at, end)) ?? '0'
    }
    return numbers
  }
}

const NONE: readonly SyllableId[] = []
