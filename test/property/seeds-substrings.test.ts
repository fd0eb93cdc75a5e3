/** Nothing that Ctrl-F finds is missed: every short Han substring of every report, not a sample. */

import { describe, expect, it } from 'vitest'
import { placeOf } from '../support/notation.js'
import { fold, hanSubstrings, NUMERAL, openSeeds } from '../support/seeds.js'

const { index, paragraphs } = await openSeeds()
const texts = paragraphs.map(({ text }) => text)

describe.each([2, 3, 4, 5, 6, 7, 8])('every Han substring of %i characters', (length) => {
  const substrings = hanSubstrings(texts, length, length)

  it('finds the paragraphs that have it before all others', () => {
    expect(substrings.length).toBeGreaterThan(3000)
    const missed: string[] = []
    for (const substring of substrings) {
      const folded = fold(substring)
      const expected = paragraphs
        .filter(
          (paragraph) => paragraph.folded.includes(folded) || paragraph.title.includes(folded),
        )
        .map(({ place }) => place)
      // A number written another way is as good: 二〇二四年 finds 2024年 too.
      const limit = NUMERAL.test(folded) ? paragraphs.length : expected.length
      const hits = new Set(index.search(substring, { limit }).hits.map(placeOf))
      if (expected.some((place) => !hits.has(place))) missed.push(substring)
    }
    expect(missed).toEqual([])
  })
})
