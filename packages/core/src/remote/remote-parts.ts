/** A bundle as the parts that a search reads. Whatever is not there yet is thrown as Missing. */

import { Folder } from '@wenxun/tokenizer/scan'
import { unpack } from '../bytes/msgpack.js'
import { Column } from '../columns/column.js'
import { corrupt } from '../errors.js'
import { foldText } from '../query/scanned-text.js'
import type { Ahead, IndexInspection, IndexParts, Readings } from '../search/index-parts.js'
import { documentOf } from '../search/prepared-search.js'
import type { IndexMetadata } from '../segment/metadata.js'
import type { BundleCore } from '../shards/bundle-core.js'
import { BUNDLE_VERSION } from '../shards/bundle-format.js'
import { mayHoldWord } from '../shards/word-filter.js'
import { Decoder } from '../store/recoder.js'
import { TextStore } from '../store/text-store.js'
import { Bodies } from './bodies.js'
import { OpenLists } from './far-list.js'
import type { ShardLoader } from './load-shard.js'
import { Missing, readAll } from './missing.js'
import { type PieceCache, Pieces } from './piece-cache.js'
import { RemoteField } from './remote-field.js'
import { RemoteSections } from './remote-sections.js'
import { TermPieces } from './remote-terms.js'

const KEPT_TEXT_CHUNKS = 64

export class RemoteParts implements IndexParts {
  readonly metadata: IndexMetadata
  readonly text: RemoteField
  readonly context: RemoteField
  readonly sections: RemoteSections
  readonly texts: TextStore
  readonly documents: Bodies
  readonly documentStarts: Uint32Array
  readonly ahead: Ahead
  readonly #core: BundleCore
  readonly #files: ShardLoader
  readonly #cache: PieceCache
  readonly #lists: OpenLists
  readonly #columns = new Map<number, Column>()
  /** Characters that the loaded folds are enough for. */
  readonly #alphabet: ReadonlySet<string>
  #readings: Readings | null = null
  #folder: Folder
  #mayHoldWords = false
  #hasAllFolds: boolean

  constructor(core: BundleCore, files: ShardLoader, cache: PieceCache) {
    const { metadata } = core
    const { counts, averageLength, bm25 } = metadata
    this.#core = core
    this.#files = files
    this.#cache = cache
    this.metadata = metadata
    this.#folder = new Folder(metadata.folds)
    this.#hasAllFolds = core.allFolds === null
    // Surrogates stay apart and match nothing, which asks for more.
    this.#alphabet = new Set([...metadata.folds.from, ...core.unfolded, ...core.units])
    const terms = new TermPieces(new Pieces(cache, core.terms), core.termRanges)
    const lists = new OpenLists(cache)
    this.#lists = lists
    this.text = new RemoteField(terms, lists, 0, {
      lengths: core.lengths,
      averageLength: averageLength.text,
      bm25,
      characterRows: core.characterRows,
    })
    // Titles and headings count by presence: no length of theirs is ever asked for.
    const sections = new RemoteSections(core)
    this.sections = sections
    this.context = new RemoteField(terms, lists, 1, {
      // Titles and headings count by presence: no length of theirs is ever asked for.
      lengths: new Uint8Array(counts.paragraphs * core.slots),
      averageLength: averageLength.context,
      bm25,
      // They are asked for in texts only.
      characterRows: new Map(),
      onOpen: (list) => sections.learn(list),
    })
    this.documentStarts = core.documentStarts
    const bodies = new Bodies(new Pieces(cache, core.bodies), core)
    this.documents = bodies
    this.texts = new TextStore(bodies.chunks(), core.bodyStarts, new Decoder(metadata.recoding), {
      rows: counts.paragraphs,
      keptChunks: KEPT_TEXT_CHUNKS,
    })
    this.ahead = {
      terms: (exact, prefixes) => {
        const wanted = new Set(exact.map((term) => terms.indexOf(term)))
        for (const prefix of prefixes) {
          for (const piece of terms.withPrefix(prefix)) wanted.add(piece)
        }
        terms.pieces.demand(wanted)
      },
      rows: (rows, likely = () => []) => {
        const of = (wanted: Iterable<number>) => Array.from(wanted, (row) => bodies.pieceOf(row))
        const needed = of(rows)
        if (needed.every((piece) => bodies.pieces.has(piece))) return
        // Of a document one paragraph is likely to be shown.
        const seen = new Set<number>()
        const isFirst = (row: number) => seen.size < seen.add(documentOf(this, row)).size
        bodies.pieces.demand(new Set([...needed, ...of(likely().filter(isFirst))]))
      },
      all: readAll,
    }
  }

