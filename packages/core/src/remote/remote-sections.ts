/** Titles and headings of a bundle, told from their numbers; see shards/section-places.ts. */

import { lastStart } from '../bytes/last-start.js'
import { corrupt } from '../errors.js'
import type { PostingList } from '../postings/posting-list.js'
import type { SectionRanges } from '../segment/sections.js'
import type { BundleCore } from '../shards/bundle-core.js'
import { LONG_HEADING, TITLE_SLOT } from '../shards/section-places.js'

type Core = Pick<BundleCore, 'metadata' | 'documentStarts' | 'slots' | 'longHeadings'>

export class RemoteSections implements SectionRanges {
  readonly count: number
  readonly #core: Core
  /** Paragraphs that headings cover, by number, as far as lists have told. */
  readonly #covered = new Map<number, number>()

  constructor(core: Core) {
    this.count = core.metadata.counts.sections
    this.#core = core
  }

  /** Takes down what the headings on a list cover. */
  learn(list: PostingList): void {
    const { longHeadings, slots } = this.#core
    for (let block = 0; block < list.blocks; block++) {
      const count = list.load(block)
      for (let i = 0; i < count; i++) {
        const section = list.rows[i]!
        if (section % slots === TITLE_SLOT) continue
        const frequency = list.tfs[i]!
        const rows = frequency < LONG_HEADING ? frequency : longHeadings.get(section)
        if (rows === undefined) throw corrupt(`heading ${section} covers unknown paragraphs`)
        this.#covered.set(section, rows)
      }
    }
  }

  start(section: number): number {
    return Math.floor(section / this.#core.slots)
  }

  end(section: number): number {
    if (this.isTitle(section)) return this.#endOfDocument(this.start(section))
    const rows = this.#covered.get(section)
    const end = this.start(section) + (rows ?? 0)
    if (rows === undefined || end > this.#core.metadata.counts.paragraphs) {
      throw corrupt(`heading ${section} covers impossible paragraphs`)
    }
    return end
  }

  isTitle(section: number): boolean {
    return section % this.#core.slots === TITLE_SLOT
  }

  #endOfDocument(row: number): number {
    const { documentStarts } = this.#core
    return documentStarts[lastStart(documentStarts, row) + 1] ?? row
  }
}
