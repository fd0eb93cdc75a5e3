import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SectionsWriter } from '../build/sections-writer.js'
import { SectionKind, Sections } from './sections.js'

/** Feeds heading paths of documents to the writer, as the builder does. */
function opened(documents: readonly (readonly (readonly string[])[])[]) {
  const writer = new SectionsWriter()
  const lines: string[] = []
  let row = 0
  for (const [i, paths] of documents.entries()) {
    writer.openDocument()
    lines.push(`title ${i}`)
    writer.open(SectionKind.title, 0, row)
    for (const path of paths) {
      for (const { line, depth } of writer.follow(path, row)) {
        lines.push(line)
        writer.open(SectionKind.heading, depth, row)
      }
      row++
    }
    writer.closeDocument(row)
  }
  return { sections: new Sections(writer.finish(), lines.length, row), lines, rows: row }
}

function sectionsOf(documents: readonly (readonly (readonly string[])[])[]) {
  const { sections, lines } = opened(documents)
  return lines.map((line, i) => `${line} ${sections.start(i)}-${sections.end(i)}`)
}

/** Which rows each heading covers, found by looking at every paragraph. */
function covered(documents: readonly (readonly (readonly string[])[])[]): string[] {
  const found: string[] = []
  let base = 0
  for (const [i, paths] of documents.entries()) {
    found.push(`title ${i} ${base}-${base + paths.length}`)
    for (const [row, path] of paths.entries()) {
      for (const [depth, line] of path.entries()) {
        const same = (other: readonly string[] | undefined) =>
          other !== undefined && path.slice(0, depth + 1).every((own, k) => own === other[k])
        if (line === '' || same(paths[row - 1])) continue
        let end = row + 1
        while (same(paths[end])) end++
        found.push(`${line} ${base + row}-${base + end}`)
      }
    }
    base += paths.length
  }
  return found
}

describe('sections', () => {
  it('cover the paragraphs under the same title or heading', () => {
    expect(
      sectionsOf([
        [[], ['一'], ['一', '甲'], ['一', '甲'], ['一', '乙'], ['二', '乙']],
        [['一'], ['一']],
      ]),
    ).toEqual([
      'title 0 0-6',
      '一 1-5',
      '甲 2-4',
      '乙 4-5',
      '二 5-6',
      '乙 5-6',
      'title 1 6-8',
      '一 6-8',
    ])
  })

  it('are those that every paragraph names', () => {
    const path = fc.array(fc.constantFrom('一', '二', ''), { maxLength: 3 })
    const document = fc.array(path, { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(fc.array(document, { maxLength: 4 }), (documents) => {
        expect(sectionsOf(documents)).toEqual(covered(documents))
      }),
    )
  })

  it('around rows are those that cover any of them, in order', () => {
    const path = fc.array(fc.constantFrom('一', '二', ''), { maxLength: 3 })
    const documents = fc.array(fc.array(path, { minLength: 1, maxLength: 8 }), { maxLength: 4 })
    fc.assert(
      fc.property(documents, fc.array(fc.boolean()), (given, picked) => {
        const { sections, lines, rows } = opened(given)
        const some = Array.from({ length: rows }, (_, row) => row).filter((row) => picked[row])
        const covers = (section: number) => (row: number) =>
          sections.start(section) <= row && row < sections.end(section)
        const expected = [...lines.keys()].filter((section) => some.some(covers(section)))
        expect([...sections.around(Int32Array.from(some))]).toEqual(expected)
      }),
    )
  })

  it.each([
    ['of another length', [0, 1], 10],
    ['that begin before the one above', [3, 4, 2, 3], 10],
    ['that cover nothing', [3, 3], 10],
    ['beyond the last paragraph', [3, 11], 10],
  ])('%s are damage', (_, rows, paragraphs) => {
    const count = rows.length / 2
    const bytes = new Uint8Array(count * 9 - (paragraphs === 10 && rows[0] === 0 ? 1 : 0))
    bytes.set(new Uint8Array(Uint32Array.from(rows).buffer).subarray(0, bytes.length))
    expect(() => new Sections(bytes, count, paragraphs)).toThrow(
      expect.objectContaining({ code: 'CORRUPT' }),
    )
  })
})
