import { describe, expect, it } from 'vitest'
import {
  analyzer,
  build,
  documentsOf,
  find,
  marked,
  open,
} from '../../../../test/support/notation.js'
import { openIndex } from '../open-index.js'
import { memorySource } from '../segment/byte-source.js'

describe('the order of hits', () => {
  it('puts paragraphs with the whole query before those with parts of it', () => {
    const index = open(`
      a: 法治，法治，法治，政府，政府，政府
      b: 一段很长的话里面只有一次提到法治政府，其余的都是别的事情，和它没有关系
    `)
    expect(find(index, '法治政府')).toBe('b.0 a.0')
  })

  it('puts paragraphs with every part of the query before those that lack one', () => {
    const index = open(`
      a: 复议，复议，复议
      b: 政府的事情很多，这里说到复议的只有一处，别的都不是
    `)
    expect(find(index, '政府 复议')).toBe('b.0 a.0')
  })

  it('keeps the order of the index between equals', () => {
    expect(find(open('a: 法治\nb: 法治\nc: 法治'), '法治')).toBe('a.0 b.0 c.0')
  })

  it('lets a title speak for the paragraphs under it', () => {
    const index = open(`
      a: 各项工作取得进展 | 热线办理情况良好
      b 《热线工作》: 各项工作取得进展 | 办理情况良好
    `)
    expect(find(index, '热线 办理').split(' ')).toContain('b.1')
    expect(find(index, '热线', { limit: 3 }).split(' ').sort()).toEqual(['a.1', 'b.0'])
  })

  it('knows a title that has the whole query from one whose first heading has it', () => {
    const index = open(`
      a 《政府法治》: 法治、政府 § 第一段
      b 《法治、政府》: 第一段
      c: 法治、政府
    `)
    expect(find(index, '法治、政府').split(' ').slice(0, 2).sort()).toEqual(['b.0', 'c.0'])
  })
})

describe('operators', () => {
  const index = open(`
    a: 法治政府 | 法治 | 政府 | 哈哈 | 哈哈哈
    b city=洛阳: 行政复议 | 法治、政府
  `)

  it.each([
    ['+法治 政府', 'a.0 b.1 a.1'],
    ['法治 -政府', 'a.1'],
    ['"法治政府"', 'a.0'],
    ['"法治、政府"', 'b.1'],
    ['法治 city:洛阳', 'b.1'],
    ['法治 -city:洛阳', 'a.0 a.1'],
    ['"哈哈哈"', 'a.4'],
    ['+哈哈哈', 'a.4'],
    ['哈哈 -哈哈哈', 'a.3'],
    ['"双随机"', ''],
  ])('%s finds %s', (query, expected) => {
    expect(find(index, query).split(' ').sort()).toEqual(expected.split(' ').sort())
  })

  it('show the first paragraph under a title or heading that no text repeats', () => {
    const titled = open('a 《年度报告》: 总则 § 第一段 | 附则 § 第二段')
    expect(find(titled, '"年度报告"')).toBe('a.0')
    expect(find(titled, '"附则"')).toBe('a.1')
  })
})

describe('scripts, width and variants', () => {
  const index = open(
    'a: 楓橋經驗的推廣 | 枫桥经验 | ９６.８７％ | 洛政文〔2025〕11号 | １２３４５热线',
  )

  it.each([
    ['枫桥经验', '楓橋經驗'],
    ['96.87%', '９６．８７％'],
    ['洛政文〔2025〕11号', '洛政文[2025]11號'],
    ['12345热线', '１２３４５熱線'],
  ])('%s and %s find the same with the same scores', (query, other) => {
    const { hits } = index.search(query)
    expect(hits.length).toBeGreaterThan(0)
    expect(index.search(other).hits).toEqual(hits)
  })

  it('is marked as the text wrote it', () => {
    const { hits } = index.search('枫桥经验推广')
    expect(marked(hits[0]!)).toBe('[楓橋經驗]的[推廣]')
  })
})

