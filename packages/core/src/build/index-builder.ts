/** Documents in, one index out. */

import type { Analyzer } from '@wenxun/tokenizer'
import { pack } from 'msgpackr'
import { deflate as platformDeflate } from '#deflate'
import { finished, type Steps } from '../bytes/steps.js'
import { ColumnsWriter } from '../columns/column-writer.js'
import { encodeCounts, type IndexCounts } from '../counts/index-counts.js'
import { IndexError } from '../errors.js'
import type { SourceDocument, SourceParagraph } from '../model.js'
import { type Bm25Parameters, DEFAULT_BM25 } from '../ranking/bm25.js'
import { USUAL_WEIGHT } from '../ranking/paragraph-weight.js'
import type { Deflate } from '../segment/chunks.js'
import { LEAN_TEXT_CHUNK_BYTES, type SectionId, TEXT_CHUNK_BYTES } from '../segment/format.js'
import { SectionKind } from '../segment/sections.js'
import { type SectionBytes, writeSegment, writeSegmentTo } from '../segment/segment-writer.js'
import { DocumentStoreWriter } from '../store/document-store.js'
import { TextStoreWriter } from '../store/text-store.js'
import { BuildTables } from './build-tables.js'
import { type BundleOptions, writeBundle } from './bundle-writer.js'
import { checkDocument } from './check-document.js'
import { FieldBuilder } from './field-builder.js'
import { writePinyin } from './pinyin-writer.js'
import { SectionsWriter } from './sections-writer.js'
import { metadataOf, sectionsOf } from './segment-layout.js'
import type { MemoryLimit } from './spill.js'
import { SpilledBytes } from './spilled-bytes.js'
import { writeSynonyms } from './synonyms-writer.js'
import { foldsOf } from './vocabulary.js'

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
  /**
   * How many of the best paragraphs by their terms are read before the final order is fixed;
   * default 16. Fewer cost a remote index fewer bytes and a little precision. Documents of such an
   * index are listed as pages of a site: one that holds all words of a query in several paragraphs
   * comes before one that holds some.
   */
  secondLook?: number
  /**
   * From so many paragraphs on, count all paragraphs of a document as equally long, and weigh a
   * single character by about how many paragraphs hold it; default never. Makes a remote index of
   * many paragraphs much smaller to open; short paragraphs are then not preferred in their document.
   */
  levelLengthsFrom?: number
  /** Store regional words for one another; default true. */
  synonyms?: boolean
  /**
   * A smaller index without words of three and more characters, with larger chunks of text. It
   * finds the same substrings; questions are ranked a little less well. Default false.
   */
  lean?: boolean
  /** Bounds the memory that a build takes; default: everything stays in memory. */
  memory?: MemoryLimit
  /** Store what a merge with other segments needs to know of the texts; default false. */
  mergeable?: boolean
  /** Memory to build in, which the builder before has finished with; default: its own. */
  tables?: BuildTables
}

export class IndexBuilder {
  readonly #analyzer: Analyzer
  readonly #deflate: Deflate
  readonly #bm25: Bm25Parameters
  readonly #withPinyin: boolean
  readonly #withSynonyms: boolean
  readonly #secondLook: number | undefined
  readonly #levelLengthsFrom: number
  readonly #mergeable: boolean
  readonly #text: FieldBuilder
  readonly #context: FieldBuilder
  readonly #sections = new SectionsWriter()
  readonly #texts: TextStoreWriter
  readonly #documents: DocumentStoreWriter
  readonly #columns = new ColumnsWriter()
  readonly #ids = new Set<string>()
  readonly #documentStarts: number[] = [0]
  /** Weights of rows that have one. */
  readonly #weights = new Map<number, number>()
  readonly #memory: MemoryLimit | undefined
  readonly #lean: boolean
  #textUnits = 0
  #finished = false

