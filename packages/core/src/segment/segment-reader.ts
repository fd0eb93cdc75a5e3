/** Opens a container: checks what it is, finds its sections. Layout: format.ts. */

import { ByteReader } from '../bytes/byte-reader.js'
import { crc32 } from '../bytes/crc32.js'
import { corrupt, IndexError } from '../errors.js'
import type { ByteSource } from './byte-source.js'
import { ChunkReader } from './chunks.js'
import {
  FORMAT_VERSION,
  HEADER_BYTES,
  MAGIC,
  MAX_SECTIONS,
  OLDEST_READABLE,
  type SectionId,
  TABLE_ENTRY_BYTES,
} from './format.js'

export interface SectionInfo {
  readonly id: string
  readonly offset: number
  readonly length: number
  readonly checksum: number
}

/** Bytes that are checked at a time. */
const PIECE = 1 << 20

export class SegmentReader {
  readonly source: ByteSource
  /** Format version of the file. */
  readonly version: number
  /** Oldest format version a reader must know. */
  readonly oldestReadable: number
  readonly sections: readonly SectionInfo[]
  readonly #chunkBudget: number

  /** Every chunked section may keep `chunkBudget` raw bytes in memory. */
  constructor(source: ByteSource, chunkBudget: number) {
    this.source = source
    this.#chunkBudget = chunkBudget
    checkMagic(source)
    const bytes = source.read(0, HEADER_BYTES)
    const reader = new ByteReader(bytes, 'the header', MAGIC.length)
    this.version = reader.byte() | (reader.byte() << 8)
    this.oldestReadable = reader.byte() | (reader.byte() << 8)
    const count = reader.u32()
    const length = reader.u32() + reader.u32() * 2 ** 32
    const tableChecksum = reader.u32()
    const headerChecksum = reader.u32()
    if (crc32(bytes.subarray(0, HEADER_BYTES - 4)) !== headerChecksum) {
      throw corrupt('the checksum of its header does not match')
    }
    checkVersion(this.version, this.oldestReadable)
    if (length > source.length) throw truncated(length, source.length)
    if (length < source.length) {
      throw corrupt(`it should be ${length} bytes long and is ${source.length}`)
    }
    if (count > MAX_SECTIONS) throw corrupt(`it claims ${count} sections`)
    this.sections = readTable(source, count, tableChecksum, length)
  }

  /** Whether the index has a section; some are left out where they would be empty. */
  has(id: SectionId): boolean {
    return this.sections.some((section) => section.id === id)
  }

  /** The bytes of a section, checked against its checksum. */
  section(id: SectionId): Uint8Array {
    const info = this.#find(id)
    const bytes = this.source.read(info.offset, info.offset + info.length)
    compareChecksum(info, (this.source.crc32 ?? crc32)(bytes))
    return bytes
  }

  /**
   * A chunked section; its chunks are checked one by one when they are read. `budget`: raw bytes
   * that it may keep, where that is less than others may.
   */
  chunked(id: SectionId, budget = Number.POSITIVE_INFINITY): ChunkReader {
    const { offset, length } = this.#find(id)
    const kept = Math.min(budget, this.#chunkBudget)
    return new ChunkReader(this.source, offset, length, id, kept)
  }

  /** Reads every section and compares its checksum. */
  verify(): void {
    for (const info of this.sections) compareChecksum(info, this.#checksum(info))
  }

  /** Piece by piece: a section may be larger than what memory there is. */
  #checksum({ offset, length }: SectionInfo): number {
    const add = this.source.crc32 ?? crc32
    let sum = 0
    for (let at = offset; at < offset + length; at += PIECE) {
      const end = Math.min(offset + length, at + PIECE)
      sum = add(this.source.readOnce?.(at, end) ?? this.source.read(at, end), sum)
    }
    return sum
  }

  #find(id: SectionId): SectionInfo {
    const info = this.sections.find((section) => section.id === id)
    if (info === undefined) throw corrupt(`section ${id} is missing`)
    return info
  }
}

function checkMagic(source: ByteSource): void {
  const head = source.read(0, Math.min(MAGIC.length, source.length))
  const matching = head.every((byte, i) => byte === MAGIC[i])
  if (head.length > 0 && matching && source.length < HEADER_BYTES) {
    throw truncated(HEADER_BYTES, source.length)
  }
  if (head.length < MAGIC.length || !matching) {
    throw new IndexError(
      'NOT_AN_INDEX',
      'This is not a Wenxun index: it does not start with the eight bytes that every index starts with. Build one with `wenxun build`.',
    )
  }
}

function checkVersion(version: number, oldestReadable: number): void {
  if (oldestReadable > FORMAT_VERSION) {
    throw new IndexError(
      'TOO_NEW',
      `The index has format ${version} and asks for a reader of format ${oldestReadable} or newer; this one knows up to ${FORMAT_VERSION}. Update Wenxun, or build the index again.`,
    )
  }
  if (version < OLDEST_READABLE) {
    throw new IndexError(
      'TOO_OLD',
      `The index has format ${version}; this reader knows ${OLDEST_READABLE} to ${FORMAT_VERSION}. Build the index again.`,
    )
  }
}

function readTable(source: ByteSource, count: number, checksum: number, fileLength: number) {
  const bytes = source.read(HEADER_BYTES, HEADER_BYTES + count * TABLE_ENTRY_BYTES)
  if (crc32(bytes) !== checksum) throw corrupt('the checksum of its section table does not match')
  const reader = new ByteReader(bytes, 'the section table')
  const sections: SectionInfo[] = []
  for (let i = 0; i < count; i++) {
    const id = String.fromCharCode(...reader.bytes(4))
    reader.u32()
    const offset = reader.u32() + reader.u32() * 2 ** 32
    const length = reader.u32() + reader.u32() * 2 ** 32
    const sum = reader.u32()
    reader.u32()
    if (offset + length > fileLength) throw corrupt(`section ${id} lies outside the file`)
    if (sections.some((other) => other.id === id)) throw corrupt(`section ${id} is there twice`)
    sections.push({ id, offset, length, checksum: sum })
  }
  return sections
}

function compareChecksum(info: SectionInfo, found: number): void {
  if (found === info.checksum) return
  throw corrupt(
    `section ${info.id} has checksum 0x${found.toString(16)}, stored is 0x${info.checksum.toString(16)}`,
  )
}

function truncated(expected: number, found: number): IndexError {
  return new IndexError(
    'TRUNCATED',
    `The index is incomplete: ${found} of ${expected} bytes. Copy it again, or build it again.`,
  )
}
