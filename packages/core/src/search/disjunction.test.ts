import { describe, expect, it } from 'vitest'
import { basisOf, drawList, openLists } from '../../../../test/support/posting-lists.js'
import { Random } from '../../../../test/support/random.js'
import { EvidenceKind } from '../query/evidence.js'
import type { ScoredTerm } from '../query/query-plan.js'
import { MAX_TF } from '../ranking/bm25.js'
import { TITLE_DAMPING } from '../ranking/weights.js'
import { ContextScores } from './context-scores.js'
import { collectDisjunction, type Disjunction, WindowBuffers } from './disjunction.js'
import type { RowRanges } from './row-merge.js'
import { TopHits } from './top-hits.js'
import { Work } from './work.js'

const ROWS = 3000
const basis = basisOf(ROWS)

/** Disjoint ranges of rows, ascending; some touch. */
function drawRanges(random: Random): RowRanges {
  const turns = new Set(random.times(random.pick([2, 8, 60]), () => random.int(0, ROWS + 1)))
  const sorted = [...turns].sort((a, b) => a - b)
  const starts = sorted.slice(0, -1).filter(() => random.chance(0.7))
  const ends = starts.map((start) => sorted[sorted.indexOf(start) + 1]!)
  return { starts: Int32Array.from(starts), ends: Int32Array.from(ends) }
}

function drawQuery(random: Random): Disjunction {
  const contents = random.times(random.int(1, 9), () => drawList(random, ROWS))
  const lists = openLists(contents, basis, random.pick([64, 32_768]))
  const terms = lists.map((list, i): ScoredTerm => {
    const weight = random.int(0, 5) === 0 ? 0.5 : 65_536 * random.int(1, 7)
    const evidence = { term: `t${i}`, kind: EvidenceKind.token, weight: 1, isQuestion: false }
    const ceiling = Math.floor(weight * list.bound)
    return { list, weight, ceiling, evidence: { ...evidence, qualifies: true } }
  })
  const { starts, ends } = drawRanges(random)
  const steps = [...new Set([...starts, ...ends])].sort((a, b) => a - b)
  const under = random.chance(0.3) ? 0 : 65_536 * random.int(1, 12)
  const sums = steps.map((row) => (starts.includes(row) ? random.int(1, 4) * under : 0))
  const [from, to] = random.chance(0.7) ? [0, ROWS] : [random.int(0, 900), random.int(901, ROWS)]
  const barred = random.pick([0, 0, 2, 7])
  return {
    buffers: new WindowBuffers(ROWS, random.pick([50, 512, ROWS * 2])),
    terms: terms.sort((a, b) => b.ceiling - a.ceiling),
    context: new ContextScores(Int32Array.from(steps), Float64Array.from(sums), starts),
    titled: new Map(
      terms
        .filter(() => random.chance(0.4))
        .map(({ evidence }) => [evidence.term, drawRanges(random)]),
    ),
    basis,
    from,
    to,
    work: new Work(Number.POSITIVE_INFINITY),
    accepts: barred === 0 ? null : (row) => row % barred !== 0,
    excludes: new Set(random.times(random.pick([0, 20]), () => random.int(0, ROWS))),
    countAll: random.chance(0.3),
  }
}

/** The score of every row that matches. */
function naiveScores({ terms, context, titled, from, to, accepts }: Disjunction) {
  const scores = new Map<number, number>()
  for (const row of context.firstRows) scores.set(row, 0)
  for (const { list, weight, evidence } of terms) {
    const ranges = titled.get(evidence.term)
    const isIn = (row: number) =>
      ranges?.starts.some((start, i) => start <= row && row < ranges.ends[i]!) ?? false
    for (let block = 0; block < list.blocks; block++) {
      const count = list.load(block)
      for (let i = list.base; i < list.base + count; i++) {
        const row = list.rows[i]!
        const factor = basis.table[(Math.min(MAX_TF, list.tfs[i]!) << 8) | basis.lengths[row]!]!
        const value = Math.floor(weight * factor * (isIn(row) ? TITLE_DAMPING : 1))
        scores.set(row, (scores.get(row) ?? 0) + value)
      }
    }
  }
  const added = new Float64Array(1)
  const found = [...scores].filter(([row]) => row >= from && row < to && accepts?.(row) !== false)
  return found.map(([row, score]) => {
    context.add(Int32Array.of(row), added.fill(0), 1)
    return { row, score: score + added[0]! }
  })
}

describe('the best rows of a disjunction', () => {
  it('are those of all that match, whatever is skipped and however wide the windows are', () => {
    let skipped = 0
    for (let seed = 1; seed <= 400; seed++) {
      const random = new Random(seed)
      const query = drawQuery(random)
      const all = naiveScores(query)
      const wanted = random.pick([1, 3, 16, 200])
      const best = all
        .filter(({ row }) => !query.excludes.has(row))
        .sort((a, b) => b.score - a.score || a.row - b.row)
      // Twice, since a search finds the memory as the one before it left it.
      for (let i = 0; i < 2; i++) {
        const top = new TopHits(wanted)
        const matched = collectDisjunction(query, top)
        expect(top.drain(), `seed ${seed}`).toEqual(best.slice(0, wanted))
        if (query.countAll) expect(matched, `seed ${seed}`).toBe(all.length)
        else expect(matched, `seed ${seed}`).toBeLessThanOrEqual(all.length)
        if (matched < all.length) skipped++
      }
    }
    expect(skipped).toBeGreaterThan(50)
  })

  it('stay right when the numbers of windows begin anew', () => {
    const query = drawQuery(new Random(5))
    const first = new TopHits(16)
    collectDisjunction(query, first)
    const { buffers } = query
    const early = buffers.next()
    while (buffers.next() > early) {}
    expect(buffers.sums.every((sum) => sum === 0)).toBe(true)
    const last = new TopHits(16)
    collectDisjunction(query, last)
    expect(last.drain()).toEqual(first.drain())
  })
})