  constructor(options: IndexBuilderOptions) {
    this.#analyzer = options.analyzer
    this.#deflate = options.deflate ?? platformDeflate
    this.#bm25 = checkBm25(options.bm25 ?? DEFAULT_BM25)
    this.#withPinyin = options.pinyin ?? true
    this.#secondLook = options.secondLook
    this.#levelLengthsFrom = options.levelLengthsFrom ?? Number.POSITIVE_INFINITY
    this.#withSynonyms = options.synonyms ?? true
    this.#mergeable = options.mergeable ?? false
    this.#memory = options.memory
    this.#lean = options.lean ?? false
    const spill = options.memory?.spill
    const { analyzer, memory } = options
    const tables = options.tables ?? new BuildTables(analyzer.segmenter.idLimit, memory)
    if (options.tables !== undefined) tables.restart()
    const field = { analyzer, memory, words: !this.#lean }
    this.#text = new FieldBuilder({ ...field, tables: tables.text })
    this.#context = new FieldBuilder({ ...field, tables: tables.context })
    const ownChunkBytes = this.#lean ? LEAN_TEXT_CHUNK_BYTES : TEXT_CHUNK_BYTES
    const chunkBytes = options.textChunkBytes ?? ownChunkBytes
    const packed = spill === undefined ? undefined : new SpilledBytes(spill)
    this.#texts = new TextStoreWriter(this.#deflate, chunkBytes, packed)
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
    this.#checkUnfinished()
    const checked = checkDocument(document)
    const { id, title = '', url = null, date = null, meta = {}, paragraphs } = checked
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
    return finished(this.finishing())
  }

  /** The same in steps, between which others may have their turn. */
  *finishing(): Steps<Uint8Array> {
    return writeSegment(yield* this.#finish())
  }

  /**
   * The same in parts, for an index that need not be in memory as a whole: each goes to `write`
   * in order, which must not keep it. `open` is told the length of the index first.
   */
  finishTo(write: (bytes: Uint8Array) => void, open: (length: number) => void = () => {}): void {
    writeSegmentTo(finished(this.#finish()), open, write)
  }

  *#finish(): Steps<Map<SectionId, SectionBytes>> {
    this.#finishOnce()
    if (this.#text.rows >= this.#levelLengthsFrom) this.#text.levelLengths(this.#documentStarts)
    this.#text.weigh(this.#weights)
    const text = yield* this.#text.finishing(this.#bm25, this.#deflate)
    const context = yield* this.#context.finishing(this.#bm25, this.#deflate)
    yield* this.#texts.writing()
    const store = this.#texts.finishInParts()
    const columns = this.#columns.finish(this.#deflate)
    const fields = [this.#text, this.#context]
    const synonyms = this.#withSynonyms ? writeSynonyms(fields) : ''
    const pinyin = this.#withPinyin ? writePinyin(fields) : new Uint8Array(0)
    const counts = this.#mergeable ? encodeCounts(this.#counts()) : new Uint8Array(0)
    const folds = foldsOf(
      this.#analyzer.folds,
      this.#text,
      this.#context,
      this.#columns.texts(),
      synonyms,
    )
    const metadata = metadataOf(
      this.#analyzer,
      this.#bm25,
      { text, context },
      { documents: this.#ids.size, textUnits: this.#textUnits },
      {
        folds,
        recoding: store.table,
        columns: columns.names,
        secondLook: this.#secondLook,
        lean: this.#lean,
      },
    )
    return sectionsOf(
      {
        metadata: pack(metadata),
        text,
        context,
        sections: this.#sections.finish(),
        textStarts: store.starts,
        texts: store.chunks,
        documentStarts: this.#documentStarts,
        documents: this.#documents.finish(),
        columns: columns.chunks,
        synonyms,
        pinyin,
        counts,
      },
      this.#deflate,
    )
  }

  /**
   * What merging needs to know of the documents beyond an index of them, in the place of one, in
   * steps. The builder cannot be used afterwards.
   */
  *finishingCounts(): Steps<IndexCounts> {
    this.#finishOnce()
    const text = yield* this.#text.finishingCounts()
    return { text, context: yield* this.#context.finishingCounts() }
  }

  /**
   * The index as a bundle for a static host: file names with their bytes, the manifest last. The
   * builder cannot be used afterwards.
   */
  finishShards(options: BundleOptions = {}): ReadonlyMap<string, Uint8Array> {
    return writeBundle(this.finish(), { deflate: this.#deflate, ...options })
  }

  /** A heading that its first paragraph repeats is left to the paragraph. */
  #addParagraph(paragraph: SourceParagraph): void {
    const { text, heading = [], weight = USUAL_WEIGHT } = paragraph
    if (weight !== USUAL_WEIGHT) this.#weights.set(this.#text.rows, weight)
    for (const { line, depth } of this.#sections.follow(heading, this.#text.rows)) {
      if (!text.includes(line)) this.#addSection(line, SectionKind.heading, depth)
    }
    this.#text.add(text)
    this.#text.endRow()
    this.#texts.add(paragraph)
    this.#textUnits += text.length
    this.#keepWithinMemory()
  }

  #counts(): IndexCounts {
    return { text: this.#text.counts(), context: this.#context.counts() }
  }

  #finishOnce(): void {
    this.#checkUnfinished()
    this.#finished = true
  }

  #checkUnfinished(): void {
    if (this.#finished) throw new IndexError('BAD_OPTION', 'This builder has finished its index.')
  }

  #keepWithinMemory(): void {
    if (this.#memory === undefined) return
    if (this.#text.byteLength + this.#context.byteLength <= this.#memory.bytes) return
    this.#text.spill()
    this.#context.spill()
  }

  #addSection(line: string, kind: SectionKind, depth = 0): void {
    this.#context.add(line)
    this.#context.endRow()
    this.#sections.open(kind, depth, this.#text.rows)
  }
}

/** What an index may say of itself; see segment/metadata.ts. */
function checkBm25(parameters: Bm25Parameters): Bm25Parameters {
  const { k1, b } = parameters
  if (k1 >= 0 && k1 <= 100 && b >= 0 && b <= 1) return parameters
  throw new IndexError(
    'BAD_OPTION',
    `bm25 needs k1 from 0 to 100 and b from 0 to 1, found k1 ${k1} and b ${b}.`,
  )
}
