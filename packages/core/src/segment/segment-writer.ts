/** Sections → one container. Layout: format.ts. */

import { ByteWriter } from '../bytes/byte-writer.js'
import { crc32 } from '../bytes/crc32.js'
import type { SectionContent } from './chunks.js'
import {
  FORMAT_VERSION,
  HEADER_BYTES,
  MAGIC,
  OLDEST_READABLE,
  SECTION_ALIGNMENT,
  type SectionId,
  TABLE_ENTRY_BYTES,
} from './format.js'

export function writeSegment(sections: ReadonlyMap<SectionId, SectionBytes>): Uint8Array {
  let out = new Uint8Array(0)
  let at = 0
  const open = (length: number) => {
    out = new Uint8Array(length)
  }
  writeSegmentTo(sections, open, (bytes) => {
    out.set(bytes, at)
    at += bytes.length
  })
  return out
}

/** A section in memory, or in parts. */
export type SectionBytes = Uint8Array | SectionContent

/**
 * Writes a container in order: tells `open` its length, then gives its bytes to `write`, which must
 * not keep them.
 */
export function writeSegmentTo(
  sections: ReadonlyMap<SectionId, SectionBytes>,
  open: (length: number) => void,
  write: (bytes: Uint8Array) => void,
): void {
  const table = new ByteWriter()
  const first = HEADER_BYTES + sections.size * TABLE_ENTRY_BYTES
  let end = first
  for (const [id, content] of sections) {
    const start = alignUp(end)
    for (const letter of id) table.byte(letter.charCodeAt(0))
    table.u32(0)
    u64(table, start)
    u64(table, content.length)
    table.u32(checksumOf(content))
    table.u32(0)
    end = start + content.length
  }
  open(end)
  write(header(sections.size, end, table.view()))
  write(table.view())
  let at = first
  for (const content of sections.values()) {
    if (alignUp(at) > at) write(new Uint8Array(alignUp(at) - at))
    for (const part of partsOf(content)) write(part)
    at = alignUp(at) + content.length
  }
}

function partsOf(content: SectionBytes): Iterable<Uint8Array> {
  return content instanceof Uint8Array ? [content] : content.parts()
}

function checksumOf(content: SectionBytes): number {
  let sum = 0
  for (const part of partsOf(content)) sum = crc32(part, sum)
  return sum
}

function header(sections: number, length: number, table: Uint8Array): Uint8Array {
  const out = new ByteWriter(HEADER_BYTES)
  out.bytes(MAGIC)
  out.byte(FORMAT_VERSION)
  out.byte(FORMAT_VERSION >>> 8)
  out.byte(OLDEST_READABLE)
  out.byte(OLDEST_READABLE >>> 8)
  out.u32(sections)
  u64(out, length)
  out.u32(crc32(table))
  out.u32(crc32(out.view()))
  return out.finish()
}

function u64(out: ByteWriter, value: number): void {
  out.u32(value % 2 ** 32)
  out.u32(Math.floor(value / 2 ** 32))
}

function alignUp(offset: number): number {
  return Math.ceil(offset / SECTION_ALIGNMENT) * SECTION_ALIGNMENT
}