  get folder(): Folder {
    return this.#folder
  }

  /** Drops what is beyond the budget of the cache; between searches. */
  trim(): void {
    this.#cache.trim()
  }

  /** Before a search; asks for the rare folds when its query has a character that no text has. */
  prepareFor(query: string): void {
    this.#lists.clear()
    this.#foldFor(query)
    this.#mayHoldWords = mayHoldWord(this.#core.wordFilter, foldText(this.#folder, query))
  }

  #foldFor(query: string): void {
    if (this.#hasAllFolds) return
    const isKnown = (character: string) => character < '\x80' || this.#alphabet.has(character)
    if (Array.from(query).every(isKnown)) return
    const folds = unpack(this.#files.whole(this.#core.allFolds!))
    if (!isFolds(folds)) throw corrupt('the folds of the bundle are broken')
    this.#folder = new Folder(folds)
    this.#hasAllFolds = true
  }

  /** Starts to fetch the fields that a search will read when its rows are known. */
  fetchColumns(names: readonly string[], signal: AbortSignal | undefined): void {
    for (const name of names) {
      const file = this.#core.columns[this.metadata.columns.indexOf(name)]
      // Should it fail, the search asks again.
      if (file !== undefined) this.#files.fetchWhole(file, signal).catch(() => {})
    }
  }

  column(position: number): Column {
    const known = this.#columns.get(position)
    if (known !== undefined) return known
    const bytes = this.#files.whole(this.#core.columns[position]!)
    const column = new Column(bytes, this.metadata.counts.documents)
    this.#columns.set(position, column)
    return column
  }

  /** None for a query that holds none of the words. */
  synonyms(): Uint8Array {
    const { synonyms } = this.#core
    const isNeeded = synonyms !== null && this.#mayHoldWords
    return isNeeded ? this.#files.whole(synonyms) : new Uint8Array(0)
  }

  readings(): Readings {
    const bytes = this.pinyin()
    if (this.#readings === null) {
      // Few searches need it, so that a page loads it when one does.
      throw new Missing(1, async () => {
        const { GuessedReadings } = await import('./guessed-readings.js')
        this.#readings = new GuessedReadings(bytes, this.text.dictionary)
      })
    }
    return this.#readings
  }

  pinyin(): Uint8Array {
    return this.#core.pinyin === null ? new Uint8Array(0) : this.#files.whole(this.#core.pinyin)
  }

  inspect(): IndexInspection {
    const { analyzer, counts, bm25, columns } = this.metadata
    return {
      formatVersion: BUNDLE_VERSION,
      oldestReadableVersion: BUNDLE_VERSION,
      bytes: 0,
      analyzer,
      counts,
      bm25,
      columns: columns.map((name) => ({ name, kind: 'unknown', values: 0 })),
      sections: [],
    }
  }

  topTerms(): { term: string; frequency: number }[] {
    return []
  }

  /** Fetches every piece but blocks of long lists, and checks texts and documents. */
  verify(): void {
    const { terms, bodies } = this.#core
    this.#cache.demand([...terms.all(), ...bodies.all()])
    this.texts.verify()
    for (const position of this.metadata.columns.keys()) this.column(position)
    for (let i = 0; i < this.metadata.counts.documents; i++) this.documents.get(i)
  }
}

function isFolds(value: unknown): value is IndexMetadata['folds'] {
  if (typeof value !== 'object' || value === null) return false
  const { from, to, ambiguous } = value as Partial<IndexMetadata['folds']>
  return typeof from === 'string' && typeof to === 'string' && typeof ambiguous === 'string'
}
