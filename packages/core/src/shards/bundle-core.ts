/**
 * The core of a bundle: a MessagePack list of raw DEFLATE streams. The first is a map of what is
 * small, the second the coded lists of core-lists.ts.
 */

import { type Packed, unpack } from '../bytes/msgpack.js'
import { NumberDecoder } from '../bytes/number-decoder.js'
import { corrupt } from '../errors.js'
import { MAX_HEADINGS } from '../segment/format.js'
import { checkMetadata, type IndexMetadata } from '../segment/metadata.js'
import { bodyStartsOf, expectedSizes } from './body-starts.js'
import {
  PACK_REFERENCE_BYTES,
  REFERENCE_BYTES,
  readReference,
  type ShardReference,
} from './bundle-format.js'
import * as Context from './contexts.js'
import { readCharacters, readDocumentStarts, readLengths, readLongHeadings } from './core-lists.js'
import { PieceTable, readPieces } from './piece-table.js'
import { TermRanges } from './term-ranges.js'
import { readWordFilter } from './word-filter.js'

/** What is small; everything is plain MessagePack. */
export interface CoreHead {
  /** As in an index, but the folds are those that its texts need, and no recoding. */
  readonly metadata: IndexMetadata
  /** See section-places.ts. */
  readonly slots: number
  /** Characters that no text has, but many a query, and that fold to themselves. */
  readonly unfolded: string
  /** References of the term packs and the body packs. */
  readonly termPacks: Uint8Array
  readonly bodyPacks: Uint8Array
  /** Units of their pieces, bytes. */
  readonly termUnit: number
  readonly bodyUnit: number
  /** Weight of a body piece, and bytes of 256 weights; see body-starts.ts. */
  readonly bodyWeight: number
  readonly bodyRate: number
  /** References of files; empty for none. */
  readonly allFolds: Uint8Array
  readonly pinyin: Uint8Array
  readonly synonyms: Uint8Array
  readonly columns: readonly Uint8Array[]
}

export interface BundleCore {
  readonly metadata: IndexMetadata
  readonly lengths: Uint8Array
  readonly documentStarts: Uint32Array
  /** See section-places.ts. */
  readonly slots: number
  readonly longHeadings: ReadonlyMap<number, number>
  /** See CoreHead. */
  readonly unfolded: string
  readonly terms: PieceTable
  readonly termRanges: TermRanges
  readonly bodies: PieceTable
  readonly bodyStarts: Uint32Array
  /** Those of the texts. */
  readonly units: readonly string[]
  /** How many paragraphs hold a character. */
  readonly characterRows: ReadonlyMap<string, number>
  /** Of the regional words in `synonyms`; see word-filter.ts. */
  readonly wordFilter: ReadonlySet<number>
  readonly synonyms: ShardReference | null
  readonly allFolds: ShardReference | null
  readonly pinyin: ShardReference | null
  readonly columns: readonly ShardReference[]
}

/** Reads the file of the core. */
export async function readBundleCore(
  bytes: Uint8Array,
  inflate: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>,
): Promise<BundleCore> {
  const streams = asList(unpack(bytes)).map((part) => asBytes(part))
  const [head, lists] = await Promise.all(streams.map(inflate)).catch(() => {
    throw corrupt('the core of the bundle does not decompress')
  })
  const numbers = new NumberDecoder(asBytes(lists), Context.CONTEXTS)
  return coreOf(Object(unpack(asBytes(head))), numbers)
}

function coreOf(head: Record<string, Packed>, numbers: NumberDecoder): BundleCore {
  const field = (name: string) => asBytes(head[name])
  const file = (name: string) => referenceIn(field(name))
  const known = checkMetadata(head['metadata'])
  const { counts } = known
  const bodyPacks = field('bodyPacks')
  if (counts.paragraphs > (bodyPacks.length / PACK_REFERENCE_BYTES) * MOST_ROWS_A_PACK) {
    throw corrupt(`the bundle claims ${counts.paragraphs} paragraphs`)
  }
  const rowsOfDocuments = readDocumentStarts(numbers, counts.documents)
  if (rowsOfDocuments.at(-1) !== counts.paragraphs) throw lacking()
  const documentStarts = Uint32Array.from(rowsOfDocuments)
  const lengths = readLengths(numbers, documentStarts)
  const { recoding, units, rows } = readCharacters(numbers)
  const longHeadings = readLongHeadings(numbers)
  const termRanges = TermRanges.read(numbers, rows)
  const wordFilter = readWordFilter(numbers)
  const { termUnit, bodyUnit, bodyWeight, bodyRate } = head as unknown as CoreHead
  const terms = readPieces(
    numbers,
    field('termPacks'),
    termUnit,
    termRanges.count,
    [],
    Context.termSize,
  )
  const { starts, weights } = bodyStartsOf(documentStarts, lengths, bodyWeight)
  const bodySizes = expectedSizes(weights, bodyRate, bodyUnit)
  const bodies = readPieces(
    numbers,
    bodyPacks,
    bodyUnit,
    starts.length,
    bodySizes,
    Context.bodySize,
  )
  const columns = asList(head['columns']).flatMap((item) => referenceIn(asBytes(item)) ?? [])
  if (columns.length !== known.columns.length) throw lacking()
  return {
    metadata: { ...known, recoding },
    lengths,
    documentStarts,
    slots: asSlots(head['slots'], counts.paragraphs),
    longHeadings,
    unfolded: String(head['unfolded'] ?? ''),
    terms: new PieceTable(terms),
    termRanges,
    bodies: new PieceTable(bodies),
    bodyStarts: starts,
    units,
    characterRows: rows,
    wordFilter,
    synonyms: file('synonyms'),
    allFolds: file('allFolds'),
    pinyin: file('pinyin'),
    columns,
  }
}

function asBytes(value: Packed | undefined): Uint8Array {
  if (value instanceof Uint8Array) return value
  throw lacking()
}

function asList(value: Packed | undefined): Packed[] {
  if (Array.isArray(value)) return value
  throw lacking()
}

function lacking(): Error {
  return corrupt('the core of the bundle lacks a part')
}

function asSlots(value: Packed | undefined, rows: number): number {
  const slots = Number(value)
  if (slots >= 1 && slots <= MAX_HEADINGS + 1 && slots % 1 === 0 && slots * rows < MOST_SECTIONS) {
    return slots
  }
  throw corrupt('titles and headings are misnumbered')
}

/** Far beyond what a pack holds. */
const MOST_ROWS_A_PACK = 2 ** 22

/** Numbers of titles and headings stay below this, as rows of a posting list do. */
export const MOST_SECTIONS = 2 ** 30

function referenceIn(bytes: Uint8Array): ShardReference | null {
  return bytes.length < REFERENCE_BYTES ? null : readReference(bytes, 0)
}
