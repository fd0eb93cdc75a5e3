/** An index as a bundle of files for a static host. The layout is in shards/bundle-format.ts. */

import { pack } from 'msgpackr'
import { deflate as platformDeflate } from '#deflate'
import { memorySource } from '../segment/byte-source.js'
import type { Deflate } from '../segment/chunks.js'
import { Section } from '../segment/format.js'
import type { IndexMetadata } from '../segment/metadata.js'
import { readMetadata } from '../segment/metadata.js'
import { SegmentReader } from '../segment/segment-reader.js'
import type { PackedCore } from '../shards/bundle-core.js'
import {
  BUNDLE_VERSION,
  MANIFEST_NAME,
  readReference,
  referenceOf,
  SINGLE_FILE_BYTES,
} from '../shards/bundle-format.js'
import { writeAscending, writeNumbers, writeTerms } from '../shards/core-lists-writer.js'
import { writeManifest } from '../shards/manifest.js'
import { writeSectionList } from '../shards/section-list-writer.js'
import { BodyPacker } from './body-packer.js'
import type { PackTarget } from './pack-writer.js'
import { TermPacker } from './term-packer.js'

export interface BundleOptions {
  /** Raw DEFLATE; default: zlib in Node, fflate elsewhere. */
  deflate?: Deflate
  /** An index of at most this many bytes stays one file; default 49,152. */
  singleFileBytes?: number
  /** Most bytes of a pack; default by the size of the index, 12,288 to 32,768. */
  packBytes?: number
  /** Aimed bytes of a piece; default by the size of the index, 1,536 to 4,096. */
  pieceBytes?: number
}

/** Packs and pieces of a small site; a site of 10,000 pages stays below 200 files. */
const USUAL_PACKS = 150
const USUAL_PIECES = 1500
const PACK_BYTES = { least: 12 * 1024, most: 32 * 1024 } as const
const PIECE_BYTES = { least: 1536, most: 4 * 1024 } as const

/**
 * Splits a finished index into a bundle: file names with their bytes, the manifest last. The same
 * index gives the same files; a file with other content has another name.
 */
export function writeBundle(
  index: Uint8Array,
  options: BundleOptions = {},
): ReadonlyMap<string, Uint8Array> {
  const deflate = options.deflate ?? platformDeflate
  const files = new Map<string, Uint8Array>()
  /** Adds a file under the name of its content; returns its reference. */
  const addFile = (content: Uint8Array) => {
    const reference = referenceOf(content)
    files.set(readReference(reference, 0).name, content)
    return reference
  }
  const segment = new SegmentReader(memorySource(index), Number.POSITIVE_INFINITY)
  const metadata = readMetadata(segment.section(Section.metadata))
  const isSmall = index.length <= (options.singleFileBytes ?? SINGLE_FILE_BYTES)
  const main = isSmall
    ? addFile(index)
    : addFile(
        deflate(pack(packCore(segment, metadata, targetOf(index, options, deflate, addFile)))),
      )
  const { name } = readReference(main, 0)
  const { documents, paragraphs } = metadata.counts
  const bytes = files.get(name)!.length
  files.set(
    MANIFEST_NAME,
    writeManifest({
      wenxun: BUNDLE_VERSION,
      [isSmall ? 'index' : 'core']: name,
      bytes,
      documents,
      paragraphs,
    }),
  )
  return files
}

function packCore(segment: SegmentReader, metadata: IndexMetadata, target: PackTarget): PackedCore {
  const addWhole = (raw: Uint8Array) => target.addFile(target.deflate(raw))
  const { terms, lists, firstTerms, listEnds, characterRows } = new TermPacker(
    segment,
    target,
  ).run()
  const bodies = new BodyPacker(segment, metadata, target).run()
  const columns = segment.chunked(Section.columns)
  const only = (id: typeof Section.synonyms | typeof Section.pinyin) =>
    segment.has(id) ? segment.chunked(id).chunk(0) : new Uint8Array(0)
  const pinyin = only(Section.pinyin)
  const { counts, folds } = metadata
  const written = foldsOf(folds, bodies.writes)
  const isReduced = written.from.length < folds.from.length
  return {
    metadata: { ...metadata, folds: written, recoding: bodies.recoding },
    lengths: segment.section(Section.lengths),
    documentStarts: writeAscending(bodies.documentStarts),
    sections:
      counts.sections === 0
        ? new Uint8Array(0)
        : addWhole(writeSectionList(segment.section(Section.sections), counts.sections)),
    terms,
    firstTerms: writeTerms(firstTerms),
    lists,
    listEnds: writeAscending(listEnds),
    bodies: bodies.pieces,
    bodyStarts: writeAscending(bodies.starts),
    characters: [writeTerms([...characterRows.keys()]), writeNumbers([...characterRows.values()])],
    synonyms: only(Section.synonyms),
    allFolds: isReduced ? addWhole(pack({ ...folds })) : new Uint8Array(0),
    pinyin: pinyin.length > 0 ? addWhole(pinyin) : new Uint8Array(0),
    columns: metadata.columns.map((_, i) => addWhole(columns.chunk(i))),
  }
}

/** The folds of characters that are written in the texts; queries may need the others. */
function foldsOf(folds: IndexMetadata['folds'], writes: (character: string) => boolean) {
  const sources = Array.from(folds.from)
  const targets = Array.from(folds.to)
  const kept = sources.map((source, i) => ({ source, target: targets[i]! }))
  const written = kept.filter(({ source }) => source.charCodeAt(0) < 0x80 || writes(source))
  return {
    from: written.map(({ source }) => source).join(''),
    to: written.map(({ target }) => target).join(''),
    ambiguous: folds.ambiguous,
  }
}

function targetOf(
  index: Uint8Array,
  { packBytes, pieceBytes }: BundleOptions,
  deflate: Deflate,
  addFile: (bytes: Uint8Array) => Uint8Array,
): PackTarget {
  return {
    packBytes: packBytes ?? within(index.length / USUAL_PACKS, PACK_BYTES),
    pieceBytes: pieceBytes ?? within(index.length / USUAL_PIECES, PIECE_BYTES),
    deflate,
    addFile,
  }
}

function within(bytes: number, { least, most }: { least: number; most: number }): number {
  return Math.min(most, Math.max(least, Math.ceil(bytes)))
}
