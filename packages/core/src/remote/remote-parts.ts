/** A bundle as the parts that a search reads. Whatever is not there yet is thrown as Missing. */

import { Folder } from '@wenxun/tokenizer/scan'
import { unpack } from '../bytes/msgpack.js'
import { Column } from '../columns/column.js'
import { corrupt } from '../errors.js'
import type { Ahead, IndexInspection, IndexParts, Readings } from '../search/index-parts.js'
import type { IndexMetadata } from '../segment/metadata.js'
import type { BundleCore } from '../shards/bundle-core.js'
import { BUNDLE_VERSION } from '../shards/bundle-format.js'
import { readSectionList } from '../shards/section-list.js'
import { Decoder } from '../store/recoder.js'
import { TextStore } from '../store/text-store.js'
import { Bodies } from './bodies.js'
import { ListPieces } from './far-list.js'
import type { ShardLoader } from './load-shard.js'
import { Missing } from './missing.js'
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
  readonly #columns = new Map<number, Column>()
  /** Characters that the loaded folds are enough for. */
  readonly #alphabet: ReadonlySet<string>
  #readings: Readings | null = null
  #folder: Folder
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
    this.#alphabet = new Set([...metadata.folds.from, ...charactersOf(metadata.recoding)])
    const terms = new TermPieces(new Pieces(cache, core.terms), core.firstTerms)
    const lists = new ListPieces(new Pieces(cache, core.lists), core.listEnds)
    this.text = new RemoteField(terms, lists, 0, {
      lengths: core.lengths,
      averageLength: averageLength.text,
      bm25,
      characterRows: core.characterRows,
    })
    // Titles and headings count by presence: no length of theirs is ever asked for.
    this.context = new RemoteField(terms, lists, 1, {
      lengths: new Uint8Array(counts.sections),
      averageLength: averageLength.context,
      bm25,
      // They are asked for in texts only.
      characterRows: new Map(),
    })
    this.sections = new RemoteSections(counts.sections, counts.paragraphs, () => {
      if (core.sections === null) throw corrupt('the bundle lacks its titles')
      return readSectionList(files.whole(core.sections))
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
      rows: (rows) => {
        bodies.pieces.demand(new Set(Array.from(rows, (row) => bodies.pieceOf(row))))
      },
    }
  }

  get folder(): Folder {
    return this.#folder
  }

  /** Drops what is beyond the budget of the cache; between searches. */
  trim(): void {
    this.#cache.trim()
  }

  /** Asks for the rare folds when a query has a character that no text has. */
  prepareFor(query: string): void {
    if (this.#hasAllFolds) return
    if (Array.from(query).every((character) => this.#alphabet.has(character))) return
    const folds = unpack(this.#files.whole(this.#core.allFolds!))
    if (!isFolds(folds)) throw corrupt('the folds of the bundle are broken')
    this.#folder = new Folder(folds)
    this.#hasAllFolds = true
  }

  column(position: number): Column {
    const known = this.#columns.get(position)
    if (known !== undefined) return known
    const bytes = this.#files.whole(this.#core.columns[position]!)
    const column = new Column(bytes, this.metadata.counts.documents)
    this.#columns.set(position, column)
    return column
  }

  synonyms(): Uint8Array {
    return this.#core.synonyms
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

  /** Fetches every piece, and checks texts and documents. */
  verify(): void {
    const { terms, lists, bodies } = this.#core
    this.#cache.demand([...terms.all(), ...lists.all(), ...bodies.all()])
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

/** Characters of a recoding table; surrogates stay apart and match nothing, which asks for more. */
function charactersOf(recoding: Uint8Array): string[] {
  const characters: string[] = []
  for (let i = 0; i + 1 < recoding.length; i += 2) {
    characters.push(String.fromCharCode(recoding[i]! | (recoding[i + 1]! << 8)))
  }
  return characters
}
