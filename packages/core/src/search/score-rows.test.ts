import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nestedSections, sectionsOf } from '../../../../test/support/nested-sections.js'
import { basisOf, openLists } from '../../../../test/support/posting-lists.js'
import { EvidenceKind } from '../query/evidence.js'
import { unread } from './candidates.js'
import { scoreContext } from './context-scores.js'
import { scoreRows as plainly } from './plain-score-rows.js'
import { rowsOnAll } from './rows-on-all.js'
import { scoreRows } from './score-rows.js'
import { Work } from './work.js'

const TERMS = 3
/** Per term and place whether, or how often, something there has it. */
const picks = (most: number) =>
  fc.array(fc.array(fc.nat({ max: most }), { minLength: 80, maxLength: 80 }), {
    minLength: TERMS,
    maxLength: TERMS,
  })

describe('list scores of rows', () => {
  it('are those of the plain twin, however titles and headings stand around them', () => {
    const qualify = fc.array(fc.boolean(), { minLength: TERMS, maxLength: TERMS })
    fc.assert(
      fc.property(
        nestedSections,
        picks(1),
        picks(20),
        qualify,
        (tree, above, inTexts, qualifies) => {
          const { found, rows } = tree
          const evidence = qualifies.map((qualifying, i) => ({
            term: `t${i}`,
            kind: EvidenceKind.token,
            weight: 1,
            qualifies: qualifying,
            isQuestion: false,
          }))
          const weightOf = (term: number) => 1000.5 * (term + 1)
          const terms = evidence.flatMap((item, term) => {
            const has = Array.from({ length: rows }, (_, row) => [row, inTexts[term]![row % 80]!])
            const content = new Map(has.filter(([, tf]) => tf! > 2) as [number, number][])
            if (content.size === 0) return []
            const [list] = openLists([content], basisOf(rows))
            return [{ evidence: item, list: list!, weight: weightOf(term), ceiling: 0 }]
          })
          const contextTerms = evidence.flatMap((item, term) => {
            const having = found.flatMap((_, i) => (above[term]![i % 80] === 1 ? [i] : []))
            if (having.length === 0) return []
            const content = new Map(having.map((section) => [section, 1]))
            const [list] = openLists([content], basisOf(found.length))
            return [{ evidence: item, list: list!, weight: weightOf(term) }]
          })
          const work = new Work(Number.POSITIVE_INFINITY)
          const basis = basisOf(rows)
          const sections = sectionsOf(found, rows)
          const context = () => scoreContext(contextTerms, sections)
          const scoring = {
            terms,
            contextTerms,
            sections,
            context,
            looksFurther: true,
            basis,
            work,
          }
          const some = Int32Array.from({ length: rows }, (_, row) => row).filter(
            (row) => row % 3 > 0,
          )
          const candidates = [
            unread(some),
            rowsOnAll(
              terms.map(({ list }) => list),
              work,
            ),
          ]
          for (const of of candidates) {
            const scores = [...scoreRows(of, scoring).subarray(0, of.rows.length)]
            expect(scores).toEqual([...plainly(of, scoring)])
          }
        },
      ),
    )
  })
})
