/** Writes the titles and headings of a bundle; section-list.ts reads them. */

import { ByteWriter } from '../bytes/byte-writer.js'

/** `section` is SECT of an index, with so many titles and headings. */
export function writeSectionList(section: Uint8Array, count: number): Uint8Array {
  const view = new DataView(section.buffer, section.byteOffset, section.byteLength)
  const steps = new ByteWriter()
  const sizes = new ByteWriter()
  let previousStart = 0
  let previousEnd = 0
  for (let i = 0; i < count; i++) {
    const start = view.getUint32(i * 8, true)
    const end = view.getUint32(i * 8 + 4, true)
    steps.varint(start === previousEnd ? 0 : start - previousStart + 1)
    sizes.varint(end - start)
    previousStart = start
    previousEnd = end
  }
  const out = new ByteWriter(count * 3)
  out.varint(count)
  out.bytes(steps.view())
  out.bytes(sizes.view())
  out.bytes(section.subarray(count * 8))
  return out.finish()
}
