/**
 * Several segments, each less what was deleted from it, as one index: every answer is that of a
 * build of the documents that are left, in the order of the segments.
 */

import type { FoldTable } from '@wenxun/tokenizer'
import { Folder } from '@wenxun/tokenizer/scan'
import { writePinyin } from '../build/pinyin-writer.js'
import { writeSynonyms } from '../build/synonyms-writer.js'
import { foldsOf } from '../build/vocabulary.js'
import type { Column } from '../columns/column.js'
import { corrupt } from '../errors.js'
import { Pinyin } from '../pinyin/pinyin.js'
import type { Bm25Parameters } from '../ranking/bm25.js'
import type { IndexInspection, IndexParts, Readings } from '../search/index-parts.js'
import { FORMAT_VERSION, OLDEST_READABLE } from '../segment/format.js'
import type { IndexMetadata } from '../segment/metadata.js'
import type { Sections } from '../segment/sections.js'
import { HeldField } from './held-texts.js'
import { mergedColumn, mergedColumnNames } from './merged-columns.js'
import { MergedField } from './merged-field.js'
import { MergedDocuments, MergedTexts, mergedSections, mergedStarts } from './merged-stores.js'
import type { SegmentView } from './segment-view.js'

/** What all segments of an index have in common. */
export interface MergeBasis {
  readonly analyzer: { readonly name: string; readonly fingerprint: string }
  readonly bm25: Bm25Parameters
  /** The analyzer's whole fold table. */
  readonly folds: FoldTable
  /** See IndexBuilderOptions. */
  readonly secondLook?: number | undefined
  /** See IndexBuilderOptions. */
  readonly lean?: boolean | undefined
}

export class MergedParts implements IndexParts {
  readonly views: readonly SegmentView[]
  readonly metadata: IndexMetadata
  readonly folder: Folder
  readonly text: MergedField
  readonly context: MergedField
  readonly sections: Sections
  readonly texts: MergedTexts
  readonly documents: MergedDocuments
  readonly documentStarts: Uint32Array
  readonly #columns = new Map<number, Column>()
  readonly #held: readonly [HeldField, HeldField]
  #synonyms: string
  #pinyin: Uint8Array | null = null
  #readings: Readings | null = null

