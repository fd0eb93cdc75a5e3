/**
 * Where body pieces start, told from what a reader knows of documents: their paragraphs and the
 * lengths of these. Both sides count in weights, which are about proportional to bytes.
 *
 * Small documents share a piece until it has its weight; a large one has pieces of its own, of as
 * many paragraphs each. An edit moves the starts of its document and of a few behind it, until a
 * piece starts where one did before.
 */

import { decodeLength } from '../ranking/length-code.js'

const DOCUMENT_WEIGHT = 24
const ROW_WEIGHT = 2
/** A document of so many times the weight of a piece has some of its own. */
const MOST_SHARED = 1.5

export interface BodyStarts {
  /** First paragraph of every piece. */
  readonly starts: Uint32Array
  /** About proportional to its bytes. */
  readonly weights: Uint32Array
}

/** `aimed`: weight of a piece. */
export function bodyStartsOf(
  documentStarts: Uint32Array,
  lengths: Uint8Array,
  aimed: number,
): BodyStarts {
  const starts: number[] = []
  const weights: number[] = []
  let isOpen = false
  for (let document = 0; document + 1 < documentStarts.length; document++) {
    const from = documentStarts[document]!
    const to = documentStarts[document + 1]!
    const weight = weightOf(lengths, from, to)
    const isLarge = weight > aimed * MOST_SHARED
    const parts = isLarge ? Math.min(to - from, Math.ceil(weight / aimed)) : 1
    if (!isLarge && isOpen && weights.at(-1)! + weight / 2 <= aimed) {
      weights.push(weights.pop()! + weight)
      continue
    }
    for (let part = 0; part < parts; part++) {
      const start = from + Math.floor(((to - from) * part) / parts)
      const end = from + Math.floor(((to - from) * (part + 1)) / parts)
      starts.push(start)
      weights.push(weightOf(lengths, start, end))
    }
    isOpen = !isLarge
  }
  return { starts: Uint32Array.from(starts), weights: Uint32Array.from(weights) }
}

/** Of a document, or of some of its paragraphs. */
export function weightOf(lengths: Uint8Array, from: number, to: number): number {
  let weight = DOCUMENT_WEIGHT
  for (let row = from; row < to; row++) weight += ROW_WEIGHT + decodeLength(lengths[row]!)
  return weight
}

/** Sizes of pieces in units of so many bytes; `rate`: bytes of 256 weights. */
export function expectedSizes(weights: Uint32Array, rate: number, unit: number): number[] {
  return Array.from(weights, (weight) => Math.round((weight * rate) / (256 * unit)))
}
