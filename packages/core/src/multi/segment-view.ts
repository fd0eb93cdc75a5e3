/** A segment less the documents deleted from it. The segment never changes; its views differ. */

import { finished, type Steps } from '../bytes/steps.js'
import {
  decodingCounts,
  type FieldCounts,
  type IndexCounts,
  PairColumn,
  pairKey,
} from '../counts/index-counts.js'
import { corrupt } from '../errors.js'
import type { FieldIndex } from '../field/field-index.js'
import type { SourceDocument } from '../model.js'
import type { OpenedSegment } from '../search/opened-segment.js'
import { intersectRows } from '../search/row-merge.js'
import type { SectionRanges } from '../segment/sections.js'
import { isCharacter } from '../terms/term-block.js'
import type { TermEntry } from '../terms/term-dictionary.js'
import { Survivors } from './survivors.js'

/** Documents of one segment that were deleted together. */
export interface Deletion {
  /** Their numbers in the segment, ascending. */
  readonly documents: readonly number[]
  readonly counts: IndexCounts
}

export class SegmentView {
  readonly segment: OpenedSegment
  readonly deletions: readonly Deletion[]
  readonly documents: Survivors
  readonly text: FieldView
  /** Its rows are titles and headings. */
  readonly context: FieldView
  readonly #counts: { value: IndexCounts | null }

  constructor(segment: OpenedSegment, deletions: readonly Deletion[] = [], before?: SegmentView) {
    this.segment = segment
    this.deletions = deletions
    this.#counts = before === undefined ? { value: null } : before.#counts
    const { counts } = segment.metadata
    const gone = deletedDocuments(deletions, counts.documents)
    this.documents = new Survivors(counts.documents, gone)
    const rows = goneRows(segment, gone)
    const texts = new Survivors(counts.paragraphs, rows)
    this.text = new FieldView(segment.text, texts, () => this.#countsOf('text'))
    const sections = new Survivors(counts.sections, goneSections(segment, gone))
    this.context = new FieldView(segment.context, sections, () => this.#countsOf('context'))
  }

  /** The view without these documents, too. */
  without(deletion: Deletion): SegmentView {
    return new SegmentView(this.segment, [...this.deletions, deletion], this)
  }

  /** What the build of the whole segment counted. */
  get counts(): IndexCounts {
    this.#counts.value ??= finished(readCounts(this.segment))
    return this.#counts.value
  }

  /** Reads the counts before they are asked for, in steps. */
  *warm(): Steps<void> {
    this.#counts.value ??= yield* readCounts(this.segment)
  }

  #countsOf(field: keyof IndexCounts): ViewCounts {
    return {
      all: this.counts[field],
      deleted: this.deletions.map(({ counts }) => counts[field]),
    }
  }

  /** A document as it was given, by its number in the segment. */
  source(document: number): SourceDocument {
    const { documents, documentStarts, texts } = this.segment
    const { id, title, url, date, meta } = documents.get(document)
    const paragraphs: SourceDocument['paragraphs'] = []
    for (let row = documentStarts[document]!; row < documentStarts[document + 1]!; row++) {
      const { heading, anchor } = texts.heading(row)
      const paragraph = { text: texts.text(row), heading: [...heading] }
      paragraphs.push(anchor === null ? paragraph : { ...paragraph, anchor })
    }
    return {
      id,
      title,
      ...(url !== null && { url }),
      ...(date !== null && { date }),
      meta: { ...meta },
      paragraphs,
    }
  }
}

function* readCounts(segment: OpenedSegment): Steps<IndexCounts> {
  const bytes = segment.counts()
  if (bytes.length === 0) throw corrupt('a segment lacks the section CNTS, which merging needs')
  return yield* decodingCounts(bytes)
}

interface ViewCounts {
  readonly all: FieldCounts
  readonly deleted: readonly FieldCounts[]
}

/** A field of a segment less the rows deleted from it. */
export class FieldView {
  readonly field: FieldIndex
  readonly rows: Survivors
  readonly #read: () => ViewCounts
  #known: ViewCounts | null = null

  constructor(field: FieldIndex, rows: Survivors, counts: () => ViewCounts) {
    this.field = field
    this.rows = rows
    this.#read = counts
  }

  /** Postings of a term that are left. */
  frequency(entry: TermEntry): number {
    const { gone } = this.rows
    if (gone.length === 0 || entry.frequency === 0) return entry.frequency
    const pair = this.#pairRows(entry.term)
    if (pair >= 0) return entry.frequency - pair
    const rows = gone.slice()
    return entry.frequency - intersectRows(this.field.list(entry), rows, rows.length)
  }

  #counts(): ViewCounts {
    this.#known ??= this.#read()
    return this.#known
  }

  /** Rows left that hold a character in a run; 0 for other terms. */
  characterRows(term: string): number {
    if (!isCharacter(term)) return 0
    const { all, deleted } = this.#counts()
    const key = term.codePointAt(0)!
    const of = ({ characters }: FieldCounts) => countAt(characters, key, 0)
    return deleted.reduce((rows, counts) => rows - of(counts), of(all))
  }

  /** How often a pair of BMP characters occurs in what is left, by PairColumn. */
  pairCount(key: number, column: number): number {
    const { all, deleted } = this.#counts()
    let count = countAt(all.pairs, key, column)
    for (const { pairs } of deleted) count -= countAt(pairs, key, column)
    return count
  }

  /** Deleted rows that hold a pair; −1 for terms that are none. */
  #pairRows(term: string): number {
    if (term.length !== 2) return -1
    const { all, deleted } = this.#counts()
    const key = pairKey(term.charCodeAt(0), term.charCodeAt(1))
    if (all.pairs.find(key) < 0) return -1
    return deleted.reduce((sum, { pairs }) => sum + countAt(pairs, key, PairColumn.rows), 0)
  }
}

function countAt(table: FieldCounts['pairs'], key: number, column: number): number {
  const at = table.find(key)
  return at < 0 ? 0 : table.columns[column]![at]!
}

function deletedDocuments(deletions: readonly Deletion[], total: number): Int32Array {
  const gone = Int32Array.from(deletions.flatMap(({ documents }) => documents)).sort()
  for (let i = 0; i < gone.length; i++) {
    if (gone[i]! < 0 || gone[i]! >= total) throw corrupt(`document ${gone[i]} cannot be deleted`)
    if (i > 0 && gone[i] === gone[i - 1]) throw corrupt(`document ${gone[i]} is deleted twice`)
  }
  return gone
}

function goneRows({ documentStarts }: OpenedSegment, documents: Int32Array): Int32Array {
  const rows: number[] = []
  for (const document of documents) {
    for (let row = documentStarts[document]!; row < documentStarts[document + 1]!; row++) {
      rows.push(row)
    }
  }
  return Int32Array.from(rows)
}

/** Sections are in order of their rows. */
function goneSections(segment: OpenedSegment, documents: Int32Array): Int32Array {
  const { sections, documentStarts } = segment
  const gone: number[] = []
  for (const document of documents) {
    const end = documentStarts[document + 1]!
    let at = firstSection(sections, documentStarts[document]!)
    while (at < sections.count && sections.start(at) < end) gone.push(at++)
  }
  return Int32Array.from(gone)
}

/** The first section that starts at a row or behind it. */
function firstSection(sections: SectionRanges, row: number): number {
  let low = 0
  let high = sections.count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sections.start(middle) < row) low = middle + 1
    else high = middle
  }
  return low
}
