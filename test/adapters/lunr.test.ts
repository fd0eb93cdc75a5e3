import { createAnalyzer } from '@wenxun/tokenizer'
import { lunrPlugin, requiredTerms } from '@wenxun/tokenizer/adapters'
import lunr from 'lunr'
import { expect, it } from 'vitest'
import { describeAdapter } from './adapter.cases.js'
import { holding, lines } from './seed-lines.js'

const analyzer = createAnalyzer()
const plugin = lunrPlugin(lunr, analyzer)

function index(texts: readonly string[], plugins: lunr.Builder.Plugin[]): lunr.Index {
  return lunr(function () {
    for (const each of plugins) this.use(each)
    this.ref('id')
    this.field('text')
    this.metadataWhitelist = ['position']
    for (const [id, text] of texts.entries()) this.add({ id, text })
  })
}

const idsOf = (hits: readonly lunr.Index.Result[]) => hits.map(({ ref }) => Number(ref))

/** Hits that hold all terms of a query; lunr's own `+` asks for any of them. */
function searchAll(searched: lunr.Index, text: string): number[] {
  const terms = requiredTerms(analyzer, text)
  if (terms.length === 0) return []
  const { REQUIRED } = lunr.Query.presence
  const hits = searched.query((query) => {
    for (const term of terms) query.term(term, { presence: REQUIRED, usePipeline: false })
  })
  return idsOf(hits)
}

describeAdapter('lunr with the adapter', {
  adapted(texts) {
    const searched = index(texts, [plugin])
    return (query) => searchAll(searched, query)
  },
  plain: {
    'lunr alone': (texts) => {
      const searched = index(texts, [])
      return (query) => idsOf(searched.search(query))
    },
  },
})

it('answers a question of which only parts occur, best line first', () => {
  const [best] = idsOf(index(lines, [plugin]).search('府院联动机制是怎么建立的？'))
  expect(holding('府院联动机制')).toContain(best)
})

it('gives positions in the original text', () => {
  const text = '推進“府院聯動”，２０２４年'
  const [hit] = index([text], [plugin]).search('府院联动')
  const positions = Object.values(hit!.matchData.metadata).flatMap((fields) => fields.text.position)
  const marked = positions.map(([start, length]: [number, number]) =>
    text.slice(start, start + length),
  )
  expect(marked).toEqual(expect.arrayContaining(['府院', '聯動']))
  expect(marked.every((piece: string) => '府院聯動'.includes(piece))).toBe(true)
})

it('goes on working after it was serialized and loaded', () => {
  const stored = JSON.stringify(index(['府院聯動'], [plugin]))
  expect(idsOf(lunr.Index.load(JSON.parse(stored)).search('院联'))).toEqual([0])
})
