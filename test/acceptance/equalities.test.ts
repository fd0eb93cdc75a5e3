/**
 * What a reader takes for the same is found by any of its writings and marked exactly: folds,
 * numbers, dates, Latin and code. Marks are written ⟦ ⟧, for texts with brackets of their own.
 */
import type { Hit, SearchIndex } from '@wenxun/core'
import { Folder, foldToString } from '@wenxun/tokenizer/scan'
import { describe, expect, it } from 'vitest'
import { analyzer, open } from '../support/notation.js'

/** Writings of one thing; `…` in the frame is where they stand. */
type Group = readonly [frame: string, ...writings: string[]]

const scripts: Group[] = [
  ['促进…合作', '国际', '國際'],
  ['他在…下', '山峰', '山峯'],
  ['很多…', '人群', '人羣'],
  ['作…', '说明', '說明', '説明'],
  ['打开…', '门户', '門戶', '門戸'],
  ['先…再走', '启动', '啟動', '啓動'],
  ['听…会', '音乐', '音樂', '音\uf914'],
  ['…来了', '人人', '人々'],
  ['买…电视', 'パナソニック', 'ﾊﾟﾅｿﾆｯｸ'],
  ['用…格式', 'PDF', 'pdf', 'ＰＤＦ', 'ｐｄｆ'],
  ['去…坐', 'café', 'CAFÉ', 'cafe', 'cafe\u0301'],
]

/** One Simplified character for several: they meet, and what was typed comes first. */
const oneToMany: Group[] = [
  ['这台…机', '干燥', '乾燥', '幹燥'],
  ['他有…', '才干', '才幹', '才乾'],
  ['三天…', '以后', '以後'],
  ['家…', '里面', '裏面', '裡面'],
  ['换个…', '发型', '髮型', '發型'],
  ['我国…地区', '台湾', '臺灣'],
]

const numbers: Group[] = [
  ['到…底', '2024年', '２０２４年', '二〇二四年', '二○二四年', '二零二四年'],
  ['依…处理', '第120条', '第１２０條', '第一百二十条', '第一百二十條'],
  ['见…', '第3章', '第三章', '第３章'],
  ['达到…以上', '96.87%', '９６.８７％', '百分之九十六点八七', '百分之96.87'],
  ['约…人', '4.36万', '4.36萬', '４.３６万', '43600', '43,600', '四万三千六百'],
  ['约…人', '2万', '20000', '两万', '二万', '贰万'],
  ['投入…元', '3.5亿', '三点五亿', '350000000', '350,000,000'],
  ['…以来', '21世纪', '二十一世纪', '21世紀'],
  ['全年…', '24小时', '２４小時', '二十四小时'],
]

const dates: Group[] = [
  [
    '自…起施行',
    ...['2025年3月12日', '2025年03月12日', '二〇二五年三月十二日', '２０２５年３月１２日'],
    ...['2025-03-12', '2025/3/12', '2025/03/12', '2025.3.12'],
  ],
  ['定于…开会', '3月12日', '三月十二日', '03月12日', '３月１２日'],
  ['截至…', '2025年3月', '二〇二五年三月', '2025-03'],
]

describe('every writing finds every other and marks it whole', () => {
  it.each([...scripts, ...oneToMany, ...numbers, ...dates])('%s: %s', (frame, ...writings) => {
    const index = open(documentsOf(frame, writings))
    for (const writing of writings) {
      const { hits } = index.search(writing, { limit: writings.length })
      const expected = writings.map((other) => frame.replace('…', `⟦${other}⟧`))
      expect([writing, ...hits.map(marked).sort()]).toEqual([writing, ...expected.sort()])
    }
  })
})

describe('what was typed comes first', () => {
  it.each(oneToMany)('%s: %s', (frame, ...writings) => {
    const index = open(documentsOf(frame, writings))
    for (const writing of writings) {
      expect(index.search(writing).hits[0]?.text).toBe(frame.replace('…', writing))
    }
  })

  it.each([...numbers, ...dates])('%s: %s, under its folds', (frame, ...writings) => {
    const index = open(documentsOf(frame, writings))
    for (const writing of writings) {
      const [first] = index.search(writing).hits
      expect(fold(first!.text)).toBe(fold(frame.replace('…', writing)))
    }
  })
})

