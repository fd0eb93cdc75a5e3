/** Documents in, one index out. */

import type { Analyzer, FoldTable } from '@wenxun/tokenizer'
import { Folder, restrictFolds } from '@wenxun/tokenizer/scan'
import { pack } from 'msgpackr'
import { deflate as platformDeflate } from '#deflate'
import { ByteWriter } from '../bytes/byte-writer.js'
import { ColumnsWriter } from '../columns/column-writer.js'
import { IndexError } from '../errors.js'
import type { SourceDocument, SourceParagraph } from '../model.js'
import { type Bm25Parameters, DEFAULT_BM25 } from '../ranking/bm25.js'
import { QUESTION_CHARACTERS } from '../ranking/question-words.js'
import { ChunkWriter, type Deflate } from '../segment/chunks.js'
import { Section, type SectionId, TEXT_CHUNK_BYTES } from '../segment/format.js'
import type { IndexMetadata } from '../segment/metadata.js'
import { SectionKind } from '../segment/sections.js'
import { writeSegment } from '../segment/segment-writer.js'
import { DocumentStoreWriter } from '../store/document-store.js'
import { TextStoreWriter } from '../store/text-store.js'
import { checkDocument } from './check-document.js'
import { FieldBuilder, type FieldSections } from './field-builder.js'
import { writePinyin } from './pinyin-writer.js'
import { SectionsWriter } from './sections-writer.js'
import { writeSynonyms } from './synonyms-writer.js'

export interface IndexBuilderOptions {
  /** Cuts the texts; its fingerprint is stored. */
  analyzer: Analyzer
  /** Raw DEFLATE; default: zlib in Node, fflate elsewhere. */
  deflate?: Deflate
  /** k1 and b of BM25; stored in the index. */
  bm25?: Bm25Parameters
  /** Target size of text chunks before compression, in bytes; default 8,192. */
  textChunkBytes?: number
  /** Store how characters are read, for pinyin queries and suggestions; default true. */
  pinyin?: boolean
  /** Store regional words for one another; default true. */
  synonyms?: boolean
}

export class IndexBuilder {
  readonly #analyzer: Analyzer
  readonly #deflate: Deflate
  readonly #bm25: Bm25Parameters
  readonly #withPinyin: boolean
  readonly #withSynonyms: boolean
  readonly #text: FieldBuilder
  readonly #context: FieldBuilder
  readonly #sections = new SectionsWriter()
  readonly #texts: TextStoreWriter
  readonly #documents: DocumentStoreWriter
  readonly #columns = new ColumnsWriter()
  readonly #ids = new Set<string>()
  readonly #documentStarts: number[] = [0]
  #textUnits = 0
  #finished = false

  constructor(options: IndexBuilderOptions) {
    this.#analyzer = options.analyzer
    this.#deflate = options.deflate ?? platformDeflate
    this.#bm25 = options.bm25 ?? DEFAULT_BM25
    this.#withPinyin = options.pinyin ?? true
    this.#withSynonyms = options.synonyms ?? true
    this.#text = new FieldBuilder(options.analyzer)
    this.#context = new FieldBuilder(options.analyzer)
    this.#texts = new TextStoreWriter(this.#deflate, options.textChunkBytes ?? TEXT_CHUNK_BYTES)
    this.#documents = new DocumentStoreWriter(this.#deflate)
  }

  /** Documents added so far. */
  get documentCount(): number {
    return this.#ids.size
  }

  /** Paragraphs added so far. */
  get paragraphCount(): number {
    return this.#text.rows
  }

  /** UTF-16 units of paragraph text added so far. */
  get textUnits(): number {
    return this.#textUnits
  }

