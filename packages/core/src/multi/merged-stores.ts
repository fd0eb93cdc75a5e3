/** Texts, documents and sections of several segments under their new numbers. */

import type { Folder } from '@wenxun/tokenizer/scan'
import { ByteWriter } from '../bytes/byte-writer.js'
import type { HitDocument } from '../model.js'
import { SectionKind, Sections } from '../segment/sections.js'
import type { DocumentRecords } from '../store/document-record.js'
import type { ParagraphTexts, StoredHeading } from '../store/text-store.js'
import type { SegmentView } from './segment-view.js'

/** Where the views start in a numbering that runs through all of them. */
class Places {
  readonly #bases: number[] = []

  constructor(counts: readonly number[]) {
    let base = 0
    for (const count of counts) {
      this.#bases.push(base)
      base += count
    }
  }

  /** The last view that starts at or before a number: empty ones are passed over. */
  viewOf(number: number): number {
    const bases = this.#bases
    let low = 0
    let high = bases.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (bases[middle]! <= number) low = middle
      else high = middle - 1
    }
    return low
  }

  base(view: number): number {
    return this.#bases[view]!
  }
}

export class MergedTexts implements ParagraphTexts {
  readonly #views: readonly SegmentView[]
  readonly #places: Places
  readonly #asked = new Int32Array(1)

  constructor(views: readonly SegmentView[]) {
    this.#views = views
    this.#places = new Places(views.map(({ text }) => text.rows.count))
  }

  text(row: number): string {
    const view = this.#places.viewOf(row)
    return this.#views[view]!.segment.texts.text(this.#original(view, row))
  }

  read(row: number, units: Uint16Array): number {
    const view = this.#places.viewOf(row)
    return this.#views[view]!.segment.texts.read(this.#original(view, row), units)
  }

  surelyHas(rows: Int32Array, place: number, term: string, folder: Folder): boolean {
    const row = rows[place]!
    const view = this.#places.viewOf(row)
    this.#asked[0] = this.#original(view, row)
    return this.#views[view]!.segment.texts.surelyHas(this.#asked, 0, term, folder)
  }

  heading(row: number): StoredHeading {
    const view = this.#places.viewOf(row)
    return this.#views[view]!.segment.texts.heading(this.#original(view, row))
  }

  #original(view: number, row: number): number {
    return this.#views[view]!.text.rows.original(row - this.#places.base(view))
  }
}

export class MergedDocuments implements DocumentRecords {
  readonly #views: readonly SegmentView[]
  readonly #places: Places

  constructor(views: readonly SegmentView[]) {
    this.#views = views
    this.#places = new Places(views.map(({ documents }) => documents.count))
  }

  get(document: number): HitDocument {
    const view = this.#places.viewOf(document)
    const { documents, segment } = this.#views[view]!
    return segment.documents.get(documents.original(document - this.#places.base(view)))
  }
}

/** First row of every document that is left, and behind them the number of rows. */
export function mergedStarts(views: readonly SegmentView[]): Uint32Array {
  const documents = views.reduce((sum, { documents: left }) => sum + left.count, 0)
  const starts = new Uint32Array(documents + 1)
  let filled = 0
  let row = 0
  for (const { segment, documents: left } of views) {
    for (let i = 0; i < left.count; i++) {
      const document = left.original(i)
      starts[filled++] = row
      row += segment.documentStarts[document + 1]! - segment.documentStarts[document]!
    }
  }
  starts[filled] = row
  return starts
}

/** The section SECT of all views. */
export function mergedSectionBytes(views: readonly SegmentView[]): Uint8Array {
  const rows = new ByteWriter()
  const kinds = new ByteWriter()
  let base = 0
  for (const { segment, context, text } of views) {
    const { sections } = segment
    for (let i = 0; i < context.rows.count; i++) {
      const section = context.rows.original(i)
      const start = sections.start(section)
      const from = base + text.rows.rankOf(start)
      rows.u32(from)
      // A section stays within its document, so all of its rows are left.
      rows.u32(from + sections.end(section) - start)
      kinds.byte(sections.isTitle(section) ? SectionKind.title : SectionKind.heading)
    }
    base += text.rows.count
  }
  rows.bytes(kinds.view())
  return rows.finish()
}

export function mergedSections(views: readonly SegmentView[], rows: number): Sections {
  const count = views.reduce((sum, { context }) => sum + context.rows.count, 0)
  return new Sections(mergedSectionBytes(views), count, rows)
}
