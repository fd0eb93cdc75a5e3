import { describe, expect, it } from 'vitest'
import { find, marked, open, places } from '../../../../test/support/notation.js'

/** Places of the hits, in order of the index. */
const all = (index: ReturnType<typeof open>, query: string) =>
  find(index, query, { limit: 1000 }).split(' ').sort().join(' ')

describe('boolean queries', () => {
  const index = open(`
    a city=洛阳 level=3: 法治政府 | 法治 | 政府 | 行政复议
    b city=郑州 level=4: 信访工作 | 行政复议 信访 | 法治
  `)

  it.each([
    ['法治政府 OR 信访', 'a.0 b.0 b.1'],
    ['法治政府 | 信访 | 复议', 'a.0 a.3 b.0 b.1'],
    ['复议 ｜ 信访 -工作', 'a.3 b.1'],
    ['+(法治 政府)', 'a.0'],
    ['＋（法治 OR 政府） －（法治 政府）', 'a.1 a.2 b.2'],
    ['(法治 -政府) OR "信访工作"', 'a.1 b.0 b.2'],
    ['法治 OR city:郑州', 'a.0 a.1 b.0 b.1 b.2'],
    ['-(city:郑州 法治) +(法治 OR 信访)', 'a.0 a.1 b.0 b.1'],
    ['“行政复议”', 'a.3 b.1'],
    ['city：郑州', 'b.0 b.1 b.2'],
    ['-city:郑州', 'a.0 a.1 a.2 a.3'],
    ['city:洛阳 -法治', 'a.2 a.3'],
    ['city:洛阳 OR city:郑州', 'a.0 a.1 a.2 a.3 b.0 b.1 b.2'],
    ['"双随机" OR "一公开"', ''],
  ])('%s finds %s, and counts it', (query, expected) => {
    expect(all(index, query)).toBe(expected)
    const { total, totalIsExact } = index.search(query)
    expect([total, totalIsExact]).toEqual([expected === '' ? 0 : expected.split(' ').length, true])
  })

  it('put what contains the choice and the other words first', () => {
    expect(find(index, '(信访 OR 政府) 行政复议').split(' ')[0]).toBe('b.1')
  })

  it('that only exclude ask for their words', () => {
    expect(all(index, '-(法治政府 OR 信访)')).toContain('a.0')
  })

  it('list the documents of a field in order of the index, and page', () => {
    expect(find(index, 'level:>=3', { limit: 2, offset: 3 })).toBe('a.3 b.0')
    expect(find(index, 'level:3..4', { sort: 'level:desc', limit: 1 })).toBe('b.0')
  })

  it('mark every choice', () => {
    expect(marked(index.search('复议 OR 信访').hits[0]!)).toMatch(/\[复议\].*\[信访\]/)
  })
})

describe('a part that only titles and headings have', () => {
  const index = open(`
    a 《年度报告》: 总则 § 热线办理 | 热线来电 | 附则 § 其他事项
    b: 热线办理
  `)

  it.each([
    ['+年度报告', 'a.0'],
    ['+年度报告 +热线', 'a.0 a.1'],
    ['+热线 +年度报告', 'a.0 a.1'],
    ['"附则" +年度报告', 'a.2'],
    ['热线 -年度报告', 'b.0'],
    ['+热线 -总则', 'a.1 b.0'],
  ])('%s finds %s', (query, expected) => {
    expect(all(index, query)).toBe(expected)
  })
})

describe('prefix*', () => {
  const index = open(`
    a: website 建设 | web 服务 | 网络 webinar | 2024年 | 2025年 | beet-root
    b: 法治政府 | 依法治国 | MCP管理平台
  `)

  it.each([
    ['web*', 'a.0 a.1 a.2'],
    ['WEB＊', 'a.0 a.1 a.2'],
    ['202*', 'a.3 a.4'],
    ['beet*', 'a.5'],
    ['roo*', 'a.5'],
    ['法治*', 'b.0 b.1'],
    ['mc*', 'b.2'],
    ['+web* -webs*', 'a.1 a.2'],
    ['webs* OR 202*', 'a.0 a.3 a.4'],
    ['xyz*', ''],
    ['"web*"', 'a.1'],
  ])('%s finds %s', (query, expected) => {
    expect(all(index, query)).toBe(expected)
  })

  it('marks the whole word, and ranks the word itself first', () => {
    const { hits } = index.search('web*')
    expect(hits.map(marked)).toEqual(['[web] 服务', '[website] 建设', '网络 [webinar]'])
  })
})