describe('characters that stand for several', () => {
  it('match each other, and what was typed comes first', () => {
    const index = open('a: 幹燥 | 干燥 | 乾燥')
    expect(find(index, '乾燥')).toBe('a.2 a.1 a.0')
    expect(find(index, '干燥').split(' ')[0]).toBe('a.1')
  })

  it('do not hold against a text how it writes the others', () => {
    // The machine that made this Traditional text left 范 as it was.
    const index = open('a: 規范性文件 | 规范 | 规范性文件')
    expect(find(index, '規範性')).toBe('a.0 a.2 a.1')
    expect(find(index, '规范性')).toBe('a.0 a.2 a.1')
  })

  it('are left to the punctuation between them', () => {
    const index = open('a: 規範，文件 | 文件、規範')
    expect(find(index, '規範、文件')).toBe('a.0 a.1')
  })
})

describe('filters', () => {
  const index = open(`
    a city=洛阳 level=3 tags=甲,乙 date=2024-05-01: 法治政府
    b city=鄭州 level=4 date=2025-03-12: 法治政府
    c date=2025: 法治政府
  `)

  it.each([
    [{ city: '洛阳' }, 'a.0'],
    [{ city: '洛陽' }, 'a.0'],
    [{ city: '郑州' }, 'b.0'],
    [{ city: ['洛阳', '郑州'] }, 'a.0 b.0'],
    [{ level: 3 }, 'a.0'],
    [{ level: '4' }, 'b.0'],
    [{ level: [3, 4], city: '郑州' }, 'b.0'],
    [{ tags: '乙' }, 'a.0'],
    [{ date: '2025' }, 'b.0 c.0'],
    [{ date: '2025-03' }, 'b.0'],
    [{ city: '漯河' }, ''],
  ])('%o keep %s', (filter, expected) => {
    const result = index.search('法治', { filter })
    expect(find(index, '法治', { filter })).toBe(expected)
    expect([result.total, result.totalIsExact]).toEqual([result.hits.length, true])
  })

  it('of the caller hold whatever the query asks for', () => {
    expect(find(index, '法治 city:郑州', { filter: { city: '洛阳' } })).toBe('')
    expect(find(index, '法治 level:3', { filter: { city: '洛阳' } })).toBe('a.0')
  })

  it('over an unknown field say which fields there are', () => {
    expect(() => index.search('法治', { filter: { region: '洛阳' } })).toThrow(
      'The index has no field "region"; it has city, date, level, tags.',
    )
  })

  it('apply to hits without any of the query but in the title, too', () => {
    const titled = open('a 《报告》 city=洛阳: 第一段\nb 《报告》 city=郑州: 第一段')
    expect(find(titled, '报告', { filter: { city: '郑州' } })).toBe('b.0')
  })
})

describe('sorting', () => {
  const index = open(`
    a date=2024 level=10: 法治政府法治
    b date=2026-01 level=9: 法治
    c: 法治 | 政府
    d date=2025-12-31: 法治
  `)

  it.each([
    ['date:asc', 'a.0 d.0 b.0 c.0'],
    ['date:desc', 'b.0 d.0 a.0 c.0'],
    ['date', 'a.0 d.0 b.0 c.0'],
    ['level:desc', 'a.0 b.0'],
  ])('%s', (sort, expected) => {
    expect(find(index, '法治', { sort })).toMatch(new RegExp(`^${expected}`))
  })

  it('pages through the sorted hits', () => {
    const options = { sort: 'date:desc', limit: 2 }
    expect(find(index, '法治', options)).toBe('b.0 d.0')
    expect(find(index, '法治', { ...options, offset: 2 })).toBe('a.0 c.0')
  })

  it('by an unknown field is refused', () => {
    expect(() => index.search('法治', { sort: 'colour:desc' })).toThrow('no field "colour"')
  })
})

