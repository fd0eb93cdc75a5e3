/** What a reader types for Chinese, made ready: Latin letters, mixed with characters or not. */

import { type Fit, Form } from './chains.js'
import type { ReadingTable } from './reading-table.js'

/** A letter that pinyin is written with. */
export const LATIN = /[a-z]/
/** Marks a boundary of syllables: xi'an. */
const BOUNDARY = /['’\s-]/g

/** Letters without tones, and the places where a syllable must end. */
export function normalize(input: string): { text: string; breaks: Set<number> } {
  const plain = input
    .toLowerCase()
    .normalize('NFD')
    .replace(/u\u0308/g, 'v')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/([ln])ue/g, '$1ve')
  const parts = plain.split(BOUNDARY)
  const breaks = new Set<number>()
  let at = 0
  for (const part of parts) breaks.add((at += part.length))
  return { text: parts.join(''), breaks }
}

/** Which characters fit where in a text of Latin letters and others; `loose` allows initials. */
export class Fitting {
  readonly #table: ReadingTable
  readonly #text: string
  readonly #breaks: ReadonlySet<number>
  readonly #loose: boolean
  /** Per place and syllable: the fits of a character read so, with reading 0. */
  readonly #fits: Fit[][][] = []

  get length(): number {
    return this.#text.length
  }

  constructor(table: ReadingTable, text: string, breaks: ReadonlySet<number>, loose: boolean) {
    this.#table = table
    this.#text = text
    this.#breaks = breaks
    this.#loose = loose
  }

  /** Whether the text is a row of syllables and other characters; the last may be unfinished. */
  isComplete(): boolean {
    const reached = new Uint8Array(this.#text.length + 1)
    reached[0] = 1
    for (let place = 0; place < this.#text.length; place++) {
      if (reached[place] === 0) continue
      if (!LATIN.test(this.#text[place]!)) reached[place + 1] = 1
      else for (const fits of this.#syllables(place)) for (const { end } of fits) reached[end] = 1
    }
    return reached[this.#text.length] === 1
  }

  /** Characters that fit at the beginning. */
  firsts(): Set<string> {
    if (!LATIN.test(this.#text[0]!)) return new Set(this.#text[0]!)
    const found = new Set<string>()
    for (const [id, fits] of this.#syllables(0).entries()) {
      if (fits.length > 0) for (const char of this.#table.characters[id]!) found.add(char)
    }
    return found
  }

  at(character: string, place: number): Fit[] {
    const unit = this.#text[place]!
    if (!LATIN.test(unit)) {
      return unit === character ? [{ end: place + 1, reading: -1, form: Form.whole }] : []
    }
    const syllables = this.#syllables(place)
    return this.#table.of(character).flatMap((id, reading) => {
      return syllables[id]!.map((fit) => ({ ...fit, reading }))
    })
  }

  #syllables(place: number): Fit[][] {
    this.#fits[place] ??= this.#table.syllables.map((syllable) => this.#fit(syllable, place))
    return this.#fits[place]
  }

  #fit(syllable: string, place: number): Fit[] {
    const found: Fit[] = []
    const add = (length: number, form: Form) => {
      const end = place + length
      if (!this.#text.startsWith(syllable.slice(0, length), place)) return
      for (let i = place + 1; i < end; i++) if (this.#breaks.has(i)) return
      found.push({ end, reading: 0, form })
    }
    add(syllable.length, Form.whole)
    const rest = this.#text.length - place
    if (place > 0 && rest < syllable.length) add(rest, Form.unfinished)
    if (this.#loose && syllable.length > 1) {
      add(1, Form.initial)
      if (syllable[1] === 'h' && syllable.length > 2) add(2, Form.initial)
    }
    return found
  }
}
