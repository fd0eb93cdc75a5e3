/** Titles and headings as numbers that say what they cover; see shards/section-places.ts. */

import { Sections } from '../segment/sections.js'
import { LONG_HEADING, TITLE_SLOT } from '../shards/section-places.js'

export class SectionNumbers {
  /** Numbers a paragraph has room for. */
  readonly slots: number
  readonly #numbers: Float64Array
  readonly #frequencies: Uint8Array
  /** Numbers of headings that cover more than frequencies count, and how many each. */
  readonly longHeadings = new Map<number, number>()

  /** `section` is SECT of an index with so many titles and headings, and so many paragraphs. */
  constructor(section: Uint8Array, count: number, rows: number) {
    const sections = new Sections(section, count, rows)
    const slots = slotsOf(sections)
    this.slots = slots.reduce((most, slot) => Math.max(most, slot + 1), 1)
    this.#numbers = new Float64Array(count)
    this.#frequencies = new Uint8Array(count)
    for (let i = 0; i < count; i++) {
      const covered = sections.end(i) - sections.start(i)
      const number = sections.start(i) * this.slots + slots[i]!
      this.#numbers[i] = number
      if (sections.isTitle(i)) this.#frequencies[i] = 1
      else if (covered < LONG_HEADING) this.#frequencies[i] = covered
      else {
        this.#frequencies[i] = LONG_HEADING
        this.longHeadings.set(number, covered)
      }
    }
  }

  numberOf(section: number): number {
    return this.#numbers[section]!
  }

  frequencyOf(section: number): number {
    return this.#frequencies[section]!
  }
}

/** Of every section, how many begin before it at the same paragraph; headings count from 1. */
function slotsOf(sections: Sections): number[] {
  const slots: number[] = []
  for (let i = 0; i < sections.count; i++) {
    const isFirst = i === 0 || sections.start(i - 1) !== sections.start(i)
    if (sections.isTitle(i)) slots.push(TITLE_SLOT)
    else slots.push(isFirst ? TITLE_SLOT + 1 : slots[i - 1]! + 1)
  }
  return slots
}