describe('options', () => {
  const index = open('a: 法治 | 法治 | 法治 | 政府')

  it('page through one list of ranks', () => {
    const page = index.search('法治', { limit: 2, offset: 1 })
    expect(page.hits.map(({ rank, paragraph }) => [rank, paragraph])).toEqual([
      [2, 1],
      [3, 2],
    ])
    expect(page.total).toBe(3)
    expect(index.search('法治', { limit: 0 })).toMatchObject({ total: 3, hits: [] })
    expect(index.search('法治', { offset: 9 }).hits).toEqual([])
  })

  it.each([
    ['limit', -1],
    ['limit', 1.5],
    ['limit', Number.NaN],
    ['offset', 2_000_000],
    ['snippetLength', 0],
  ])('%s %d is refused', (name, value) => {
    const search = () => index.search('法治', { [name]: value })
    expect(search).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }))
    expect(search).toThrow(`${name} must be a whole number`)
  })

  it('cut the snippet', () => {
    const long = open(`a: ${'前面的话，'.repeat(40)}法治政府${'，后面的话'.repeat(40)}`)
    const { snippet } = long.search('法治政府', { snippetLength: 30 }).hits[0]!
    const shown = snippet.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('')
    expect(shown).toContain('[法治政府]')
    expect(shown.length).toBeLessThan(60)
  })
})

describe('an open index', () => {
  const notation = 'a 《标题》 city=洛阳: 总则 § 法治政府 | 行政复议\nb: 法治'
  const bytes = build(documentsOf(notation))
  const results = (index: ReturnType<typeof openIndex>) =>
    ['法治', '标题', '"行政复议"', '总则 city:洛阳'].map((query) => index.search(query))
  const expected = results(openIndex(bytes))

  it('gives whole hits', () => {
    expect(expected[0]!.hits[0]).toMatchObject({
      rank: 1,
      document: { id: 'b', title: '', url: null, date: null, meta: {} },
      paragraph: 0,
      heading: [],
      anchor: null,
      text: '法治',
      highlights: [[0, 2]],
      snippet: [{ text: '法治', hit: true }],
      snippetStart: 0,
    })
    expect(expected[0]!.hits[1]).toMatchObject({
      document: { id: 'a', title: '标题', meta: { city: '洛阳' } },
      heading: ['总则'],
    })
  })

  it('answers the same from bytes at an odd place', () => {
    for (let shift = 1; shift < 8; shift++) {
      const moved = new Uint8Array(bytes.length + shift)
      moved.set(bytes, shift)
      expect(results(openIndex(moved.subarray(shift)))).toEqual(expected)
    }
  })

  it('answers the same with a byte source, and when it may keep nothing in memory', () => {
    const source = memorySource(bytes)
    expect(results(openIndex(source, { chunkCacheBytes: 0, verify: false }))).toEqual(expected)
  })

  it('answers the same again and again, in any order', () => {
    const index = openIndex(bytes)
    results(index).reverse()
    expect(results(index).reverse()).toEqual([...expected].reverse())
  })

  it('tells what is in it', () => {
    const index = openIndex(bytes)
    index.verify()
    const { bytes: size, counts, columns, analyzer: by } = index.inspect()
    expect(size).toBe(bytes.length)
    expect(counts).toMatchObject({ documents: 2, paragraphs: 3, sections: 2, textUnits: 10 })
    expect(columns).toEqual([{ name: 'city', kind: 'keyword', values: 1 }])
    expect(by).toEqual({ name: analyzer.name, fingerprint: analyzer.fingerprint })
    expect(index.topTerms(2).map(({ frequency }) => frequency)).toEqual([2, 2])
  })

  it('of another analyzer names both fingerprints', () => {
    const { fingerprint } = analyzer
    expect(() => openIndex(bytes, { analyzerFingerprint: fingerprint })).not.toThrow()
    expect(() => openIndex(bytes, { analyzerFingerprint: 'other' })).toThrow(
      new RegExp(`${fingerprint}.*other`),
    )
  })
})
