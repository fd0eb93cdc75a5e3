import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nestedSections, sectionsOf } from '../../../../test/support/nested-sections.js'
import { basisOf, openLists } from '../../../../test/support/posting-lists.js'
import { EvidenceKind } from '../query/evidence.js'
import type { ContextTerm } from '../query/query-plan.js'
import { HEADING_FACTOR, TITLE_FACTOR } from '../ranking/weights.js'
import { SectionKind } from '../segment/sections.js'
import { scoreContext } from './context-scores.js'

const WEIGHTS = [1000, 77]

describe('scores of titles and headings', () => {
  it('are the sums over the sections around a row, however they nest', () => {
    const picks = fc.array(fc.nat({ max: 2 }), { minLength: 60, maxLength: 60 })
    fc.assert(
      fc.property(nestedSections, picks, (tree, picked) => {
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
        const starts = used.flatMap(({ sections }) =>
          [...sections.keys()].map((i) => found[i]!.start),
        )
        expect([...scores.firstRows]).toEqual([...new Set(starts)].sort((a, b) => a - b))
        for (const [i, { sections }] of used.entries()) {
          const flags = every.map((row) => {
            const { starts: from = [], ends: to = [] } = titled.get(`t${i}`) ?? {}
            return [...from].some((start, at) => start <= row && row < to[at]!)
          })
          const underTitle = every.map((row) =>
            [...sections.keys()].some((section) => {
              const { start, end, kind } = found[section]!
              return kind === SectionKind.title && start <= row && row < end
            }),
          )
          expect(flags).toEqual(underTitle)
        }
      }),
    )
  })
})
