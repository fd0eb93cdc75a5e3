/** Texts of an index that sound like a run of Han characters, tones ignored. */

import {
  type ChainFinder,
  type Fit,
  Form,
  type PlaceFits,
  type TermLookup,
  textOf,
} from './chains.js'
import { inOrder } from './in-order.js'
import type { ReadingTable } from './reading-table.js'
import { isWordPair } from './word-pairs.js'

/** Longest run that is looked for as a whole, and longest part of another. */
const MAX_RUN = 12
const MAX_PART = 4
/** Pairs that an index lacks, around which parts are looked for. */
const MAX_PLACES = 3
/** A sound-alike must occur so many times more often than what was asked for. */
const MORE_OFTEN = 10
/** Sound-alikes whose rows are asked for. */
const MAX_ASKED = 8
const NO_SOUND = -1

export class SoundAlikes {
  readonly #table: ReadingTable
  readonly #lookup: TermLookup
  readonly #chains: ChainFinder

  constructor(table: ReadingTable, lookup: TermLookup, chains: ChainFinder) {
    this.#table = table
    this.#lookup = lookup
    this.#chains = chains
  }

  /** See Pinyin.suggest. */
  of(run: string, rowsOf: (text: string) => number): string[] {
    if (run.length < 2) return []
    if (run.length <= MAX_RUN) {
      const found = this.#soundAlikes(run, rowsOf)
      if (found.length > 0) return found
    }
    let places = 0
    for (let at = 1; at < run.length && places < MAX_PLACES; at++) {
      if (this.#lookup.get(run.slice(at - 1, at + 1)) !== null) continue
      places++
      const found = this.#repair(run, at, rowsOf)
      if (found.length > 0) return found
    }
    return []
  }

  /** Replaces a part around the pair that ends behind `at`, which the index lacks. */
  #repair(run: string, at: number, rowsOf: (text: string) => number): string[] {
    for (let length = Math.min(MAX_PART, run.length - 1); length >= 2; length--) {
      for (let start = Math.max(0, at - length + 1); start < at; start++) {
        if (start + length > run.length) break
        const part = run.slice(start, start + length)
        const found = this.#soundAlikes(part, rowsOf)
        if (found.length > 0) {
          return found.map((text) => run.slice(0, start) + text + run.slice(start + length))
        }
      }
    }
    return []
  }

  /** Rows tell enough of longer texts. */
  #isWord(text: string): boolean {
    return text.length > 2 || isWordPair(this.#lookup, text)
  }

  #soundAlikes(run: string, rowsOf: (text: string) => number): string[] {
    const sounds = this.#sounds(run)
    const fitsAt = (place: number): PlaceFits => {
      const fits: Fit[][] = []
      if (sounds[place] === NO_SOUND) return run[place]!
      fits[sounds[place]!] = [{ end: place + 1, form: Form.whole }]
      return fits
    }
    const chains = this.#chains.find({ end: run.length, fitsAt }).map(textOf)
    const alike = chains.filter((text) => {
      return text !== run && this.#isWord(text) && String(this.#sounds(text)) === String(sounds)
    })
    if (alike.length === 0) return []
    const least = Math.max(1, MORE_OFTEN * rowsOf(run))
    const rows = new Map<string, number>()
    for (const text of alike.slice(0, MAX_ASKED)) {
      const count = rowsOf(text)
      if (count >= least) rows.set(text, count)
    }
    return inOrder(rows)
  }

  /** The syllable of each character as it is read in this text; NO_SOUND for one without reading. */
  #sounds(text: string): number[] {
    const numbers = this.#table.numbersOf(text)
    return Array.from(numbers, (number, i) => this.#table.of(text[i]!)[Number(number)] ?? NO_SOUND)
  }
}