describe('ranges', () => {
  const index = open(`
    a date=2023-11-30 year=2023 level=3 code=b: 法治
    b date=2024 year=2024 level=10 code=c: 法治
    c date=2024-05-01 level=4 code=a: 法治
    d date=2025-03: 法治
    e: 法治
  `)

  it.each([
    ['date:2024', 'b.0 c.0'],
    ['date:2024..2025', 'b.0 c.0 d.0'],
    ['2024..2025', 'b.0 c.0 d.0'],
    ['法治 2023-12..2024-06', 'b.0 c.0'],
    ['date:2024..', 'b.0 c.0 d.0'],
    ['date:..2023', 'a.0'],
    ['date:>=2024-03', 'b.0 c.0 d.0'],
    ['date:>2024', 'd.0'],
    ['date:<2024-05-01', 'a.0 b.0'],
    ['date:<=2024-05-01', 'a.0 b.0 c.0'],
    ['date:2025年3月', 'd.0'],
    ['date:２０２３/11/30', 'a.0'],
    ['-date:2024..2025', 'a.0 e.0'],
    ['level:3..4', 'a.0 c.0'],
    ['level:>4', 'b.0'],
    ['level:..3', 'a.0'],
    ['code:a..b', 'a.0 c.0'],
    ['code:"a..b"', ''],
    ['year:2020..', 'a.0 b.0'],
  ])('%s keeps %s', (query, expected) => {
    expect(all(index, query)).toBe(expected)
  })

  it.each([
    [{ level: { from: 4 } }, 'b.0 c.0'],
    [{ level: { from: 3, to: 10, exclusive: true } }, 'c.0'],
    [{ date: [{ to: '2023' }, '2025'] }, 'a.0 d.0'],
    [{ code: 'a..b' }, ''],
  ])('as a filter, %o keeps %s', (filter, expected) => {
    expect(find(index, '法治', { filter }).split(' ').sort().join(' ')).toBe(expected)
  })
})

describe('groups', () => {
  const index = open(`
    a: 行政复议 | 别的 | 行政复议和信访
    b: 信访 | 行政复议案件很多很多的一段话，说的是别的事情
    c: 行政诉讼 | 行政
  `)

  it('keep the best paragraphs of a document together', () => {
    const { groups, hits } = index.search('行政复议', { group: 'document' })
    expect(groups!.map(({ document }) => document.id)).toEqual(['a', 'b', 'c'])
    expect(groups!.map((group) => places({ hits: group.hits } as never))).toEqual([
      'a.0 a.2',
      'b.1',
      'c.1 c.0',
    ])
    expect(hits.map(({ rank }) => rank)).toEqual([1, 1, 2, 3, 3])
    expect(hits).toEqual(groups!.flatMap((group) => group.hits))
  })

  it('are what limit and offset count; groupSize cuts them', () => {
    const options = { group: 'document', groupSize: 1 } as const
    expect(find(index, '行政复议', { ...options, limit: 2 })).toBe('a.0 b.1')
    expect(find(index, '行政复议', { ...options, limit: 2, offset: 1 })).toBe('b.1 c.1')
    expect(index.search('行政复议', { ...options, offset: 9 })).toMatchObject({ groups: [] })
    expect(index.search('行政复议', { ...options, offset: 9 }).total).toBe(5)
  })

  it('of anything else are refused', () => {
    const search = () => index.search('行政', { group: 'city' as never })
    expect(search).toThrow('group must be "document", found "city"')
    expect(() => index.search('行政', { groupSize: 0 })).toThrow('groupSize')
  })
})

describe('a budget of work', () => {
  const index = open(Array.from({ length: 50 }, (_, i) => `d${i}: 行政复议${i} | 信访`).join('\n'))

  it('stops a search at the same place every time, and says so', () => {
    const whole = index.search('行政复议 信访')
    expect(whole.truncated).toBeUndefined()
    for (const maxWork of [0, 100, 1000, 2000]) {
      const result = index.search('行政复议 信访', { maxWork })
      expect(result).toEqual(index.search('行政复议 信访', { maxWork }))
      expect([result.truncated, result.totalIsExact]).toEqual([true, false])
      expect(result.total).toBeLessThanOrEqual(whole.total)
    }
    const enough = index.search('行政复议 信访', { maxWork: 100_000 })
    expect(enough).toEqual(whole)
  })
})

describe('what was typed', () => {
  it('comes before what spells another word, even where that scores more', () => {
    const long = '，一段更长的话里面说的都是别的事情'
    const index = open(`a: 幹燥 | 干燥${long} | 乾燥${long}${long}`)
    expect(find(index, '乾燥')).toBe('a.1 a.2 a.0')
    // Without 乾燥 in any text, nothing tells 幹燥 from a converter's guess.
    expect(find(open(`a: 幹燥 | 干燥${long}`), '乾燥')).toBe('a.0 a.1')
  })
})
