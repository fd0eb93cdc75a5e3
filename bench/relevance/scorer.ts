/**
 * Scores of ranked lists against judged documents, and the test whether two lists of scores
 * differ by more than chance. Gains are binary: a document is relevant or it is not.
 */
import { seededRandom } from '../random.js'

export interface Scores {
  /** Σ 1/log2(rank + 1) of relevant documents among ten, over the best possible sum. */
  readonly ndcg10: number
  /** 1 / rank of the first relevant document among ten, or 0. */
  readonly mrr10: number
  /** Part of the relevant documents among the first ten. */
  readonly recall10: number
  readonly recall100: number
}

const MEASURES = ['ndcg10', 'mrr10', 'recall10', 'recall100'] as const

/**
 * Scores one query. A document counts at its first place only.
 * A query without relevant documents has no score: throws.
 */
export function scoreRanking(ranking: readonly string[], relevant: ReadonlySet<string>): Scores {
  if (relevant.size === 0) throw new Error('A query without relevant documents has no score.')
  const ranks = relevantRanks(ranking, relevant)
  const first = ranks[0] ?? Number.POSITIVE_INFINITY
  const within = (depth: number) => ranks.filter((rank) => rank <= depth).length
  const best = Math.min(10, relevant.size)
  return {
    ndcg10: gainAt(ranks.filter((rank) => rank <= 10)) / gainAt(countingTo(best)),
    mrr10: first <= 10 ? 1 / first : 0,
    recall10: within(10) / relevant.size,
    recall100: within(100) / relevant.size,
  }
}

/** Mean of every measure. Throws for no scores at all. */
export function meanScores(scores: readonly Scores[]): Scores {
  if (scores.length === 0) throw new Error('There is nothing to average.')
  const mean = (name: keyof Scores) =>
    scores.reduce((sum, score) => sum + score[name], 0) / scores.length
  const [ndcg10, mrr10, recall10, recall100] = MEASURES.map(mean)
  return { ndcg10: ndcg10!, mrr10: mrr10!, recall10: recall10!, recall100: recall100! }
}

export interface RandomisationOptions {
  readonly rounds?: number
  readonly seed?: number
}

/**
 * Two-sided paired randomisation test: how often a mean difference at least as large as the one
 * seen appears when the sign of every pair's difference is a coin toss. Never 0: the observed
 * arrangement counts as one round.
 */
export function randomisationTest(
  left: readonly number[],
  right: readonly number[],
  { rounds = 10_000, seed = 1 }: RandomisationOptions = {},
): number {
  if (left.length !== right.length) {
    throw new Error(`Pairs need two lists of one length, found ${left.length} and ${right.length}.`)
  }
  // Equal pairs stay equal whatever the toss.
  const differences = left.map((value, i) => value - right[i]!).filter((value) => value !== 0)
  const observed = Math.abs(differences.reduce((sum, value) => sum + value, 0))
  const random = seededRandom(seed)
  let asLarge = 1
  for (let round = 0; round < rounds; round++) {
    let sum = 0
    for (const difference of differences) sum += random() < 0.5 ? difference : -difference
    // Sums of the same numbers in another order differ in the last bits.
    if (Math.abs(sum) >= observed - 1e-9) asLarge++
  }
  return asLarge / (rounds + 1)
}

function relevantRanks(ranking: readonly string[], relevant: ReadonlySet<string>): number[] {
  const seen = new Set<string>()
  const ranks: number[] = []
  for (const [i, id] of ranking.entries()) {
    if (relevant.has(id) && !seen.has(id)) ranks.push(i + 1)
    seen.add(id)
  }
  return ranks
}

function gainAt(ranks: readonly number[]): number {
  return ranks.reduce((sum, rank) => sum + 1 / Math.log2(rank + 1), 0)
}

function countingTo(last: number): number[] {
  return Array.from({ length: last }, (_, i) => i + 1)
}
