/** Sections → one container. Layout: format.ts. */

import { ByteWriter } from '../bytes/byte-writer.js'
import { crc32 } from '../bytes/crc32.js'
import {
  FORMAT_VERSION,
  HEADER_BYTES,
  MAGIC,
  OLDEST_READABLE,
  SECTION_ALIGNMENT,
  type SectionId,
  TABLE_ENTRY_BYTES,
} from './format.js'

export function writeSegment(sections: ReadonlyMap<SectionId, Uint8Array>): Uint8Array {
  const table = new ByteWriter()
  const first = HEADER_BYTES + sections.size * TABLE_ENTRY_BYTES
  let offset = first
  for (const [id, bytes] of sections) {
    offset = alignUp(offset)
    for (const letter of id) table.byte(letter.charCodeAt(0))
    table.u32(0)
    u64(table, offset)
    u64(table, bytes.length)
    table.u32(crc32(bytes))
    table.u32(0)
    offset += bytes.length
  }
  const out = new Uint8Array(offset)
  out.set(header(sections.size, offset, table.view()))
  out.set(table.view(), HEADER_BYTES)
  offset = first
  for (const bytes of sections.values()) {
    offset = alignUp(offset)
    out.set(bytes, offset)
    offset += bytes.length
  }
  return out
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