describe('brackets and quotation marks', () => {
  const numbered = [
    '〔2025〕',
    '[2025]',
    '（2025）',
    '(2025)',
    '﹝2025﹞',
    '【2025】',
    '［２０２５］',
  ]
  const quoted = ['“府院联动”', '「府院聯動」', '『府院联动』', '《府院联动》', '‘府院联动’']

  it.each(numbered)('洛政文%s11号 is the same number in all brackets', (year) => {
    const index = open(documentsOf('洛政文…11号', numbered))
    const { hits } = index.search(`洛政文${year}11号`)
    expect(hits.length).toBe(numbered.length)
    for (const hit of hits) expect(markedTexts(hit).join('')).toMatch(/^洛政文(2025|２０２５)11号$/)
  })

  it.each(quoted)('深化%s机制 is the same in all quotation marks', (name) => {
    const index = open(documentsOf('深化…机制', quoted))
    const { hits } = index.search(`深化${name}机制`)
    expect(hits.length).toBe(quoted.length)
    for (const hit of hits) {
      expect(markedTexts(hit)).toEqual([
        '深化',
        expect.stringMatching(/^府院[联聯][动動]$/),
        '机制',
      ])
    }
  })

  it('are asked for by an exact query, in any of their forms', () => {
    const index = open(documentsOf('洛政文…11号', ['〔2025〕', '[2025]', '2025', '-2025-']))
    for (const query of ['"洛政文〔2025〕11号"', '"洛政文[2025]11号"']) {
      const found = index.search(query).hits.map(({ text }) => text)
      expect(found.sort()).toEqual(['洛政文[2025]11号', '洛政文〔2025〕11号'])
    }
  })
})

describe('words with numerals in them stay words', () => {
  it.each([
    ['一网通办', '1', '1网'],
    ['三农', '3', '3农'],
    ['四川', '4', '4川'],
    ['万一', '10001', '10000', '1'],
    ['十分', '10', '10分'],
    ['三亚', '3'],
    ['千方百计', '1000', '100'],
    ['十四五', '145', '14'],
    ['一五一十', '1510', '10'],
  ])('%s is found as it is, and not by %s', (word, ...values) => {
    const index = open([{ id: 'a', paragraphs: [{ text: `谈谈${word}这个词` }] }])
    expect(marks(index, word)).toEqual([`谈谈⟦${word}⟧这个词`])
    for (const value of values) expect([value, ...marks(index, value)]).toEqual([value])
  })
})

