import { createAnalyzer } from '@wenxun/tokenizer'
import { miniSearch } from '@wenxun/tokenizer/adapters'
import MiniSearch, { type Options } from 'minisearch'
import { describe, expect, it } from 'vitest'
import { describeAdapter, type Search } from './adapter.cases.js'
import { holding, lines } from './seed-lines.js'

const wenxun = miniSearch(createAnalyzer())

function index(texts: readonly string[], options: Partial<Options> = {}): MiniSearch {
  const mini = new MiniSearch({ fields: ['text'], ...options })
  mini.addAll(texts.map((text, id) => ({ id, text })))
  return mini
}

const idsOf = (hits: readonly { id: number }[]) => hits.map(({ id }) => id)

const words = new Intl.Segmenter('zh', { granularity: 'word' })
const intlWords = (text: string) => [...words.segment(text)].map(({ segment }) => segment)

const alone =
  (options?: Partial<Options>) =>
  (texts: readonly string[]): Search => {
    const mini = index(texts, options)
    return (query) => idsOf(mini.search(query, { combineWith: 'AND' }) as never[])
  }

describeAdapter('MiniSearch with the adapter', {
  adapted(texts) {
    const mini = index(texts, wenxun.options)
    return (query) => idsOf(mini.search(wenxun.all(query)) as never[])
  },
  plain: {
    'MiniSearch alone': alone(),
    'MiniSearch with Intl.Segmenter': alone({ tokenize: intlWords }),
  },
})

describe('a plain query', () => {
  const mini = index(lines, wenxun.options)

  it('answers a question of which only parts occur', () => {
    const question = '府院联动机制是怎么建立的？'
    expect(mini.search(wenxun.all(question))).toEqual([])
    const [best] = mini.search(question)
    expect(holding('府院联动机制')).toContain(best?.id)
  })

  it.each(['法治政府建设', '行政执法监督', '优化营商环境'])(
    'puts a line that holds %s whole first',
    (query) => {
      const [best] = mini.search(query)
      expect(holding(query)).toContain(best?.id)
    },
  )
})

it('prefers a word to its other forms', () => {
  const mini = index(['tests were run', 'a test was run'], wenxun.options)
  expect(idsOf(mini.search('test') as never[])).toEqual([1, 0])
})

it('goes on working after it was stored and loaded', () => {
  const stored = JSON.stringify(index(['府院聯動'], wenxun.options))
  const loaded = MiniSearch.loadJSON(stored, { fields: ['text'], ...wenxun.options })
  expect(idsOf(loaded.search(wenxun.all('院联')) as never[])).toEqual([0])
})
