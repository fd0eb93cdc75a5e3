import { createAnalyzer } from '@wenxun/tokenizer'
import { flexSearch, gramSegmenter } from '@wenxun/tokenizer/adapters'
import { Charset, Document, Index } from 'flexsearch'
import { expect, it } from 'vitest'
import { type AdapterCases, describeAdapter } from './adapter.cases.js'

const wenxun = flexSearch(createAnalyzer())

type IndexSettings = ConstructorParameters<typeof Index>[0]

const alone =
  (settings: IndexSettings): AdapterCases['adapted'] =>
  (texts) => {
    const index = new Index(settings)
    for (const [id, text] of texts.entries()) index.add(id, text)
    return (query) => index.search(query, { limit: texts.length }) as number[]
  }

describeAdapter('FlexSearch with the adapter', {
  adapted(texts) {
    const search = alone({ encode: wenxun.encode })(texts)
    return async (query) => (await search)(wenxun.query(query))
  },
  plain: {
    'FlexSearch alone': alone({}),
    'FlexSearch with tokenize: full': alone({ tokenize: 'full' }),
    'FlexSearch with its CJK charset': alone({ encoder: Charset.CJK }),
  },
})

it('serves the fields of a Document', () => {
  const documents = new Document({
    document: { id: 'id', index: [{ field: 'title', encode: wenxun.encode }] },
  })
  documents.add({ id: 7, title: '洛陽市2024年度法治政府建設情況報告' })
  const [byScript] = documents.search(wenxun.query('洛阳市'))
  expect(byScript?.result).toEqual([7])
  expect(documents.search(wenxun.query('二〇二四年度'))[0]?.result).toEqual([7])
})

it('needs no dictionary', () => {
  const { encode, query } = flexSearch(createAnalyzer({ segmenter: gramSegmenter }))
  const index = new Index({ encode })
  index.add(1, '洛陽市法治政府建設')
  expect(index.search(query('阳市法'))).toEqual([1])
  expect(encode('法治政府 WenXun')).toEqual(wenxun.encode('法治政府 WenXun'))
})
