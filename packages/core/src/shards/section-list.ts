/**
 * Titles and headings of a bundle with the paragraphs they cover. section-list-writer.ts writes it.
 *
 *   count varint · steps, count × varint · sizes, count × varint · kinds, count × byte
 *
 * A step of 0 says that a section starts where the one before ended, s + 1 that it starts s
 * paragraphs behind the start of the one before. Sizes are numbers of paragraphs.
 */

import { ByteReader } from '../bytes/byte-reader.js'

/** The section SECT of an index (segment/sections.ts) from a list. */
export function readSectionList(bytes: Uint8Array): Uint8Array {
  const reader = new ByteReader(bytes, 'the sections of the bundle')
  const count = reader.varint()
  const steps = Array.from({ length: Math.min(count, bytes.length) }, () => reader.varint())
  const sections = new Uint8Array(steps.length * 9)
  const view = new DataView(sections.buffer)
  let start = 0
  let end = 0
  for (const [i, step] of steps.entries()) {
    start = step === 0 ? end : start + step - 1
    end = start + reader.varint()
    view.setUint32(i * 8, start, true)
    view.setUint32(i * 8 + 4, end, true)
  }
  sections.set(reader.bytes(steps.length), steps.length * 8)
  return sections
}
