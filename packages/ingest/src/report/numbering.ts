/**
 * Numbered lines of official documents. GB/T 9704 numbers its levels 一、 (一) 1. (1);
 * 第一章 above them and 一是 below them are common. A smaller level is an outer one.
 */

export interface Numbering {
  readonly level: number
  /** Length of the number with its mark, e.g. 3 for `(一)`. */
  readonly length: number
}

const han = '[一二三四五六七八九十百]'

// On folded text. `1.` must not be the start of `1.5`.
const levels: readonly RegExp[] = [
  new RegExp(`^第${han}{1,4}(?:章|部分|篇|编)(?=[\\s、:]|.{0,30}$)`),
  new RegExp(`^${han}{1,4}[、.]`),
  new RegExp(`^\\(${han}{1,4}\\)[、.]?`),
  /^\d{1,2}(?:、|\.(?!\d))/,
  /^\(\d{1,2}\)[、.]?|^\d{1,2}\)/,
  /^[\u2460-\u2473]/,
  /^(?:[一二三四五六七八九十]{1,2}是|其[一二三四五六七八九十])(?![否])/,
]

/** The outermost level that 一、 has; unnumbered headings such as 名词解释 stand on it too. */
export const topLevel = 1

/** Level of 一是, which numbers sentences as often as paragraphs. */
export const sentenceLevel = 6

/** The number that a folded line starts with, or null. */
export function numberingOf(folded: string): Numbering | null {
  for (const [level, pattern] of levels.entries()) {
    const match = pattern.exec(folded)
    if (match) return { level, length: match[0].length }
  }
  return null
}

const longestHeading = 60
const longestLead = 50
const sentenceEnd = /[。;!?]/
const closingMark = /[。:]$/
const leadEnd = /[。;:!?]|一是/

/** True for a numbered line that is a heading and nothing else. */
export function isHeadingAlone(folded: string): boolean {
  return folded.length <= longestHeading && !sentenceEnd.test(folded.replace(closingMark, ''))
}

/** The heading as shown in a path: without the mark that closes it. */
export function headingLabel(text: string): string {
  return text.replace(/[。：:]$/, '').trim()
}

/**
 * The lead sentence of a numbered paragraph, `(一)强化……` of `(一)强化……。全年……`,
 * or null when the paragraph does not open with a short one. `一是` inside ends a lead too:
 * authors often leave out the full stop before it.
 */
export function leadOf(text: string, folded: string, number: Numbering): string | null {
  const end = folded.slice(number.length, longestLead + number.length).search(leadEnd)
  return end > 1 ? text.slice(0, number.length + end).trim() : null
}
