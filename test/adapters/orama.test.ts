import { create, insertMultiple, search, type Tokenizer } from '@orama/orama'
import { createAnalyzer } from '@wenxun/tokenizer'
import { oramaTokenizer } from '@wenxun/tokenizer/adapters'
import { expect, it } from 'vitest'
import { describeAdapter, type Search } from './adapter.cases.js'
import { holding, lines } from './seed-lines.js'

const schema = { line: 'number', text: 'string' } as const
const analyzer = createAnalyzer()

/** `threshold` 0 wants all terms of a query, 1 any. */
async function index(
  texts: readonly string[],
  threshold: 0 | 1,
  tokenizer?: Tokenizer,
): Promise<Search> {
  const db = create({ schema, ...(tokenizer && { components: { tokenizer } }) })
  await insertMultiple(
    db,
    texts.map((text, line) => ({ line, text })),
  )
  return async (term) => {
    const { hits } = await search(db, {
      term,
      threshold,
      properties: ['text'],
      limit: texts.length,
    })
    return hits.map(({ document }) => document['line'] as number)
  }
}

describeAdapter('Orama with the adapter', {
  adapted: (texts) => index(texts, 0, oramaTokenizer(analyzer)),
  plain: { 'Orama alone': (texts) => index(texts, 1) },
})

it('answers a question of which only parts occur, best line first', async () => {
  const find = await index(lines, 1, oramaTokenizer(analyzer))
  const [best] = await find('府院联动机制是怎么建立的？')
  expect(holding('府院联动机制')).toContain(best)
})

it('does not take a short number for the beginning of a long one', async () => {
  const find = await index(['热线12345', '第12条'], 1, oramaTokenizer(analyzer))
  expect(await find('12')).toEqual([1])
})