  /**
   * Adds a document. Throws BAD_DOCUMENT, and changes nothing, when its shape is wrong or its id
   * is taken. A document without paragraphs is found by its title only.
   */
  add(document: SourceDocument): void {
    if (this.#finished) throw new IndexError('BAD_OPTION', 'This builder has finished its index.')
    checkDocument(document)
    const { id, title = '', url = null, date = null, meta = {}, paragraphs } = document
    if (this.#ids.has(id)) {
      throw new IndexError('BAD_DOCUMENT', `Two documents have the id ${JSON.stringify(id)}.`)
    }
    this.#ids.add(id)
    this.#sections.openDocument()
    if (title !== '') this.#addSection(title, SectionKind.title)
    const rows = paragraphs.length > 0 ? paragraphs : [{ text: '' }]
    for (const paragraph of rows) this.#addParagraph(paragraph)
    this.#sections.closeDocument(this.#text.rows)
    this.#documentStarts.push(this.#text.rows)
    this.#documents.add(pack([id, title, url, date, meta]))
    this.#columns.add(meta, date)
  }

  /** The index as one file. The builder cannot be used afterwards. */
  finish(): Uint8Array {
    if (this.#finished) throw new IndexError('BAD_OPTION', 'This builder has finished its index.')
    this.#finished = true
    const text = this.#text.finish(this.#bm25, this.#deflate)
    const context = this.#context.finish(this.#bm25, this.#deflate)
    const store = this.#texts.finish()
    const columns = this.#columns.finish(this.#deflate)
    const fields = [this.#text, this.#context]
    const synonyms = this.#withSynonyms ? writeSynonyms(fields) : ''
    const pinyin = this.#withPinyin ? writePinyin(fields) : new Uint8Array(0)
    const metadata = this.#metadata(text, context, store.table, columns.names, synonyms)
    return writeSegment(
      new Map<SectionId, Uint8Array>([
        [Section.metadata, pack(metadata)],
        [Section.termIndex, text.termIndex],
        [Section.terms, text.terms],
        [Section.postings, text.postings],
        [Section.lengths, text.lengths],
        [Section.contextTermIndex, context.termIndex],
        [Section.contextTerms, context.terms],
        [Section.contextPostings, context.postings],
        [Section.contextLengths, context.lengths],
        [Section.sections, this.#sections.finish()],
        [Section.textStarts, u32Bytes(store.starts)],
        [Section.texts, store.chunks],
        [Section.documentStarts, u32Bytes(this.#documentStarts)],
        [Section.documents, this.#documents.finish()],
        [Section.columns, columns.chunks],
        ...this.#optional(Section.synonyms, new TextEncoder().encode(synonyms)),
        ...this.#optional(Section.pinyin, pinyin),
      ]),
    )
  }

  /** A section of one chunk, or none for no bytes. */
  #optional(id: SectionId, bytes: Uint8Array): [SectionId, Uint8Array][] {
    if (bytes.length === 0) return []
    const chunks = new ChunkWriter(this.#deflate, Number.POSITIVE_INFINITY)
    chunks.piece(bytes)
    return [[id, chunks.finish()]]
  }

  /** A heading that its first paragraph repeats is left to the paragraph. */
  #addParagraph(paragraph: SourceParagraph): void {
    const { text, heading = [] } = paragraph
    for (const { line, depth } of this.#sections.follow(heading, this.#text.rows)) {
      if (!text.includes(line)) this.#addSection(line, SectionKind.heading, depth)
    }
    this.#text.add(text)
    this.#text.endRow()
    this.#texts.add(paragraph)
    this.#textUnits += text.length
  }

  #addSection(line: string, kind: SectionKind, depth = 0): void {
    this.#context.add(line)
    this.#context.endRow()
    this.#sections.open(kind, depth, this.#text.rows)
  }

  /** Folded units of the texts in columns: filters are blind to script, too. */
  #columnUnits(): Set<number> {
    const folder = new Folder(this.#analyzer.folds)
    const found = new Set<number>()
    for (const value of this.#columns.texts()) {
      const { units, length } = folder.fold(value)
      for (let i = 0; i < length; i++) found.add(units[i]!)
    }
    return found
  }

  #metadata(
    text: FieldSections,
    context: FieldSections,
    recoding: Uint8Array,
    columns: string[],
    synonyms: string,
  ) {
    const elsewhere = this.#columnUnits()
    // Regional and question words must fold right to be known, also where no text has them.
    const words = synonyms + QUESTION_CHARACTERS
    for (let i = 0; i < words.length; i++) elsewhere.add(words.charCodeAt(i))
    const isKnown = (unit: number) =>
      this.#text.hasUnit(unit) || this.#context.hasUnit(unit) || elsewhere.has(unit)
    const keep = (char: string) =>
      Array.from({ length: char.length }, (_, i) => char.charCodeAt(i)).every(isKnown)
    const folds = restrictFolds(this.#analyzer.folds, keep)
    const { from, to } = folds
    const ambiguous = writtenSeveralWays(folds, (unit) => this.#text.hasSource(unit))
    const metadata: IndexMetadata = {
      analyzer: { name: this.#analyzer.name, fingerprint: this.#analyzer.fingerprint },
      counts: {
        documents: this.#ids.size,
        paragraphs: this.#text.rows,
        terms: text.termCount,
        sections: this.#context.rows,
        contextTerms: context.termCount,
        textUnits: this.#textUnits,
      },
      bm25: { k1: this.#bm25.k1, b: this.#bm25.b },
      averageLength: { text: text.averageLength, context: context.averageLength },
      folds: { from, to, ambiguous },
      recoding,
      columns,
    }
    return metadata
  }
}

/** The ambiguous characters that the texts really write in more than one way. */
function writtenSeveralWays(folds: FoldTable, isWritten: (unit: number) => boolean): string {
  const targets = Array.from(folds.to)
  const forms = Array.from(folds.from, (source, i) => ({ source, target: targets[i]! }))
  const written = ({ source }: { source: string }) => isWritten(source.charCodeAt(0))
  return Array.from(folds.ambiguous ?? '')
    .filter((char) => {
      const others = forms.filter(({ target }) => target === char).filter(written)
      return others.length + Number(isWritten(char.charCodeAt(0))) > 1
    })
    .join('')
}

function u32Bytes(values: ArrayLike<number>): Uint8Array {
  const out = new ByteWriter(values.length * 4)
  for (let i = 0; i < values.length; i++) out.u32(values[i]!)
  return out.finish()
}
