/**
 * How often each UTF-16 unit occurs in the texts of a field, folded and before. Most units fold to
 * themselves, so only the folded ones are counted, and where the two differ.
 */

import type { Folded } from '@wenxun/tokenizer'

const UNITS = 0x10000

export class UnitTally {
  readonly #folded = new Uint32Array(UNITS)
  /** Times that a folded unit was another unit before, and that a unit before was folded. */
  readonly #arisen = new Uint32Array(UNITS)
  readonly #vanished = new Uint32Array(UNITS)

  /** Counts a text. Hot: bench "build". */
  add({ text, units, length, starts }: Folded): void {
    const folded = this.#folded
    if (starts !== null) {
      for (let i = 0; i < text.length; i++) this.#vanished[text.charCodeAt(i)]!++
      for (let i = 0; i < length; i++) this.#arisen[units[i]!]!++
      for (let i = 0; i < length; i++) folded[units[i]!]!++
      return
    }
    for (let i = 0; i < length; i++) {
      const unit = units[i]!
      folded[unit]!++
      const source = text.charCodeAt(i)
      if (source === unit) continue
      this.#vanished[source]!++
      this.#arisen[unit]!++
    }
  }

  /** Forgets all texts. */
  clear(): void {
    this.#folded.fill(0)
    this.#arisen.fill(0)
    this.#vanished.fill(0)
  }

  /** Times each folded unit occurs. */
  get foldedCounts(): Uint32Array {
    return this.#folded
  }

  /** Times each unit occurs before folding. */
  writtenCounts(): Uint32Array {
    const counts = new Uint32Array(UNITS)
    for (let unit = 0; unit < UNITS; unit++) counts[unit] = this.written(unit)
    return counts
  }

  /** Times a folded unit occurs. */
  folded(unit: number): number {
    return this.#folded[unit]!
  }

  /** Times a unit occurs before folding. */
  written(unit: number): number {
    return this.#folded[unit]! - this.#arisen[unit]! + this.#vanished[unit]!
  }
}
