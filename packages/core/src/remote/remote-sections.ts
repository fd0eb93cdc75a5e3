/** Titles and headings of a bundle; their places are fetched when a search first asks for one. */

import { type SectionRanges, Sections } from '../segment/sections.js'

export class RemoteSections implements SectionRanges {
  readonly count: number
  readonly #rows: number
  readonly #read: () => Uint8Array
  #sections: Sections | null = null

  /** `read` gives the section SECT, or throws Missing. `rows` is the number of paragraphs. */
  constructor(count: number, rows: number, read: () => Uint8Array) {
    this.count = count
    this.#rows = rows
    this.#read = read
  }

  start(section: number): number {
    return this.#open().start(section)
  }

  end(section: number): number {
    return this.#open().end(section)
  }

  isTitle(section: number): boolean {
    return this.#open().isTitle(section)
  }

  #open(): Sections {
    this.#sections ??= new Sections(this.#read(), this.count, this.#rows)
    return this.#sections
  }
}
