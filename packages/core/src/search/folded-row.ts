/**
 * The folded text of one row at a time, as units in a reused buffer: the second look reads many
 * texts, and making strings of them would cost more than looking. Hot: bench "query".
 */

import type { Folder } from '@wenxun/tokenizer/scan'
import type { ParagraphTexts } from '../store/text-store.js'

export class FoldedRow {
  readonly #texts: ParagraphTexts
  readonly #folder: Folder
  #row = -1
  units = new Uint16Array(1 << 10)
  length = 0

  constructor(texts: ParagraphTexts, folder: Folder) {
    this.#texts = texts
    this.#folder = folder
  }

  /** Makes a row the current one. */
  load(row: number): void {
    if (row === this.#row) return
    // Not kept when reading fails.
    this.#row = -1
    const most = this.#texts.maxUnits(row)
    if (most > this.units.length) this.units = new Uint16Array(most * 2)
    this.length = this.#texts.read(row, this.units)
    if (!this.#folder.foldUnits(this.units, this.length)) this.#loadSlowly(row)
    this.#row = row
  }

  /** A text in which a fold changes lengths. */
  #loadSlowly(row: number): void {
    const folded = this.#folder.fold(this.#texts.text(row))
    if (folded.length > this.units.length) this.units = new Uint16Array(folded.length * 2)
    this.units.set(folded.units.subarray(0, folded.length))
    this.length = folded.length
  }

  /** Whether a row surely holds a folded term; where not, load it. */
  surelyHas(row: number, term: string): boolean {
    return this.#texts.surelyHas?.(row, term, this.#folder) ?? false
  }

  /** Where a term first stands in the current row, or −1. */
  indexOf(term: string): number {
    const { units, length } = this
    const first = term.charCodeAt(0)
    const last = length - term.length
    for (let at = 0; at <= last; at++) {
      if (units[at] !== first) continue
      let i = 1
      while (i < term.length && units[at + i] === term.charCodeAt(i)) i++
      if (i === term.length) return at
    }
    return -1
  }
}
