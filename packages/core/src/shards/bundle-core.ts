/**
 * The core of a bundle, both ways: a MessagePack map. Lists of numbers are varints, ascending ones
 * as differences; see NumberList.
 */

import { ByteReader } from '../bytes/byte-reader.js'
import { type Packed, unpack } from '../bytes/msgpack.js'
import { corrupt } from '../errors.js'
import { checkMetadata, type IndexMetadata } from '../segment/metadata.js'
import { readAlphabet } from './alphabet.js'
import { REFERENCE_BYTES, readReference, type ShardReference } from './bundle-format.js'
import { type PackedPieces, PieceTable } from './piece-table.js'

/** What the builder puts into the core; everything is plain MessagePack. */
export interface PackedCore {
  /** As in an index, but the folds are those that its texts need, the recoding an alphabet. */
  readonly metadata: IndexMetadata
  /** Length code of every paragraph. */
  readonly lengths: Uint8Array
  /** Ascending list: first paragraph of every document, and the number of paragraphs. */
  readonly documentStarts: Uint8Array
  /** Reference of the file with titles' and headings' places; see section-list.ts. */
  readonly sections: Uint8Array
  readonly terms: PackedPieces
  /** Per term piece: first term, as units. */
  readonly firstTerms: Uint8Array
  readonly lists: PackedPieces
  /** Ascending list: raw offset behind every list piece. */
  readonly listEnds: Uint8Array
  readonly bodies: PackedPieces
  /** Ascending list: first paragraph of every body piece. */
  readonly bodyStarts: Uint8Array
  /** Characters in order, as units, and as varints how many paragraphs hold each. */
  readonly characters: readonly [characters: Uint8Array, rows: Uint8Array]
  readonly synonyms: Uint8Array
  /** References; empty for none. */
  readonly allFolds: Uint8Array
  readonly pinyin: Uint8Array
  readonly columns: readonly Uint8Array[]
}

export interface BundleCore {
  readonly metadata: IndexMetadata
  readonly lengths: Uint8Array
  readonly documentStarts: Uint32Array
  readonly sections: ShardReference | null
  readonly terms: PieceTable
  readonly firstTerms: readonly string[]
  readonly lists: PieceTable
  readonly listEnds: Uint32Array
  readonly bodies: PieceTable
  readonly bodyStarts: Uint32Array
  /** How many paragraphs hold a character. */
  readonly characterRows: ReadonlyMap<string, number>
  readonly synonyms: Uint8Array
  readonly allFolds: ShardReference | null
  readonly pinyin: ShardReference | null
  readonly columns: readonly ShardReference[]
}

export function readBundleCore(bytes: Uint8Array): BundleCore {
  const value = unpack(bytes)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw corrupt('the core of the bundle is no map')
  }
  const record = value as Record<string, Packed>
  const part = (name: string) => asBytes(record[name], name)
  const list = (name: string) => asList(record[name], name)
  const pieces = (name: string) => new PieceTable(asPieces(record[name], name))
  const packed = checkMetadata(record['metadata'])
  const metadata = { ...packed, recoding: readAlphabet(packed.recoding) }
  const [characters, rows] = list('characters')
  const core = {
    metadata,
    lengths: part('lengths'),
    documentStarts: readAscending(part('documentStarts'), metadata.counts.documents + 1),
    sections: readReferences(part('sections'))[0] ?? null,
    terms: pieces('terms'),
    firstTerms: readTerms(part('firstTerms')),
    lists: pieces('lists'),
    listEnds: readAscending(part('listEnds')),
    bodies: pieces('bodies'),
    bodyStarts: readAscending(part('bodyStarts')),
    characterRows: readCharacterRows(
      asBytes(characters, 'characters'),
      asBytes(rows, 'characters'),
    ),
    synonyms: part('synonyms'),
    allFolds: readReferences(part('allFolds'))[0] ?? null,
    pinyin: readReferences(part('pinyin'))[0] ?? null,
    columns: list('columns').flatMap((item) => readReferences(asBytes(item, 'columns'))),
  }
  const isWhole =
    core.lengths.length === metadata.counts.paragraphs &&
    core.documentStarts[metadata.counts.documents] === metadata.counts.paragraphs &&
    core.firstTerms.length === core.terms.count &&
    core.listEnds.length === core.lists.count &&
    core.bodyStarts.length === core.bodies.count &&
    core.columns.length === metadata.columns.length
  if (!isWhole) throw corrupt('the parts of the bundle do not add up')
  return core
}

function asBytes(value: Packed | undefined, name: string): Uint8Array {
  if (!(value instanceof Uint8Array)) throw corrupt(`the core of the bundle lacks ${name}`)
  return value
}

function asPieces(value: Packed | undefined, name: string): PackedPieces {
  const { packs, counts, sizes } = (value ?? {}) as Record<string, Packed>
  return {
    packs: asBytes(packs, name),
    counts: asBytes(counts, name),
    sizes: asBytes(sizes, name),
  }
}

function asList(value: Packed | undefined, name: string): Packed[] {
  if (!Array.isArray(value)) throw corrupt(`the core of the bundle lacks ${name}`)
  return value
}

function readAscending(bytes: Uint8Array, expected?: number): Uint32Array {
  const reader = new ByteReader(bytes, 'a list of the bundle')
  const values: number[] = []
  let value = 0
  while (reader.remaining > 0) {
    value += reader.varint()
    values.push(value)
  }
  if (expected !== undefined && values.length !== expected) {
    throw corrupt(`a list of the bundle has ${values.length} numbers, not ${expected}`)
  }
  return Uint32Array.from(values)
}

function readTerms(bytes: Uint8Array): string[] {
  const reader = new ByteReader(bytes, 'the terms of the bundle')
  const terms: string[] = []
  let first = 0
  while (reader.remaining > 0) {
    const length = reader.varint()
    if (length > 0) first += reader.varint()
    let term = length > 0 ? String.fromCharCode(first) : ''
    for (let i = 1; i < length; i++) term += String.fromCharCode(reader.varint())
    terms.push(term)
  }
  return terms
}

function readCharacterRows(characters: Uint8Array, rows: Uint8Array): Map<string, number> {
  const names = readTerms(characters)
  const reader = new ByteReader(rows, 'the characters of the bundle')
  return new Map(names.map((character) => [character, reader.varint()]))
}

function readReferences(bytes: Uint8Array): ShardReference[] {
  if (bytes.length % REFERENCE_BYTES !== 0) throw corrupt('a list of shards is broken')
  const found: ShardReference[] = []
  for (let at = 0; at < bytes.length; at += REFERENCE_BYTES) found.push(readReference(bytes, at))
  return found
}
