/** What posting lists alone say about a phrase is true of the texts. */

import { describe, expect, it } from 'vitest'
import { candidateRows, knownRows } from '../../packages/core/src/search/phrase-rows.js'
import { drawCorpus, drawText, SHAPES } from '../support/corpora.js'
import { NaiveIndex } from '../support/naive-index.js'
import { build, LITERAL_ONLY } from '../support/notation.js'
import { Random } from '../support/random.js'

const CORPORA = 5
const PHRASES = 120

describe.each(SHAPES)('rows of a phrase, on random corpora ($name)', (shape) => {
  it('are all among its candidates, and those said to contain it do', () => {
    let known = 0
    for (let seed = 1; seed <= CORPORA; seed++) {
      const random = new Random(seed)
      const documents = drawCorpus(random, shape)
      const naive = new NaiveIndex(documents, build(documents, LITERAL_ONLY))
      for (let i = 0; i < PHRASES; i++) {
        const query = drawText(random, { ...shape, joints: [''] }, random.int(1, 7))
        const where = `seed ${seed}, ${JSON.stringify(query)}`
        for (const part of naive.plan(query).parts) {
          for (const planned of part.phrases) {
            const single = { ...part, phrases: [planned] }
            const containing = naive.rows.flatMap(({ text }, row) =>
              naive.contains(text, single) ? [row] : [],
            )
            const candidates = candidateRows(planned.required, null)
            const claims = knownRows(planned, candidates)
            const claimed = [...candidates].filter((_, k) => claims[k] === 1)
            expect([...candidates], where).toEqual(expect.arrayContaining(containing))
            expect(containing, where).toEqual(expect.arrayContaining(claimed))
            known += claimed.length
          }
        }
      }
    }
    expect(known).toBeGreaterThan(100)
  })
})
