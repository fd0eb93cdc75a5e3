/** An index as a bundle of files for a static host. The layout is in shards/bundle-format.ts. */

import { pack } from 'msgpackr'
import { deflate as platformDeflate } from '#deflate'
import { NumberEncoder } from '../bytes/number-encoder.js'
import { IndexError } from '../errors.js'
import { memorySource } from '../segment/byte-source.js'
import type { Deflate } from '../segment/chunks.js'
import { Section } from '../segment/format.js'
import type { IndexMetadata } from '../segment/metadata.js'
import { readMetadata } from '../segment/metadata.js'
import { SegmentReader } from '../segment/segment-reader.js'
import { expectedSizes } from '../shards/body-starts.js'
import { type CoreHead, MOST_SECTIONS } from '../shards/bundle-core.js'
import {
  BUNDLE_VERSION,
  MANIFEST_NAME,
  MOST_UNIT,
  REFERENCE_BYTES,
  readReference,
  referenceOf,
  SINGLE_FILE_BYTES,
} from '../shards/bundle-format.js'
import * as Context from '../shards/contexts.js'
import {
  writeCharacters,
  writeDocumentStarts,
  writeLengths,
  writeLongHeadings,
} from '../shards/core-lists-writer.js'
import { type Manifest, writeManifest } from '../shards/manifest.js'
import { writePieces } from '../shards/piece-table-writer.js'
import { writeTermRanges } from '../shards/term-ranges-writer.js'
import { writeWordFilter } from '../shards/word-filter-writer.js'
import { BodyPacker } from './body-packer.js'
import type { AddFile, PackTarget } from './pack-writer.js'
import { SectionNumbers } from './section-numbers.js'
import { TermPacker } from './term-packer.js'
import { USUAL_CHARACTERS } from './usual-characters.js'

export interface BundleOptions {
  /** Raw DEFLATE; default: zlib in Node, fflate elsewhere. */
  deflate?: Deflate
  /** An index of at most this many bytes stays one file; default 49,152. */
  singleFileBytes?: number
  /** Most bytes of a pack; default by the size of the index, 12,288 to 131,072, and see `ranges`. */
  packBytes?: number
  /**
   * Whether the host answers requests for ranges; default true. Then the texts of an index of up to
   * 4.5 MB stand in one pack, out of which one request can bring several pieces; a host that sends
   * files whole would send all texts with the first search.
   */
  ranges?: boolean
  /** Aimed bytes of a piece; default by the size of the index, 200 to 1,200. */
  pieceBytes?: number
}

/** Packs and pieces of a small site; a site of 10,000 pages stays below 200 files. */
const USUAL_PACKS = 70
const PACK_BYTES = { least: 12 * 1024, most: 128 * 1024 } as const
/** Pieces grow with the square root of an index that is larger than this, in bytes. */
const SMALL_INDEX = 4_000_000
const TERM_PIECE = { least: 500, most: 1200 } as const
const BODY_PIECE = { least: 200, most: 1200 } as const
/** About so many units make a piece: fewer cost more bytes of it, more cost bytes of the core. */
const UNITS_A_PIECE = 3
/** Texts of an index of so many bytes stand in one pack, which may end from 60 % of its size on. */
const ONE_BODY_PACK = { indexBytes: 4_500_000, packBytes: 7_000_000 } as const

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
  const addFile: AddFile = (content, length = REFERENCE_BYTES) => {
    const reference = referenceOf(content).subarray(0, length)
    files.set(readReference(reference, 0, length).name, content)
    return reference
  }
  const segment = new SegmentReader(memorySource(index), Number.POSITIVE_INFINITY)
  const metadata = readMetadata(segment.section(Section.metadata))
  const isSmall = index.length <= (options.singleFileBytes ?? SINGLE_FILE_BYTES)
  const { documents, paragraphs } = metadata.counts
  const main = isSmall
    ? { index: readReference(addFile(index), 0).name, bytes: index.length }
    : coreOf(segment, metadata, targetsOf(index, options, deflate, addFile))
  const manifest = { wenxun: BUNDLE_VERSION, ...main, documents, paragraphs }
  files.set(MANIFEST_NAME, writeManifest(manifest))
  return files
}

