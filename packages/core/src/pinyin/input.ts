/** What a reader types for Chinese, made ready: Latin letters, mixed with characters or not. */

import { type ChainQuery, type Fit, Form, type PlaceFits } from './chains.js'

const LATIN = /[a-z]/
/** Marks a boundary of syllables: xi'an. */
const BOUNDARY = /['’\s-]/

/** Letters without tones, and the places where a syllable must end. */
export class Input {
  readonly text: string
  readonly breaks: ReadonlySet<number>

  constructor(text: string, breaks: ReadonlySet<number>) {
    this.text = text
    this.breaks = breaks
  }

  static of(typed: string): Input {
    const plain = typed
      .toLowerCase()
      .normalize('NFD')
      .replace(/u\u0308/g, 'v')
      .replace(/[\u0300-\u036f]/g, '')
      .replace(/([ln])ue/g, '$1ve')
    const breaks = new Set<number>()
    let text = ''
    for (const part of plain.split(BOUNDARY)) {
      text += part
      breaks.add(text.length)
    }
    return new Input(text, breaks)
  }

  get hasLatin(): boolean {
    return LATIN.test(this.text)
  }

  /** The input without its first `count` letters. */
  behind(count: number): Input {
    return new Input(this.text.slice(count), new Set([...this.breaks].map((at) => at - count)))
  }
}

/** Which syllables fit where in an input; `loose` lets initials stand for them. */
export class Fitting implements ChainQuery {
  readonly #syllables: readonly string[]
  readonly #input: Input
  readonly #loose: boolean
  readonly #fits: PlaceFits[] = []

  constructor(syllables: readonly string[], input: Input, loose: boolean) {
    this.#syllables = syllables
    this.#input = input
    this.#loose = loose
  }

  get end(): number {
    return this.#input.text.length
  }

  fitsAt(place: number): PlaceFits {
    const unit = this.#input.text[place]!
    if (!LATIN.test(unit)) return unit
    this.#fits[place] ??= this.#syllables.map((syllable) => this.#fit(syllable, place))
    return this.#fits[place]
  }

  /** Whether the text is a row of syllables and other characters; the last may be unfinished. */
  isComplete(): boolean {
    const reached = new Uint8Array(this.end + 1)
    reached[0] = 1
    for (let place = 0; place < this.end; place++) {
      if (reached[place] === 0) continue
      const fits = this.fitsAt(place)
      if (typeof fits === 'string') reached[place + 1] = 1
      else for (const ways of fits) for (const { end } of ways ?? []) reached[end] = 1
    }
    return reached[this.end] === 1
  }

  #fit(syllable: string, place: number): Fit[] | undefined {
    const { text } = this.#input
    // Most syllables begin with another letter.
    if (syllable[0] !== text[place]) return undefined
    const found: Fit[] = []
    const add = (length: number, form: Form) => {
      if (text.startsWith(syllable.slice(0, length), place) && !this.#isBroken(place, length)) {
        found.push({ end: place + length, form })
      }
    }
    add(syllable.length, Form.whole)
    const initials = syllable[1] === 'h' ? 2 : 1
    const rest = text.length - place
    const isInitial = this.#loose && rest <= initials
    if (place > 0 && rest < syllable.length && !isInitial) add(rest, Form.unfinished)
    if (this.#loose) {
      for (let length = 1; length <= initials && length < syllable.length; length++) {
        add(length, Form.initial)
      }
    }
    return found.length === 0 ? undefined : found
  }

  #isBroken(place: number, length: number): boolean {
    for (let i = 1; i < length; i++) if (this.#input.breaks.has(place + i)) return true
    return false
  }
}
