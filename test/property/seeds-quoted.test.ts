/** In quotes, every Han substring of every report finds the paragraphs that have it and no other. */

import { describe, expect, it } from 'vitest'
import { placeOf } from '../support/notation.js'
import { fold, hanSubstrings, NUMERAL, openSeeds } from '../support/seeds.js'

const { index, paragraphs } = await openSeeds()
const texts = paragraphs.map(({ text }) => text)

describe.each([1, 2, 3, 4, 5, 6, 7, 8])('every quoted substring of %i characters', (length) => {
  it('finds the paragraphs that contain it, all of them and no other', () => {
    const wrong: string[] = []
    for (const substring of hanSubstrings(texts, length, length)) {
      const folded = fold(substring)
      const expected = paragraphs.filter((paragraph) => paragraph.folded.includes(folded))
      const result = index.search(`"${substring}"`, { limit: paragraphs.length })
      const hits = new Set(result.hits.map(placeOf))
      const hasAll = expected.every(({ place }) => hits.has(place))
      const isExact = hits.size === expected.length && result.total === hits.size
      if (!hasAll || !(isExact || NUMERAL.test(folded))) wrong.push(substring)
    }
    expect(wrong).toEqual([])
  })
})
