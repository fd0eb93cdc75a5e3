/**
 * Titles and headings with the paragraphs that they cover.
 *
 *   SECT = per section: first row u32 · row behind the last u32; then per section: kind byte
 *
 * Sections are in order of their first row; a title comes before the headings of its document,
 * and an outer heading before the inner ones, so that sections nest.
 */

import { u32View } from '../bytes/byte-reader.js'
import { corrupt } from '../errors.js'

export const SectionKind = { title: 0, heading: 1 } as const
export type SectionKind = (typeof SectionKind)[keyof typeof SectionKind]

const ROW_BYTES = 8

/** Titles and headings by their number. */
export interface SectionRanges {
  readonly count: number
  /** First paragraph of a section. */
  start(section: number): number
  /** The paragraph behind its last. */
  end(section: number): number
  isTitle(section: number): boolean
  /** The sections that cover any of ascending rows, ascending. */
  around?(rows: Int32Array): Int32Array
}

export class Sections implements SectionRanges {
  readonly count: number
  readonly #rows: Uint32Array
  readonly #kinds: Uint8Array
  /** The section that each section stands in, −1 for none. */
  #parents: Int32Array | null = null

  constructor(bytes: Uint8Array, count: number, rows: number) {
    if (bytes.length !== count * (ROW_BYTES + 1)) {
      throw corrupt(`section SECT has ${bytes.length} bytes for ${count} sections`)
    }
    this.count = count
    this.#rows = u32View(bytes, 0, count * 2)
    this.#kinds = bytes.subarray(count * ROW_BYTES)
    let previous = 0
    for (let i = 0; i < count; i++) {
      if (this.start(i) < previous || this.end(i) <= this.start(i) || this.end(i) > rows) {
        throw corrupt(`title or heading ${i} covers impossible paragraphs`)
      }
      previous = this.start(i)
    }
  }

  /** First paragraph of a section. */
  start(section: number): number {
    return this.#rows[section * 2]!
  }

  /** The paragraph behind its last. */
  end(section: number): number {
    return this.#rows[section * 2 + 1]!
  }

  isTitle(section: number): boolean {
    return this.#kinds[section] === SectionKind.title
  }

  around(rows: Int32Array): Int32Array {
    // When first asked for: to open an index takes no time for it.
    const parents = this.#parents ?? this.#findParents()
    const found: number[] = []
    let before = -1
    for (const row of rows) {
      let last = before
      let high = this.count
      while (last + 1 < high) {
        const middle = (last + high) >>> 1
        if (this.start(middle) <= row) last = middle
        else high = middle
      }
      // Since sections nest, those around a row are around the last one that starts before; of those
      // up to `before`, all that are around this row are around the row before, too.
      const inner = found.length
      for (let at = last; at > before; at = parents[at]!) {
        if (this.end(at) > row) found.splice(inner, 0, at)
      }
      before = last
    }
    return new Int32Array(found)
  }

  #findParents(): Int32Array {
    const parents = new Int32Array(this.count)
    for (let i = 0; i < this.count; i++) {
      let parent = i - 1
      while (parent >= 0 && this.end(parent) <= this.start(i)) parent = parents[parent]!
      parents[i] = parent
    }
    this.#parents = parents
    return parents
  }
}
