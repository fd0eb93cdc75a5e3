/** The weight that a page or a record gives to its text: 0 to 10, 1 being usual. */
import type { SourceParagraph } from '@wenxun/core'

/** The weight as it counts, from a number or its text; undefined for what is no number. */
export function weightIn(value: unknown): number | undefined {
  const isGiven = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')
  const weight = isGiven ? Number(value) : Number.NaN
  return Number.isFinite(weight) ? Math.min(10, Math.max(0, weight)) : undefined
}

/** The paragraphs with this weight, but for those that have one of their own. */
export function weighted(
  paragraphs: readonly SourceParagraph[],
  weight: number | undefined,
): SourceParagraph[] {
  return paragraphs.map((paragraph) =>
    weight === undefined ? paragraph : { weight, ...paragraph },
  )
}
