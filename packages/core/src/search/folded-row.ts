/**
 * The folded text of one row at a time, as units in a reused buffer: the second look reads many
 * texts, and making strings of them would cost more than looking. Hot: bench "query".
 */

import type { Folder } from '@wenxun/tokenizer/scan'
import { foldText } from '../query/scanned-text.js'
import type { DocumentRecords } from '../store/document-record.js'
import type { ParagraphTexts } from '../store/text-store.js'

/** Folded titles that are kept between searches. */
const MOST_TITLES = 4096

export class FoldedRow {
  readonly texts: ParagraphTexts
  readonly #folder: Folder
  /** Folded titles by document. */
  readonly #titles = new Map<number, string>()
  #row = -1
  units = new Uint16Array(1 << 10)
  length = 0

  constructor(texts: ParagraphTexts, folder: Folder) {
    this.texts = texts
    this.#folder = folder
  }

  /** Makes a row the current one. */
  load(row: number): void {
    if (row === this.#row) return
    // Not kept when reading fails.
    this.#row = -1
    let length = this.texts.read(row, this.units)
    if (length < 0) {
      this.units = new Uint16Array(length * -2)
      length = this.texts.read(row, this.units)
    }
    this.length = length
    if (!this.#folder.foldUnits(this.units, length)) this.#loadSlowly(row)
    this.#row = row
  }

  /** The folded title of a document; it is kept, since many rows stand under one. */
  titleOf(document: number, documents: DocumentRecords): string {
    const kept = this.#titles.get(document)
    if (kept !== undefined) return kept
    const folded = foldText(this.#folder, documents.get(document).title)
    if (this.#titles.size === MOST_TITLES) this.#titles.clear()
    this.#titles.set(document, folded)
    return folded
  }

  /** A text in which a fold changes lengths. */
  #loadSlowly(row: number): void {
    const folded = this.#folder.fold(this.texts.text(row))
    if (folded.length > this.units.length) this.units = new Uint16Array(folded.length * 2)
    this.units.set(folded.units.subarray(0, folded.length))
    this.length = folded.length
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
