import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { basisOf, openLists } from '../../../../test/support/posting-lists.js'
import { EvidenceKind } from '../query/evidence.js'
import type { ContextTerm } from '../query/query-plan.js'
import { HEADING_FACTOR, TITLE_FACTOR } from '../ranking/weights.js'
import { SectionKind, Sections } from '../segment/sections.js'
import { scoreContext } from './context-scores.js'
import type { RowRanges } from './row-merge.js'

interface Node {
  start: number
  end: number
  kind: SectionKind
}

const WEIGHTS = [1000, 77]

/** Sections that nest: titles side by side, headings inside of them. */
const nodes = fc
  .array(fc.record({ size: fc.integer({ min: 1, max: 9 }), cuts: fc.array(fc.nat({ max: 8 })) }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((documents) => {
    const found: Node[] = []
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

function sectionsOf(found: readonly Node[], rows: number): Sections {
  const ranges = Uint32Array.from(found.flatMap(({ start, end }) => [start, end]))
  const bytes = new Uint8Array(found.length * 9)
  bytes.set(new Uint8Array(ranges.buffer))
  bytes.set(
    found.map(({ kind }) => kind),
    found.length * 8,
  )
  return new Sections(bytes, found.length, rows)
}

describe('scores of titles and headings', () => {
  it('are the sums over the sections around a row, however they nest', () => {
    const picks = fc.array(fc.nat({ max: 2 }), { minLength: 60, maxLength: 60 })
    fc.assert(
      fc.property(nodes, picks, (tree, picked) => {
        const { found, rows } = tree
        const lists = WEIGHTS.map((_, term) => {
          const own = found.flatMap((_node, i) => (picked[i] === term ? [i] : []))
          return new Map(own.map((section) => [section, 1 + (section % 3)]))
        })
        const used = WEIGHTS.flatMap((weight, term) =>
          lists[term]!.size === 0 ? [] : [{ weight, sections: lists[term]! }],
        )
        const opened = openLists(
          used.map(({ sections }) => sections),
          basisOf(found.length),
        )
        const terms = used.map(({ weight }, i): ContextTerm => {
          const evidence = { term: `t${i}`, kind: EvidenceKind.token, weight: 1 }
          return {
            list: opened[i]!,
            weight,
            evidence: { ...evidence, qualifies: true, isQuestion: false },
          }
        })
        const { scores, titled } = scoreContext(terms, sectionsOf(found, rows))
        const naive = Array.from({ length: rows }, (_, row) => {
          let sum = 0
          for (const { weight, sections } of used) {
            for (const section of sections.keys()) {
              const { start, end, kind } = found[section]!
              const factor = kind === SectionKind.title ? TITLE_FACTOR : HEADING_FACTOR
              if (start <= row && row < end) sum += Math.floor(weight * factor)
            }
          }
          return sum
        })
        const every = Array.from({ length: rows }, (_, row) => row)
        const filled = new Float64Array(rows)
        scores.add(Int32Array.from(every), filled, every.length)
        expect([...filled]).toEqual(naive)
        for (let from = 0; from < rows; from += 3) {
          const to = Math.min(rows, from + 5)
          expect(scores.maxIn(from, to)).toBe(Math.max(...naive.slice(from, to)))
        }
        const starts = used.flatMap(({ sections }) =>
          [...sections.keys()].map((i) => found[i]!.start),
        )
        expect([...scores.firstRows]).toEqual([...new Set(starts)].sort((a, b) => a - b))
        // Asked for some rows only, they are the same for those.
        const chosen = every.filter((row) => picked[row % 60] === 1)
        for (const some of [chosen, every.slice(3, 5), every.slice(0, 1)]) {
          const within = Int32Array.from(some)
          const near = scoreContext(terms, sectionsOf(found, rows), within)
          const sums = some.map((row) => near.scores.maxIn(row, row + 1))
          expect(sums).toEqual(some.map((row) => naive[row]))
          for (const { evidence } of terms) {
            const isTitled = (ranges: RowRanges | undefined, row: number) =>
              ranges?.starts.some((start, i) => start <= row && row < ranges.ends[i]!) ?? false
            const flags = some.map((row) => isTitled(near.titled.get(evidence.term), row))
            expect(flags).toEqual(some.map((row) => isTitled(titled.get(evidence.term), row)))
          }
        }
      }),
    )
  })
})
