/** What is marked in the reports is what was asked for, exactly where it stands. */

import type { Hit } from '@wenxun/core'
import { describe, expect, it } from 'vitest'
import { analyzer, marked, placeOf } from '../support/notation.js'
import { Random } from '../support/random.js'
import { fold, hanSubstrings, NUMERAL, openSeeds, unfolds } from '../support/seeds.js'

const { index, paragraphs } = await openSeeds()
const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' })
const boundaries = new Map<string, Set<number>>()

function boundariesOf(text: string): Set<number> {
  let known = boundaries.get(text)
  if (known === undefined) {
    known = new Set([...graphemes.segment(text)].map(({ index: at }) => at)).add(text.length)
    boundaries.set(text, known)
  }
  return known
}

/** The units of `text` that stand in an occurrence of a piece of the query of two or more. */
function covered(text: string, query: string): Uint8Array {
  const covers = new Uint8Array(text.length)
  const least = Math.min(2, query.length)
  for (let from = 0; from + least <= query.length; from++) {
    const piece = query.slice(from, from + least)
    for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + 1)) {
      covers.fill(1, at, at + least)
    }
  }
  return covers
}

function expectSound(hit: Hit, query: string): void {
  const { text, highlights, snippet, snippetStart } = hit
  const where = `${query} in ${placeOf(hit)}: ${marked(hit)}`
  let before = -1
  for (const [start, end] of highlights) {
    if (start <= before || end <= start || end > text.length) expect.fail(`order: ${where}`)
    const edges = boundariesOf(text)
    if (!edges.has(start) || !edges.has(end)) expect.fail(`splits a character: ${where}`)
    const slice = fold(text.slice(start, end))
    if (covered(slice, fold(query)).includes(0)) expect.fail(`marks "${slice}": ${where}`)
    before = end
  }
  const shown = snippet.map((part) => part.text).join('')
  if (text.slice(snippetStart, snippetStart + shown.length) !== shown) {
    expect.fail(`the snippet is no slice: ${where}`)
  }
}

const random = new Random(3)
const every = hanSubstrings(
  paragraphs.map(({ text }) => text),
  1,
  8,
)
const sample = every.filter((text) => !NUMERAL.test(fold(text)) && random.chance(0.05))

describe('marks in the reports', () => {
  it('are sorted, apart, whole characters, and terms of the query', () => {
    for (const query of sample) {
      const { hits } = index.search(query, { limit: 4, synonyms: false })
      for (const hit of hits) expectSound(hit, query)
    }
  })

  it('cover every occurrence of the query', () => {
    for (const query of sample) {
      const folded = fold(query)
      for (const { text, highlights } of index.search(`"${query}"`, { limit: 4 }).hits) {
        const slices = highlights.map(([start, end]) => fold(text.slice(start, end)))
        // Occurrences may overlap or touch; then they are marked as one.
        const occurrences = fold(text).split(folded).length - 1
        const markedOnes = slices.reduce((sum, slice) => sum + slice.split(folded).length - 1, 0)
        expect(markedOnes, query).toBe(occurrences)
      }
    }
  })
})

describe('the same query in Simplified and Traditional', () => {
  const traditional = unfolds()
  const pairs = sample
    .map((query) => fold(query))
    .map((query) => ({
      query,
      other: [...query].map((char) => traditional.get(char) ?? char).join(''),
    }))
    .filter(({ query, other }) => query !== other)
  // 范 is 范 or 範: what was typed comes first between equals, so the order may differ.
  const isAmbiguous = ({ query }: { query: string }) =>
    [...query].some((char) => analyzer.folds.ambiguous?.includes(char))

  it('finds the same paragraphs in the same order with the same scores and marks', () => {
    const clear = pairs.filter((pair) => !isAmbiguous(pair))
    expect(clear.length).toBeGreaterThan(300)
    for (const { query, other } of clear) {
      expect(fold(other)).toBe(query)
      const found = index.search(other, { limit: 5 })
      expect({ ...found, query }, other).toEqual({ ...index.search(query, { limit: 5 }) })
    }
  })

  it('finds the same paragraphs with the same scores, be its characters ambiguous or not', () => {
    const scoresOf = (query: string) => {
      const { hits } = index.search(query, { limit: paragraphs.length })
      return Object.fromEntries(hits.map((hit) => [placeOf(hit), hit.score]))
    }
    const ambiguous = pairs.filter(isAmbiguous)
    expect(ambiguous.length).toBeGreaterThan(50)
    for (const { query, other } of ambiguous) {
      expect(scoresOf(other), other).toEqual(scoresOf(query))
    }
  })
})
