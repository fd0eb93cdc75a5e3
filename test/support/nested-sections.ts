/** Titles and headings over rows, drawn at random. */

import fc from 'fast-check'
import { SectionKind, Sections } from '../../packages/core/src/segment/sections.js'

/** A title or heading with the rows it covers. */
export interface SectionNode {
  start: number
  end: number
  kind: SectionKind
}

/** Sections that nest: titles side by side, headings inside of them; with the number of rows. */
export const nestedSections = fc
  .array(fc.record({ size: fc.integer({ min: 1, max: 9 }), cuts: fc.array(fc.nat({ max: 8 })) }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((documents) => {
    const found: SectionNode[] = []
    let row = 0
    for (const { size, cuts } of documents) {
      found.push({ start: row, end: row + size, kind: SectionKind.title })
      const inner = [...new Set(cuts)].filter((cut) => cut < size).sort((a, b) => a - b)
      for (const [i, cut] of inner.entries()) {
        const end = inner[i + 1] ?? size
        found.push({ start: row + cut, end: row + end, kind: SectionKind.heading })
        if (end - cut > 2) {
          found.push({ start: row + cut, end: row + cut + 2, kind: SectionKind.heading })
        }
      }
      row += size + 1
    }
    return { found, rows: row + 3 }
  })

/** The sections as an index opens them. */
export function sectionsOf(found: readonly SectionNode[], rows: number): Sections {
  const ranges = Uint32Array.from(found.flatMap(({ start, end }) => [start, end]))
  const bytes = new Uint8Array(found.length * 9)
  bytes.set(new Uint8Array(ranges.buffer))
  bytes.set(
    found.map(({ kind }) => kind),
    found.length * 8,
  )
  return new Sections(bytes, found.length, rows)
}
