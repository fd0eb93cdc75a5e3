import { describe, expect, it } from 'vitest'
import { meanScores, randomisationTest, scoreRanking } from '../../bench/relevance/scorer.js'

const relevant = (...ids: string[]) => new Set(ids)
/** `count` documents that nobody asked for. */
const others = (count: number) => Array.from({ length: count }, (_, i) => `other-${i}`)

describe('scores of a ranking', () => {
  it('are all 1 for the only relevant document in first place', () => {
    expect(scoreRanking(['a', 'b'], relevant('a'))).toEqual({
      ndcg10: 1,
      mrr10: 1,
      recall10: 1,
      recall100: 1,
    })
  })

  it('discount third place by log2(4) = 2', () => {
    const scores = scoreRanking(['x', 'y', 'a'], relevant('a'))
    expect(scores.ndcg10).toBeCloseTo(0.5, 12)
    expect(scores.mrr10).toBeCloseTo(1 / 3, 12)
  })

  it('divide by the best order of two relevant documents', () => {
    // (1/log2 2 + 1/log2 5) / (1/log2 2 + 1/log2 3) = (1 + 0.430677) / (1 + 0.630930)
    const { ndcg10, mrr10 } = scoreRanking(['a', 'x', 'y', 'b'], relevant('a', 'b'))
    expect(ndcg10).toBeCloseTo(0.877215, 6)
    expect(mrr10).toBe(1)
  })

  it('divide by ten places when more than ten documents are relevant', () => {
    const ids = Array.from({ length: 12 }, (_, i) => `r${i}`)
    const scores = scoreRanking(ids, relevant(...ids))
    expect(scores.ndcg10).toBeCloseTo(1, 12)
    expect(scores.recall10).toBeCloseTo(10 / 12, 12)
    expect(scores.recall100).toBe(1)
  })

  it('count rank 10 and not rank 11 for the measures at ten', () => {
    const tenth = scoreRanking([...others(9), 'a'], relevant('a'))
    expect(tenth.ndcg10).toBeCloseTo(1 / Math.log2(11), 12)
    expect(tenth).toMatchObject({ mrr10: 0.1, recall10: 1 })
    const eleventh = scoreRanking([...others(10), 'a'], relevant('a'))
    expect(eleventh).toEqual({ ndcg10: 0, mrr10: 0, recall10: 0, recall100: 1 })
  })

  it('do not count rank 101 for recall at a hundred', () => {
    expect(scoreRanking([...others(100), 'a'], relevant('a')).recall100).toBe(0)
  })

  it('count a document that is listed twice once, at its first place', () => {
    const scores = scoreRanking(['x', 'a', 'a'], relevant('a', 'b'))
    expect(scores).toMatchObject({ mrr10: 0.5, recall10: 0.5, recall100: 0.5 })
    expect(scores.ndcg10).toBeCloseTo(1 / Math.log2(3) / (1 + 1 / Math.log2(3)), 12)
  })

  it('are 0 for an empty list and undefined without relevant documents', () => {
    expect(scoreRanking([], relevant('a')).ndcg10).toBe(0)
    expect(() => scoreRanking(['a'], relevant())).toThrow('without relevant documents')
  })

  it('are averaged over queries', () => {
    const mean = meanScores([
      { ndcg10: 1, mrr10: 1, recall10: 1, recall100: 1 },
      { ndcg10: 0.5, mrr10: 0.25, recall10: 0, recall100: 1 },
    ])
    expect(mean).toEqual({ ndcg10: 0.75, mrr10: 0.625, recall10: 0.5, recall100: 1 })
  })
})

describe('the paired randomisation test', () => {
  it('gives 1 when no pair differs', () => {
    expect(randomisationTest([0.2, 0.4], [0.2, 0.4])).toBe(1)
  })

  it('gives about 2 / 2^n when all n pairs differ in one direction by the same amount', () => {
    // Only "all heads" and "all tails" reach the observed sum: 2 of 2^5 tosses = 0.0625.
    const p = randomisationTest([1, 1, 1, 1, 1], [0, 0, 0, 0, 0])
    expect(p).toBeGreaterThan(0.055)
    expect(p).toBeLessThan(0.07)
  })

  it('does not depend on which list comes first, and repeats under one seed', () => {
    const left = [0.9, 0.3, 0.5, 0.7, 0.2, 0.8]
    const right = [0.4, 0.35, 0.1, 0.9, 0.1, 0.3]
    const p = randomisationTest(left, right, { seed: 7 })
    expect(randomisationTest(right, left, { seed: 7 })).toBe(p)
    expect(p).toBeGreaterThan(0.05)
  })

  it('refuses lists of different lengths', () => {
    expect(() => randomisationTest([1], [1, 0])).toThrow('1 and 2')
  })
})
