/** An index as a bundle of files for a static host. The layout is in shards/bundle-format.ts. */

import { pack } from 'msgpackr'
import { deflate as platformDeflate } from '#deflate'
import { IndexError } from '../errors.js'
import { memorySource } from '../segment/byte-source.js'
import type { Deflate } from '../segment/chunks.js'
import { Section } from '../segment/format.js'
import type { IndexMetadata } from '../segment/metadata.js'
import { readMetadata } from '../segment/metadata.js'
import { SegmentReader } from '../segment/segment-reader.js'
import { writeAlphabet } from '../shards/alphabet.js'
import { type CoreHead, MOST_SECTIONS, PARTS, type PartName } from '../shards/bundle-core.js'
import {
  BUNDLE_VERSION,
  MANIFEST_NAME,
  REFERENCE_BYTES,
  readReference,
  referenceOf,
  SINGLE_FILE_BYTES,
} from '../shards/bundle-format.js'
import {
  writeAscending,
  writeCharacterRows,
  writeLengths,
  writeTerms,
} from '../shards/core-lists-writer.js'
import { writeManifest } from '../shards/manifest.js'
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
  /** Most bytes of a pack; default by the size of the index, 12,288 to 65,536, and see `ranges`. */
  packBytes?: number
  /**
   * Whether the host answers requests for ranges; default true. Then the texts of an index of up to
   * 4.5 MB stand in one pack, out of which one request can bring several pieces; a host that sends
   * files whole would send all texts with the first search.
   */
  ranges?: boolean
  /** Aimed bytes of a piece; default by the size of the index, 1,024 to 2,048. */
  pieceBytes?: number
}

/** Packs and pieces of a small site; a site of 10,000 pages stays below 200 files. */
const USUAL_PACKS = 110
const USUAL_PIECES = 3500
const PACK_BYTES = { least: 12 * 1024, most: 64 * 1024 } as const
const PIECE_BYTES = { least: 1024, most: 2048 } as const
/** Texts of an index of so many bytes stand in one pack, which may end from 60 % of its size on. */
const ONE_BODY_PACK = { indexBytes: 4_500_000, packBytes: 4_200_000 } as const

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
  const main = isSmall
    ? addFile(index)
    : addFile(writeCore(segment, metadata, targetsOf(index, options, deflate, addFile)))
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

function writeCore(
  segment: SegmentReader,
  metadata: IndexMetadata,
  { terms: target, bodies: bodyTarget }: PackTargets,
): Uint8Array {
  const addWhole = (raw: Uint8Array) => target.addFile(target.deflate(raw))
  const { folds } = metadata
  const sections = sectionNumbers(segment, metadata)
  const { terms, firstTerms, characterRows } = new TermPacker(segment, sections, target).run()
  const bodies = new BodyPacker(segment, metadata, bodyTarget).run()
  const columns = segment.chunked(Section.columns)
  const only = (id: typeof Section.synonyms | typeof Section.pinyin) =>
    segment.has(id) ? segment.chunked(id).chunk(0) : new Uint8Array(0)
  const pinyin = only(Section.pinyin)
  const written = foldsOf(folds, bodies.writes)
  const isReduced = written.from.length < folds.from.length
  const head: CoreHead = {
    metadata: { ...metadata, folds: written, recoding: new Uint8Array(0) },
    slots: sections.slots,
    termPacks: terms.packs,
    bodyPacks: bodies.pieces.packs,
    unfolded: USUAL_CHARACTERS.filter((character) => {
      return !bodies.writes(character) && !folds.from.includes(character)
    }).join(''),
    allFolds: isReduced ? addWhole(pack({ ...folds })) : new Uint8Array(0),
    pinyin: pinyin.length > 0 ? addWhole(pinyin) : new Uint8Array(0),
    columns: metadata.columns.map((_, i) => addWhole(columns.chunk(i))),
  }
  const [characters, rows] = writeCharacterRows(bodies.recoding, characterRows)
  const parts: Readonly<Record<PartName, Uint8Array>> = {
    lengths: writeLengths(segment.section(Section.lengths), bodies.documentStarts),
    documentStarts: writeAscending(bodies.documentStarts),
    longHeadings: sections.longHeadings(),
    alphabet: writeAlphabet(bodies.recoding),
    characters,
    characterRows: rows,
    termCounts: terms.counts,
    termSizes: terms.sizes,
    firstTerms: writeTerms(firstTerms),
    bodyCounts: bodies.pieces.counts,
    bodySizes: bodies.pieces.sizes,
    bodyStarts: writeAscending(bodies.starts),
    synonyms: only(Section.synonyms),
  }
  const streams = [pack(head), ...PARTS.map((name) => parts[name])]
  return pack(streams.map((raw) => smallest(raw, target.deflate)))
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
  { packBytes, pieceBytes, ranges = true }: BundleOptions,
  deflate: Deflate,
  addFile: AddFile,
): PackTargets {
  const terms = {
    packBytes: packBytes ?? within(index.length / USUAL_PACKS, PACK_BYTES),
    pieceBytes: pieceBytes ?? within(index.length / USUAL_PIECES, PIECE_BYTES),
    deflate,
    addFile,
  }
  const isOnePack = ranges && packBytes === undefined && index.length <= ONE_BODY_PACK.indexBytes
  return { terms, bodies: isOnePack ? { ...terms, packBytes: ONE_BODY_PACK.packBytes } : terms }
}

function within(bytes: number, { least, most }: { least: number; most: number }): number {
  return Math.min(most, Math.max(least, Math.ceil(bytes)))
}