function coreOf(
  segment: SegmentReader,
  metadata: IndexMetadata,
  targets: PackTargets,
): Pick<Manifest, 'core' | 'bytes'> {
  const { addFile, deflate } = targets.terms
  const addWhole = (raw: Uint8Array) => addFile(deflate(raw))
  const { folds } = metadata
  const sections = sectionNumbers(segment, metadata)
  const { terms, ranges, characterRows } = new TermPacker(segment, sections, targets.terms).run()
  const bodies = new BodyPacker(segment, metadata, targets.bodies).run()
  const columns = segment.chunked(Section.columns)
  const only = (id: typeof Section.synonyms | typeof Section.pinyin) =>
    segment.has(id) ? segment.chunked(id).chunk(0) : new Uint8Array(0)
  const synonyms = only(Section.synonyms)
  const pinyin = only(Section.pinyin)
  const written = foldsOf(folds, bodies.writes)
  const isReduced = written.from.length < folds.from.length
  const head: CoreHead = {
    metadata: { ...metadata, folds: written, recoding: new Uint8Array(0) },
    slots: sections.slots,
    termPacks: terms.packs,
    bodyPacks: bodies.pieces.packs,
    termUnit: terms.unit,
    bodyUnit: bodies.pieces.unit,
    bodyWeight: bodies.weight,
    bodyRate: bodies.rate,
    unfolded: USUAL_CHARACTERS.filter((character) => {
      return !bodies.writes(character) && !folds.from.includes(character)
    }).join(''),
    allFolds: isReduced ? addWhole(pack({ ...folds })) : new Uint8Array(0),
    pinyin: pinyin.length > 0 ? addWhole(pinyin) : new Uint8Array(0),
    columns: metadata.columns.map((_, i) => addWhole(columns.chunk(i))),
    synonyms: synonyms.length > 0 ? addWhole(synonyms) : new Uint8Array(0),
  }
  const numbers = new NumberEncoder(Context.CONTEXTS)
  writeDocumentStarts(numbers, bodies.documentStarts)
  writeLengths(numbers, bodies.lengths, bodies.documentStarts)
  writeCharacters(numbers, bodies.recoding, characterRows)
  writeLongHeadings(numbers, sections.longHeadings)
  writeTermRanges(numbers, ranges, characterRows)
  writeWordFilter(numbers, wordsOf(synonyms))
  writePieces(numbers, terms, [], Context.termSize)
  const expected = expectedSizes(bodies.weights, bodies.rate, bodies.pieces.unit)
  writePieces(numbers, bodies.pieces, expected, Context.bodySize)
  const streams = [pack(head), numbers.finish()]
  const core = pack(streams.map((raw) => smallest(raw, deflate)))
  return { core, bytes: core.length }
}

/** The words that have others, of a section as in synonyms/synonyms.ts. */
function wordsOf(synonyms: Uint8Array): string[] {
  const lines = new TextDecoder().decode(synonyms).split('\n')
  return lines.filter((line) => line.includes(' ')).map((line) => line.split(' ')[0]!)
}

/** The core is fetched by every visitor: both ways to compress are tried. */
function smallest(raw: Uint8Array, deflate: Deflate): Uint8Array {
  const [asText, asNumbers] = [deflate(raw, 'text'), deflate(raw, 'terms')]
  return asText.length < asNumbers.length ? asText : asNumbers
}

function sectionNumbers(segment: SegmentReader, { counts }: IndexMetadata): SectionNumbers {
  const bytes = counts.sections === 0 ? new Uint8Array(0) : segment.section(Section.sections)
  const sections = new SectionNumbers(bytes, counts.sections, counts.paragraphs)
  if (sections.slots * counts.paragraphs >= MOST_SECTIONS) {
    throw new IndexError('BAD_DOCUMENT', 'The index has too many headings for a bundle.')
  }
  return sections
}

/** The folds of usual characters and of those in the texts; queries may need the others. */
function foldsOf(folds: IndexMetadata['folds'], writes: (character: string) => boolean) {
  const sources = Array.from(folds.from)
  const targets = Array.from(folds.to)
  const kept = sources.map((source, i) => ({ source, target: targets[i]! }))
  const isUsual = (source: string) =>
    source.charCodeAt(0) < 0x80 || USUAL_CHARACTERS.includes(source)
  const written = kept.filter(({ source }) => isUsual(source) || writes(source))
  return {
    from: written.map(({ source }) => source).join(''),
    to: written.map(({ target }) => target).join(''),
    ambiguous: folds.ambiguous,
  }
}

interface PackTargets {
  readonly terms: PackTarget
  readonly bodies: PackTarget
}

function targetsOf(
  index: Uint8Array,
  options: BundleOptions,
  deflate: Deflate,
  addFile: AddFile,
): PackTargets {
  const packBytes = options.packBytes ?? within(index.length / USUAL_PACKS, PACK_BYTES)
  const target = (least: number, most: number) => {
    const usual = within(least * Math.sqrt(index.length / SMALL_INDEX), { least, most })
    const pieceBytes = options.pieceBytes ?? usual
    const unit = Math.min(MOST_UNIT, 2 ** Math.round(Math.log2(pieceBytes / UNITS_A_PIECE)))
    return { packBytes, pieceBytes, unit, deflate, addFile }
  }
  const terms = target(TERM_PIECE.least, TERM_PIECE.most)
  const bodies = target(BODY_PIECE.least, BODY_PIECE.most)
  const mayBeOne = options.ranges !== false && options.packBytes === undefined
  const isOnePack = mayBeOne && index.length <= ONE_BODY_PACK.indexBytes
  return { terms, bodies: isOnePack ? { ...bodies, packBytes: ONE_BODY_PACK.packBytes } : bodies }
}

function within(bytes: number, { least, most }: { least: number; most: number }): number {
  return Math.min(most, Math.max(least, Math.ceil(bytes)))
}
