/**
 * What every search result must be, whatever was asked and whatever the index holds: ranks count
 * up, scores are finite, marks lie inside their text, in order and apart, and the snippet is a
 * piece of the text.
 */

import type { Hit, SearchResult } from '@wenxun/core'

/** Throws a plain Error that says which promise does not hold. */
export function assertWellFormed(result: SearchResult, offset = 0): void {
  const { total, hits, suggestions, facets, groups } = result
  claim(Number.isSafeInteger(total) && total >= hits.length, `total ${total}`)
  for (const [i, hit] of hits.entries()) {
    const isCounted = groups !== undefined || hit.rank === offset + i + 1
    claim(isCounted && hit.rank > 0, `hit ${i} has rank ${hit.rank}`)
    assertHit(hit, `hit ${i}`)
  }
  claim(isTexts(suggestions), 'suggestions are texts')
  for (const [name, values] of Object.entries(facets)) {
    for (const { value, count } of values) {
      claim(typeof value === 'string' || typeof value === 'number', `facet ${name}`)
      claim(Number.isSafeInteger(count) && count > 0, `facet ${name} counts ${count}`)
    }
  }
}

function assertHit(hit: Hit, where: string): void {
  const { score, document, paragraph, heading, anchor, text } = hit
  claim(Number.isFinite(score), `${where} has score ${score}`)
  claim(typeof document.id === 'string', `${where} has an id`)
  claim(typeof document.title === 'string', `${where} has a title`)
  for (const value of [document.url, document.date, anchor]) {
    claim(value === null || typeof value === 'string', `${where} has an odd address or date`)
  }
  for (const [name, value] of Object.entries(document.meta)) {
    const isPlain = typeof value === 'string' || typeof value === 'number' || isTexts(value)
    claim(isPlain, `${where}: metadata ${name} is ${typeof value}`)
  }
  claim(Number.isSafeInteger(paragraph) && paragraph >= 0, `${where} is paragraph ${paragraph}`)
  claim(isTexts(heading), `${where} has headings`)
  claim(typeof text === 'string', `${where} has a text`)
  assertMarks(hit, where)
}

function assertMarks({ text, highlights, snippet, snippetStart }: Hit, where: string): void {
  let before = -1
  for (const [start, end] of highlights) {
    const isSpan = start > before && end > start && end <= text.length
    claim(isSpan, `${where}: mark ${start}-${end} in ${text.length} units behind ${before}`)
    before = end
  }
  const shown = snippet.map((part) => part.text).join('')
  claim(text.startsWith(shown, snippetStart), `${where}: the snippet is no piece of its text`)
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function claim(holds: boolean, what: string): void {
  if (!holds) throw new Error(`not well-formed: ${what}`)
}
