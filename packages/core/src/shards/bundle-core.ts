/**
 * The core of a bundle, both ways: a MessagePack list of raw DEFLATE streams, so that each part is
 * compressed by its own. The first is a map of what is small, the others are PARTS in order.
 */

import { type Packed, unpack } from '../bytes/msgpack.js'
import { corrupt } from '../errors.js'
import { MAX_HEADINGS } from '../segment/format.js'
import { checkMetadata, type IndexMetadata } from '../segment/metadata.js'
import { readAlphabet } from './alphabet.js'
import { REFERENCE_BYTES, readReference, type ShardReference } from './bundle-format.js'
import { readAscending, readCharacterRows, readLengths, readTerms } from './core-lists.js'
import { PieceTable } from './piece-table.js'
import { readLongHeadings } from './section-places.js'

/** Lists that are written by core-lists-writer.ts, if nothing else is said. */
export const PARTS = [
  /** Length code of every paragraph, or of every document; see `writeLengths`. */
  'lengths',
  /** Ascending: first paragraph of every document, and the number of paragraphs. */
  'documentStarts',
  /** See section-places.ts. */
  'longHeadings',
  'alphabet',
  /** See `writeCharacterRows`. */
  'characters',
  'characterRows',
  /** See piece-table.ts. */
  'termCounts',
  'termSizes',
  /** Terms: the first of every term piece. */
  'firstTerms',
  'bodyCounts',
  'bodySizes',
  /** Ascending: first paragraph of every body piece. */
  'bodyStarts',
  'synonyms',
] as const
export type PartName = (typeof PARTS)[number]

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
  /** References of files; empty for none. */
  readonly allFolds: Uint8Array
  readonly pinyin: Uint8Array
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
  readonly firstTerms: readonly string[]
  readonly bodies: PieceTable
  readonly bodyStarts: Uint32Array
  /** How many paragraphs hold a character. */
  readonly characterRows: ReadonlyMap<string, number>
  readonly synonyms: Uint8Array
  readonly allFolds: ShardReference | null
  readonly pinyin: ShardReference | null
  readonly columns: readonly ShardReference[]
}

/** Reads the file of the core. */
export async function readBundleCore(
  bytes: Uint8Array,
  inflate: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>,
): Promise<BundleCore> {
  const streams = asList(unpack(bytes), 'parts').map((part) => asBytes(part, 'a part'))
  const [first, ...parts] = await Promise.all(streams.map(inflate)).catch(() => {
    throw corrupt('the core of the bundle does not decompress')
  })
  const head = unpack(first ?? new Uint8Array(0))
  if (typeof head !== 'object' || head === null || parts.length !== PARTS.length) {
    throw corrupt('the core of the bundle has other parts')
  }
  return coreOf(head as Record<string, Packed>, (name) => parts[PARTS.indexOf(name)]!)
}

function coreOf(head: Record<string, Packed>, part: (name: PartName) => Uint8Array): BundleCore {
  const field = (name: string) => asBytes(head[name], name)
  const pieces = (kind: 'term' | 'body') =>
    new PieceTable({
      packs: field(`${kind}Packs`),
      counts: part(`${kind}Counts`),
      sizes: part(`${kind}Sizes`),
    })
  const metadata = { ...checkMetadata(head['metadata']), recoding: readAlphabet(part('alphabet')) }
  const { counts } = metadata
  const documentStarts = readAscending(part('documentStarts'), counts.documents + 1)
  const bodies = pieces('body')
  if (counts.paragraphs > bodies.bytes * MOST_ROWS_A_BYTE) {
    throw corrupt(`the bundle claims ${counts.paragraphs} paragraphs`)
  }
  const core = {
    metadata,
    lengths: readLengths(part('lengths'), documentStarts),
    documentStarts,
    slots: asSlots(head['slots'], counts.paragraphs),
    longHeadings: readLongHeadings(part('longHeadings')),
    unfolded: String(head['unfolded'] ?? ''),
    terms: pieces('term'),
    firstTerms: readTerms(part('firstTerms')),
    bodies,
    bodyStarts: readAscending(part('bodyStarts')),
    characterRows: readCharacterRows(metadata.recoding, part('characters'), part('characterRows')),
    synonyms: part('synonyms'),
    allFolds: readReferences(field('allFolds'))[0] ?? null,
    pinyin: readReferences(field('pinyin'))[0] ?? null,
    columns: asList(head['columns'], 'columns').flatMap((item) => {
      return readReferences(asBytes(item, 'columns'))
    }),
  }
  const isWhole =
    documentStarts[counts.documents] === counts.paragraphs &&
    core.firstTerms.length === core.terms.count &&
    core.bodyStarts.length === core.bodies.count &&
    core.columns.length === metadata.columns.length
  if (!isWhole) throw corrupt('the parts of the bundle do not add up')
  return core
}

function asBytes(value: Packed | undefined, name: string): Uint8Array {
  if (!(value instanceof Uint8Array)) throw corrupt(`the core of the bundle lacks ${name}`)
  return value
}

function asList(value: Packed | undefined, name: string): Packed[] {
  if (!Array.isArray(value)) throw corrupt(`the core of the bundle lacks ${name}`)
  return value
}

function asSlots(value: Packed | undefined, rows: number): number {
  const isCount = typeof value === 'number' && Number.isInteger(value) && value > 0
  if (!isCount || value > MAX_HEADINGS + 1 || value * rows >= MOST_SECTIONS) {
    throw corrupt('titles and headings are misnumbered')
  }
  return value
}

/** A paragraph takes a byte, and DEFLATE leaves no less of one than this share. */
const MOST_ROWS_A_BYTE = 1032

/** Numbers of titles and headings stay below this, as rows of a posting list do. */
export const MOST_SECTIONS = 2 ** 30

function readReferences(bytes: Uint8Array): ShardReference[] {
  if (bytes.length % REFERENCE_BYTES !== 0) throw corrupt('a list of shards is broken')
  const found: ShardReference[] = []
  for (let at = 0; at < bytes.length; at += REFERENCE_BYTES) found.push(readReference(bytes, at))
  return found
}
