/** The corpus and the engines that benches choose by name. */
import { expect, it } from 'vitest'
import { loadCorpus } from '../../bench/corpus.js'
import { chooseRivals } from '../../bench/engines/rivals.js'
import { querySets } from '../../bench/queries.js'

const nowhere = 'no-such-folder'

it('makes the same 10,000 paragraphs from the seeds every time, and queries of every kind', async () => {
  const [first, second] = [await loadCorpus('made', nowhere), await loadCorpus('made', nowhere)]
  expect(first!.texts.length).toBe(10_000)
  // As one string: comparing ten thousand takes seconds.
  expect(second!.texts.join('\n') === first!.texts.join('\n')).toBe(true)
  const sets = querySets(first!, nowhere)
  for (const queries of Object.values(sets)) expect(queries.length).toBeGreaterThan(10)
  for (const { text, bare } of sets.prefix) expect(text).toBe(`${bare}*`)
})

it('takes rivals by parts of their names, and refuses names of none', () => {
  const names = (option: string) => chooseRivals(option).map(({ name }) => name)
  expect(names('orama,SQLite')).toEqual(['Orama', 'SQLite FTS5'])
  expect(names('flexsearch')).toEqual(['FlexSearch', 'FlexSearch + our tokens'])
  expect(names('none')).toEqual([])
  expect(() => names('lunr')).toThrow(/FlexSearch.*"lunr"/)
})
