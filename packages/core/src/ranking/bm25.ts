/**
 * BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) as a table.
 *
 *   score = weight · idf · tf · (k1 + 1) / (tf + k1 · (1 − b + b · length / average))
 *   idf   = ln(1 + (N − n + 0.5) / (n + 0.5))
 *
 * Scores are integers (SCALE to one): sums do not depend on the order of addition, so that pruned,
 * exhaustive and sharded evaluation agree to the last bit. tf counts up to MAX_TF.
 */

import { decodeLength } from './length-code.js'

export interface Bm25Parameters {
  readonly k1: number
  readonly b: number
}

export const DEFAULT_BM25: Bm25Parameters = { k1: 0.5, b: 0.6 }

/** Integer score units in a score of 1. */
export const SCALE = 1 << 16
/** Larger term frequencies score like this one. */
export const MAX_TF = 15
/** Rows of the table: `tf << 8 | lengthCode`. */
export const TABLE_SIZE = (MAX_TF + 1) << 8

/** Rounded, so that engines whose `Math.log` differs in the last bit agree. */
const IDF_STEPS = 1 << 20

/** `rows` paragraphs, of which `frequency` hold the term. */
export function idf(rows: number, frequency: number): number {
  const value = Math.log(1 + (rows - frequency + 0.5) / (frequency + 0.5))
  return Math.round(value * IDF_STEPS) / IDF_STEPS
}

/** Binary digits of a number of rows that `coarseRows` keeps. */
const ROW_DIGITS = 3

/**
 * A number of rows not below this one, as one of four between a number and its double. For an index
 * that is fetched with these numbers: the idf of a character hardly differs.
 */
export function coarseRows(rows: number): number {
  const step = 2 ** Math.max(0, 32 - Math.clz32(rows) - ROW_DIGITS)
  return Math.ceil(rows / step) * step
}

/** The tf factor for every (tf, length code); between 0 and k1 + 1, growing with tf. */
export function tfTable(parameters: Bm25Parameters, averageLength: number): Float64Array {
  const { k1, b } = parameters
  const table = new Float64Array(TABLE_SIZE)
  const average = averageLength > 0 ? averageLength : 1
  for (let code = 0; code < 256; code++) {
    const norm = k1 * (1 - b + (b * decodeLength(code)) / average)
    for (let tf = 1; tf <= MAX_TF; tf++) table[(tf << 8) | code] = (tf * (k1 + 1)) / (tf + norm)
  }
  return table
}

/** Steps of a stored block bound: a byte that stands for 0 … k1 + 1. */
const BOUND_STEPS = 255

/** The smallest byte whose bound is not below `factor`. */
export function encodeBound(factor: number, k1: number): number {
  return Math.min(BOUND_STEPS, Math.ceil((factor * BOUND_STEPS) / (k1 + 1) + 1e-9))
}

/** The tf factor that no posting of the block exceeds. */
export function decodeBound(code: number, k1: number): number {
  // Not by division, which may round the largest factor down.
  return code === BOUND_STEPS ? k1 + 1 : (code * (k1 + 1)) / BOUND_STEPS
}