  /** Throws WRONG_ANALYZER or CORRUPT when the segments do not go together. */
  constructor(views: readonly SegmentView[], basis: MergeBasis) {
    for (const { segment } of views) checkBasis(segment.metadata, basis)
    this.views = views
    this.text = new MergedField(
      views.map(({ text }) => text),
      basis.bm25,
    )
    this.context = new MergedField(
      views.map(({ context }) => context),
      basis.bm25,
    )
    this.sections = mergedSections(views, this.text.rows)
    this.texts = new MergedTexts(views)
    this.documents = new MergedDocuments(views)
    this.documentStarts = mergedStarts(views)
    const columns = mergedColumnNames(views)
    this.#held = [new HeldField(views, 'text'), new HeldField(views, 'context')]
    this.#synonyms = writeSynonyms(this.#held)
    const folds = foldsOf(basis.folds, ...this.#held, columnTexts(views, columns), this.#synonyms)
    this.folder = new Folder(folds)
    this.metadata = {
      analyzer: basis.analyzer,
      counts: new MergedCounts(this.documentStarts.length - 1, this.text, this.context, views),
      bm25: basis.bm25,
      averageLength: { text: this.text.averageLength, context: this.context.averageLength },
      folds,
      ...(basis.secondLook !== undefined && { secondLook: basis.secondLook }),
      recoding: new Uint8Array(0),
      columns,
      ...(basis.lean && { profile: 'lean' }),
    }
  }

  /**
   * Reads what a segment keeps between queries, a piece at a time, and the lists that searches of
   * these parts have read: for one that is about to take the place of some of them.
   */
  *warm(view: SegmentView): Generator<void> {
    const { segment } = view
    yield* view.warm()
    yield* segment.warm()
    yield* this.text.warm(segment.text)
    yield* this.context.warm(segment.context)
  }

  column(position: number): Column {
    const known = this.#columns.get(position)
    if (known !== undefined) return known
    const column = mergedColumn(this.metadata.columns[position]!, this.views)
    this.#columns.set(position, column)
    return column
  }

  synonyms(): Uint8Array {
    return new TextEncoder().encode(this.#synonyms)
  }

  readings(): Readings {
    this.#readings ??= new Pinyin(this.pinyin(), this.text.dictionary)
    return this.#readings
  }

  pinyin(): Uint8Array {
    this.#pinyin ??= writePinyin(this.#held)
    return this.#pinyin
  }

  inspect(): IndexInspection {
    const { analyzer, counts, bm25, columns, profile } = this.metadata
    const { documents, paragraphs, terms, sections, contextTerms, textUnits } = counts
    const inspections = this.views.map(({ segment }) => segment.inspect())
    const bytes = new Map<string, number>()
    for (const { id, bytes: size } of inspections.flatMap((one) => one.sections)) {
      bytes.set(id, (bytes.get(id) ?? 0) + size)
    }
    return {
      formatVersion: FORMAT_VERSION,
      oldestReadableVersion: OLDEST_READABLE,
      bytes: inspections.reduce((sum, one) => sum + one.bytes, 0),
      analyzer,
      counts: { documents, paragraphs, terms, sections, contextTerms, textUnits },
      bm25,
      ...(profile !== undefined && { profile }),
      columns: columns.map((name, position) => {
        const { kind, values } = this.column(position)
        return { name, kind, values: values.length }
      }),
      sections: Array.from(bytes, ([id, size]) => ({ id, bytes: size })),
    }
  }

  topTerms(limit: number): { term: string; frequency: number }[] {
    const terms = Array.from(this.text.dictionary.entries(), ({ term, rows }) => ({
      term,
      frequency: rows,
    }))
    terms.sort((a, b) => b.frequency - a.frequency || (a.term < b.term ? -1 : 1))
    return terms.slice(0, limit)
  }

  /** Every segment on its own, and that no document is there twice. */
  verify(): void {
    const ids = new Set<string>()
    for (const view of this.views) {
      view.segment.verify()
      if (view.counts.text.characters.columns.length !== 1) throw corrupt('counts are missing')
    }
    for (let document = 0; document < this.documentStarts.length - 1; document++) {
      const { id } = this.documents.get(document)
      if (ids.has(id)) throw corrupt(`document ${JSON.stringify(id)} is there twice`)
      ids.add(id)
    }
  }
}

/** Terms and units are counted when they are asked for: that reads whole dictionaries and texts. */
class MergedCounts {
  readonly documents: number
  readonly paragraphs: number
  readonly sections: number
  readonly #text: MergedField
  readonly #context: MergedField
  readonly #views: readonly SegmentView[]

  constructor(
    documents: number,
    text: MergedField,
    context: MergedField,
    views: readonly SegmentView[],
  ) {
    this.documents = documents
    this.paragraphs = text.rows
    this.sections = context.rows
    this.#text = text
    this.#context = context
    this.#views = views
  }

  get terms(): number {
    return count(this.#text.dictionary.entries())
  }

  get contextTerms(): number {
    return count(this.#context.dictionary.entries())
  }

  get textUnits(): number {
    let units = 0
    for (const { segment, text } of this.#views) {
      units += segment.metadata.counts.textUnits
      for (const row of text.rows.gone) units -= segment.texts.text(row).length
    }
    return units
  }
}

function count(entries: Iterable<unknown>): number {
  let found = 0
  for (const _ of entries) found++
  return found
}

function checkBasis({ analyzer, bm25, profile }: IndexMetadata, basis: MergeBasis): void {
  if (analyzer.fingerprint !== basis.analyzer.fingerprint) {
    throw corrupt(
      `a segment was built by analyzer ${analyzer.name} with fingerprint ${analyzer.fingerprint}, the others by ${basis.analyzer.fingerprint}`,
    )
  }
  if (bm25.k1 !== basis.bm25.k1 || bm25.b !== basis.bm25.b) {
    throw corrupt('a segment was built with other parameters of BM25 than the others')
  }
  if ((profile === 'lean') !== (basis.lean ?? false)) {
    throw corrupt(`a segment is ${profile ?? 'complete'}, unlike the others`)
  }
}

/** The texts among the values of the columns that documents have. */
function* columnTexts(views: readonly SegmentView[], names: readonly string[]): Generator<string> {
  for (const view of views) {
    const { segment, documents } = view
    for (const [position, name] of segment.metadata.columns.entries()) {
      if (!names.includes(name)) continue
      const column = segment.column(position)
      const isUsed = documents.gone.length === 0 ? null : usedValues(view, column)
      for (const [ordinal, value] of column.values.entries()) {
        if (typeof value === 'string' && isUsed?.[ordinal] !== 0) yield value
      }
    }
  }
}

function usedValues({ documents }: SegmentView, column: Column): Uint8Array {
  const used = new Uint8Array(column.values.length)
  for (let i = 0; i < documents.count; i++) {
    for (const ordinal of column.ordinalsOf(documents.original(i))) used[ordinal] = 1
  }
  return used
}