describe('mixed runs, Latin and code are found by every side', () => {
  it.each([
    ['MCP管理平台', 'MCP管理', '⟦MCP管理⟧平台'],
    ['MCP管理平台', 'mcp', '⟦MCP⟧管理平台'],
    ['MCP管理平台', '管理', 'MCP⟦管理⟧平台'],
    ['购置24口交换机', '24口交换机', '购置⟦24口交换机⟧'],
    ['购置24口交换机', '２４', '购置⟦24⟧口交换机'],
    ['购置24口交换机', '交換機', '购置24口⟦交换机⟧'],
    ['今天weather不错', '天weather', '今⟦天weather⟧不错'],
    ['今天weather不错', 'Weather', '今天⟦weather⟧不错'],
    ['今天weather不错', '今天', '⟦今天⟧weather不错'],
    ['会用C++编程', 'c++', '会用⟦C++⟧编程'],
    ['会用C++编程', '编程', '会用C++⟦编程⟧'],
    ['会用C#编程', 'C#', '会用⟦C#⟧编程'],
    ['基于.NET框架', '.net', '基于⟦.NET⟧框架'],
    ['基于.NET框架', 'net', '基于.⟦NET⟧框架'],
    ['“1+7+N”体系', '1+7+n', '“⟦1+7+N⟧”体系'],
    ['“１＋７＋Ｎ”体系', '1+7+N', '“⟦１＋７＋Ｎ⟧”体系'],
    ['“1+7+N”体系', '7', '“1+⟦7⟧+N”体系'],
    ['升级到v3.2.1版', 'V3.2.1', '升级到⟦v3.2.1⟧版'],
    ['升级到v3.2.1版', '3.2.1', '升级到v⟦3.2.1⟧版'],
    ['写信给li.ming@example.com吧', 'li.ming@example.com', '写信给⟦li.ming@example.com⟧吧'],
    ['写信给li.ming@example.com吧', 'li.ming', '写信给⟦li.ming⟧@example.com吧'],
    ['写信给li.ming@example.com吧', 'ming', '写信给li.⟦ming⟧@example.com吧'],
    ['写信给li.ming@example.com吧', 'example.com', '写信给li.ming@⟦example.com⟧吧'],
    ['见https://www.example.org/a_b/', 'www.example.org', '见https://⟦www.example.org⟧/a_b/'],
    ['见https://www.example.org/a_b/', 'example', '见https://www.⟦example⟧.org/a_b/'],
    ['见https://www.example.org/a_b/', 'a_b', '见https://www.example.org/⟦a_b⟧/'],
    ['调用getElementById即可', 'getelementbyid', '调用⟦getElementById⟧即可'],
    ['调用getElementById即可', 'element', '调用get⟦Element⟧ById即可'],
    ['变量user_name为空', 'user_name', '变量⟦user_name⟧为空'],
    ['变量user_name为空', 'name', '变量user_⟦name⟧为空'],
    ['a beet-root soup', 'beet-root', 'a ⟦beet-root⟧ soup'],
    ['a beet-root soup', 'root', 'a beet-⟦root⟧ soup'],
    ['编号rs12345678901', '12345678901', '编号rs⟦12345678901⟧'],
    ['编号rs12345678901', 'RS12345678901', '编号⟦rs12345678901⟧'],
    ['看CCTV13新闻', 'cctv13', '看⟦CCTV13⟧新闻'],
    ['看CCTV13新闻', 'cctv', '看⟦CCTV⟧13新闻'],
    ['they were running', 'run', 'they were ⟦running⟧'],
    ['a long run', 'running', 'a long ⟦run⟧'],
    ['many cities', 'city', 'many ⟦cities⟧'],
  ])('%s by %s', (text, query, expected) => {
    const index = open([
      { id: 'a', paragraphs: [{ text }] },
      { id: 'b', paragraphs: [{ text: '别的一段' }] },
    ])
    expect(marks(index, query)).toEqual([expected])
  })

  it('the word itself before its other forms', () => {
    const index = open(documentsOf('…', ['a running man', 'they run', 'he runs']))
    expect(index.search('run').hits[0]?.text).toBe('they run')
    expect(index.search('running').hits[0]?.text).toBe('a running man')
    expect(index.search('runs').hits[0]?.text).toBe('he runs')
  })

  it('C++, C# and C each first where they are asked for', () => {
    const index = open(documentsOf('学习…编程', ['C', 'C#', 'C++']))
    for (const name of ['C++', 'C#']) {
      expect(index.search(name).hits[0]?.text).toBe(`学习${name}编程`)
    }
  })
})

describe('nothing inside of a word or number is found by accident', () => {
  it.each([
    ['今天weather is good', 'ther'],
    ['今天weather is good', 'weathe'],
    ['达到96.87%', '87'],
    ['达到96.87%', '6.87'],
    ['升级到v3.2.1版', '2.1'],
    ['共12345件', '234'],
    ['编号rs12345678901', '345'],
    ['约4.36万人', '36'],
    ['在192.168.1.1上', '168'],
    ['第一百二十条', '20'],
    ['第一百二十条', '第二十条'],
    ['2025年3月12日', '2025年3月1日'],
    ['a long run', 'runner'],
  ])('%s not by %s', (text, query) => {
    const index = open([{ id: 'a', paragraphs: [{ text }] }])
    const whole = index.search(query).hits.filter((hit) => markedTexts(hit).join('') === query)
    expect(whole).toEqual([])
    expect(index.search(`"${query}"`).hits).toEqual([])
  })
})

const folder = new Folder(analyzer.folds)
const fold = (text: string) => foldToString(folder.fold(text))

/** A document for each writing in its frame. */
function documentsOf(frame: string, writings: readonly string[]) {
  return writings.map((writing, i) => ({
    id: `${i}`,
    paragraphs: [{ text: frame.replace('…', writing) }],
  }))
}

const marks = (index: SearchIndex, query: string) => index.search(query).hits.map(marked)

/** A hit's text with its marks. */
function marked({ text, highlights }: Hit): string {
  let shown = ''
  let at = 0
  for (const [start, end] of highlights) {
    shown += `${text.slice(at, start)}⟦${text.slice(start, end)}⟧`
    at = end
  }
  return shown + text.slice(at)
}

const markedTexts = ({ text, highlights }: Hit) =>
  highlights.map(([start, end]) => text.slice(start, end))
