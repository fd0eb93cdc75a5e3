/**
 * The weight of a paragraph acts through its length: one of weight w counts as if it were w² times
 * shorter. Multiplying occurrences by w², as Pagefind does, is dividing BM25's length norm by w²;
 * this divides the part of the norm that comes from the length. So a weight needs no bytes of its
 * own, whatever ranks by length ranks by it, and a text's share in a score stays within what BM25
 * gives: a large weight ends at that of the shortest paragraph.
 *
 * Example: 100 characters of weight 2 count as 25, of weight 0.5 as 400.
 */

export const USUAL_WEIGHT = 1
export const MOST_WEIGHT = 10
/**
 * Smaller weights count as this one: with larger lengths still, a few such paragraphs would decide
 * what an average length is.
 */
export const LEAST_WEIGHT = 0.25

/** The length that a paragraph of this length and weight counts as. */
export function weightedLength(length: number, weight: number): number {
  const counted = Math.max(LEAST_WEIGHT, weight)
  return Math.round(length / (counted * counted))
}
