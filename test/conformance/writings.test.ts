/**
 * Writings of one thing that a reader takes for the same, searched in an index: more than the
 * acceptance tests ask for. Also words that look like numbers and are none.
 */
import type { Hit } from '@wenxun/core'
import { describe, expect, it } from 'vitest'
import { open } from '../support/notation.js'

/** Writings of one thing; `…` in the frame is where they stand. */
type Group = readonly [frame: string, ...writings: string[]]

const names: Group[] = [
  ['去…吃饭', '吉野家', '𠮷野家'],
  ['…先生来了', '渡边', '渡邊', '渡邉', '渡辺'],
  ['…先生来了', '山崎', '山﨑'],
  ['…先生来了', '中岛', '中島', '中嶋'],
  ['很…的声音', '轻软', '輕輭'],
]

/** Taiwan writes both with 著. */
const progressive: Group[] = [
  ['他…我', '看着', '看著'],
  ['这是…的书', '著名', '着名'],
]

const joined: Group[] = [
  ['发…给他', 'e-mail', 'email', 'E-Mail', 'Ｅ－ｍａｉｌ'],
  ['连接…即可', 'Wi-Fi', 'WiFi', 'wifi', 'WI-FI'],
  ['发展…产业', 'e-commerce', 'ecommerce', 'E-Commerce'],
  ['感染…之后', 'COVID-19', 'covid19', 'Covid-19'],
  ['使用…开发', 'Node.js', 'NodeJS', 'node-js'],
  ['调用…模型', 'GPT-4', 'GPT4', 'gpt-4'],
  ['变量…为空', 'user_name', 'userName', 'username'],
]

const numbers: Group[] = [
  ['约…人', '8千', '8000', '八千', '8,000', '８千'],
  ['约…人', '3百', '300', '三百'],
  ['共…元', '1亿2000万', '1亿2千万', '120000000', '一亿二千万', '1.2亿', '12000万'],
  ['共…元', '3万5千', '35000', '三万五千', '3.5万', '3.5萬'],
  ['共…人', '1万5000', '15000', '1.5万', '一万五千'],
  ['约为…左右', '零点五', '0.5', '零點五', '０.５'],
  ['约为…左右', '三点一四', '3.14'],
  ['涨了…', '一点五倍', '1.5倍'],
  ['依…处理', '第十二条之一', '第12条之一', '第十二條之一', '第１２条之一'],
  ['按…收取', '百分之零点五', '0.5%', '千分之五', '5‰'],
  ['按…收取', '万分之五', '0.05%', '千分之零点五'],
]

describe('every writing finds every other and marks it whole', () => {
  it.each([...names, ...progressive, ...joined, ...numbers])('%s: %s', (frame, ...writings) => {
    const index = open(
      writings.map((writing, i) => ({
        id: `${i}`,
        paragraphs: [{ text: frame.replace('…', writing) }],
      })),
    )
    const expected = writings.map((writing) => frame.replace('…', `⟦${writing}⟧`)).sort()
    for (const writing of writings) {
      const { hits } = index.search(writing, { limit: writings.length })
      expect([writing, ...hits.map(marked).sort()]).toEqual([writing, ...expected])
    }
  })

  it('the typed one first', () => {
    const index = open([
      { id: 'a', paragraphs: [{ text: '他带着作品来' }] },
      { id: 'b', paragraphs: [{ text: '他的著作很多' }] },
    ])
    const found = (query: string) => index.search(query).hits.map(marked)
    const [song, book] = ['他带⟦着作⟧品来', '他的⟦著作⟧很多']
    expect(found('著作')).toEqual([book, song])
    expect(found('着作')).toEqual([song, book])
  })
})

