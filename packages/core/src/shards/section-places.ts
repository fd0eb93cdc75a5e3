/**
 * Titles and headings of a bundle, as numbers that say what they cover, so that a search needs no
 * table of them.
 *
 *   number = first paragraph · slots + slot
 *
 * Slot 0 is the title of the document that begins there; it covers all of the document. The others
 * are headings that begin there, outermost first. How many paragraphs a heading covers stands in
 * the place of the frequency, which is not asked for in titles and headings, up to 254; longer ones
 * have 255 there, and are told in the core: per heading the difference to the number before, varint ·
 * paragraphs, varint.
 *
 * Numbers ascend as the sections of an index do: by first paragraph, the title before headings.
 */

import { ByteReader } from '../bytes/byte-reader.js'
import { corrupt } from '../errors.js'

/** The frequency of a heading that covers more paragraphs than frequencies count. */
export const LONG_HEADING = 255
export const TITLE_SLOT = 0

/** Numbers of long headings with the paragraphs they cover. */
export function readLongHeadings(bytes: Uint8Array): Map<number, number> {
  const reader = new ByteReader(bytes, 'the long headings of the bundle')
  const rows = new Map<number, number>()
  let section = 0
  while (reader.remaining > 0) {
    section += reader.varint()
    const covered = reader.varint()
    if (covered < LONG_HEADING) throw corrupt(`a long heading covers ${covered} paragraphs`)
    rows.set(section, covered)
  }
  return rows
}