describe('a Japanese writing', () => {
  it.each([
    ['芸術', '艺术'],
    ['横浜', '横滨'],
    ['弁護', '辩护'],
  ])('%s and %s find each other, as other words', (japanese, chinese) => {
    const index = open([
      { id: 'ja', paragraphs: [{ text: `关于${japanese}的事` }] },
      { id: 'zh', paragraphs: [{ text: `关于${chinese}的事` }] },
    ])
    const [ja, zh] = [`关于⟦${japanese}⟧的事`, `关于⟦${chinese}⟧的事`]
    expect(index.search(japanese).hits.map(marked)).toEqual([ja, zh])
    expect(index.search(chinese).hits.map(marked)).toEqual([zh, ja])
  })

  it('never joins characters that are two in Chinese', () => {
    const index = open([{ id: 'a', paragraphs: [{ text: '李芸住在张家浜，给予他马弁' }] }])
    for (const query of ['李艺', '张家滨', '豫他', '马辩']) {
      expect([query, index.search(`"${query}"`).hits.length]).toEqual([query, 0])
    }
  })
})

describe('words with numerals in them stay words', () => {
  it.each([
    ['一下', '1'],
    ['千万', '10000000', '1000', '10000'],
    ['百度', '100', '100度'],
    ['九江', '9'],
    ['十堰', '10'],
    ['六安', '6'],
    ['万宁', '10000'],
    ['八卦', '8'],
    ['三国', '3'],
    ['万分', '10000'],
    ['一点', '1'],
    ['两点一线', '2.1', '2', '1'],
    ['三点五', '3.5'],
    ['2024百度大会', '202400'],
    ['3千方百计', '3000'],
  ])('%s is found as it is, and not by %s', (word, ...values) => {
    const index = open([{ id: 'a', paragraphs: [{ text: `谈谈${word}这个词` }] }])
    expect(index.search(`"${word}"`).hits.map(marked)).toEqual([`谈谈⟦${word}⟧这个词`])
    for (const value of values) {
      expect([value, ...index.search(value).hits.map(marked)]).toEqual([value])
    }
  })
})

describe('names with signs in them are found by every side', () => {
  it.each([
    ['会用C/C++编程', 'C++', '会用⟦C⟧/⟦C++⟧编程'],
    ['会用C++17编程', 'c++', '会用⟦C++⟧17编程'],
    ['会用C++17编程', 'C++17', '会用⟦C++17⟧编程'],
    ['会用C#8编程', 'C#', '会用⟦C#⟧8编程'],
    ['用ASP.NET开发', '.NET', '用ASP.⟦NET⟧开发'],
    ['用ASP.NET开发', 'net', '用ASP.⟦NET⟧开发'],
    ['见2024Q1财报', 'Q1', '见2024⟦Q1⟧财报'],
    ['见2024Q1财报', '2024', '见⟦2024⟧Q1财报'],
    ['买iPhone15Pro手机', 'iphone15', '买⟦iPhone15⟧Pro手机'],
    ['买iPhone15Pro手机', 'iPhone 15 Pro', '买⟦iPhone15Pro⟧手机'],
    ['测PM2.5浓度', 'PM 2.5', '测⟦PM2.5⟧浓度'],
    ['测PM 2.5浓度', 'pm2.5', '测⟦PM 2.5⟧浓度'],
    ['实行T+0交易', 't+0', '实行⟦T+0⟧交易'],
    ['买了A股和K线图', 'a股', '买了⟦A股⟧和K线图'],
    ['买了A股和K线图', 'K线', '买了A股和⟦K线⟧图'],
    ['提供24/7服务', '24/7', '提供⟦24/7⟧服务'],
    ['开通5G网络', '5g网络', '开通⟦5G网络⟧'],
    ['开通4G/5G网络', '5G', '开通4G/⟦5G⟧网络'],
  ])('%s by %s', (text, query, expected) => {
    const index = open([
      { id: 'a', paragraphs: [{ text }] },
      { id: 'b', paragraphs: [{ text: '别的一段' }] },
    ])
    expect(index.search(query).hits.map(marked)).toEqual([expected])
  })
})

/** A hit's text with its marks; marks that touch, or with only a space between, are one. */
function marked({ text, highlights }: Hit): string {
  let shown = ''
  let at = 0
  for (const [start, end] of highlights) {
    shown += `${text.slice(at, start)}⟦${text.slice(start, end)}⟧`
    at = end
  }
  return (shown + text.slice(at)).replace(/⟧( ?)⟦/g, '$1')
}
