import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Folder, foldToString } from '../fold/folder.js'
import { fullFolds } from '../fold/folds.js'
import { TokenKind } from '../types.js'
import { SCAN_VERSION, scan } from './scan.js'

const folder = new Folder(fullFolds)
const signs = { [TokenKind.whole]: '', [TokenKind.part]: '.', [TokenKind.value]: '=' }

/**
 * What a text is found by: `[run]`, `whole`, `.part`, `=value`; stems carry their own `~`
 * and are left out unless asked for.
 */
function terms(text: string, { stems = false } = {}): string {
  const folded = folder.fold(text)
  const found: string[] = []
  scan(folded, {
    run: (start, end) => {
      found.push(`[${foldToString(folded).slice(start, end)}]`)
    },
    token: (term, _start, _end, kind) => {
      if (kind !== TokenKind.stem || stems) {
        found.push((signs[kind as keyof typeof signs] ?? '') + term)
      }
    },
  })
  return found.join(' ')
}

/** Only the values of a text. */
const values = (text: string) =>
  terms(text)
    .split(' ')
    .filter((term) => term.startsWith('='))
    .map((term) => term.slice(1))
    .join(' ')

/** The original text of the first token of a term. */
function marked(text: string, wanted: string): string | undefined {
  const { starts, ends, ...folded } = folder.fold(text)
  let found: string | undefined
  scan(
    { ...folded, starts, ends },
    {
      run() {},
      token: (term, start, end) => {
        if (term !== wanted) return
        found ??= text.slice(starts?.[start] ?? start, ends?.[end - 1] ?? end)
      },
    },
  )
  return found
}

describe('runs', () => {
  it('keep Han, kana, hangul and bopomofo together and end at everything else', () => {
    expect(terms('東京タワーと서울ㄅㄆ、北京')).toBe('[东京タワーと서울ㄅㄆ] [北京]')
  })

  it('hold astral Han whole', () => {
    expect(terms('𪚥野家')).toBe('[𪚥野家]')
  })

  it('meet Latin and digits without losing either side', () => {
    expect(terms('MCP管理')).toBe('mcp [管理]')
    expect(terms('24口交换机')).toBe('24 [口交换机]')
    expect(terms('天weather')).toBe('[天] weather')
    expect(terms('洛政文〔2025〕11号')).toBe('[洛政文] 2025 11 [号]')
  })

  it('are none in punctuation, space and emoji', () => {
    expect(terms('，。！ 👍🏽 …《》')).toBe('')
  })
})

describe('compounds', () => {
  it.each([
    ['1+7+N', '1+7+n .1 .7 .n'],
    ['beet-root', 'beet-root =beetroot .beet .root'],
    ['snake_case', 'snake_case =snakecase .snake .case'],
    [
      'user.name@example.com',
      'user.name@example.com .user.name .user .name .example.com .example .com',
    ],
    ['https://a.example/x_y', 'https://a.example/x_y .https .a.example .a .example .x_y .x .y'],
    ['TCP/IP', 'tcp/ip .tcp .ip'],
    ['AT&T', 'at&t .at .t'],
    ['10:30', '10:30 .10 .30'],
  ])('%s is found whole and by its parts', (text, expected) => {
    expect(terms(text)).toBe(expected)
  })

  it('split camelCase and runs of capitals, read from the original case', () => {
    expect(terms('getElementById')).toBe('getelementbyid .get .element .by .id')
    expect(terms('XMLHttpRequest')).toBe('xmlhttprequest .xml .http .request')
    expect(terms('getelementbyid')).toBe('getelementbyid')
  })

  it('split letters from digits where both sides are worth a term', () => {
    expect(terms('rs12345678901')).toBe('rs12345678901 .rs .12345678901')
    expect(terms('CCTV13')).toBe('cctv13 .cctv .13')
    expect(terms('H2O A4')).toBe('h2o a4')
  })

  it.each([
    ['E-mail', 'e-mail =email .e .mail'],
    ['Wi-Fi', 'wi-fi =wifi .wi .fi'],
    ['COVID-19', 'covid-19 =covid19 .covid .19'],
    ['GPT-3.5', 'gpt-3.5 =gpt3.5 .gpt .3.5'],
    ['GPT–4o', 'gpt-4o =gpt4o .gpt .4o'],
    ['Node.js', 'node.js =nodejs .node .js'],
    ['U.S.A.', 'u.s.a =usa .u .s .a'],
    ['No.1', 'no.1 =no1 .no .1'],
    ['GPT-4/F-35', 'gpt-4/f-35 .gpt-4 =gpt4 .gpt .4 .f-35 =f35 .f .35'],
    // Digits on both sides, and names of hosts, keep their joints.
    ['2019-2020', '2019-2020 .2019 .2020'],
    ['www.example.com', 'www.example.com .www .example .com'],
    ['a-b@c.de', 'a-b@c.de .a-b .a .b .c.de .c .de'],
    ['x.y.zip', 'x.y.zip .x .y .zip'],
  ])('%s is also written in one word, or never', (text, expected) => {
    expect(terms(text)).toBe(expected)
  })

  it.each([
    ['iPhone15Pro', 'iphone15pro .iphone .phone .15 .pro'],
    ['PM2.5', 'pm2.5 .pm .2.5'],
    ['5G、4K、A股、K线、T恤', '5g 4k a [股] k [线] t [恤]'],
    ['T+0', 't+0 .t .0'],
    ['24/7', '24/7 .24 .7'],
    ['2024Q1', '2024q1 .2024 .q1'],
    ['3D打印', '3d [打印]'],
    ['R&D', 'r&d .r .d'],
    ['x86_64', 'x86_64 .x86 .86 .64'],
    ['foo::bar', 'foo bar'],
    ['/usr/local', 'usr/local .usr .local'],
    ['GB/T19001-2016', 'gb/t19001-2016 .gb .t19001-2016 .t19001 .19001 .2016'],
  ])('%s is cut as it is read', (text, expected) => {
    expect(terms(text)).toBe(expected)
  })

  it('know c++, c# and .net, also beside others', () => {
    expect(terms('C++、C#、.NET')).toBe('c++ .c c# .c .net .net')
    expect(terms('C/C++')).toBe('c/c++ .c .c++ .c')
    expect(terms('C++17 C#8')).toBe('c++ .c 17 c# .c 8')
    expect(terms('Java/C#/F#')).toBe('java/c# .java .c# .c f# .f')
    expect(terms('结束.net')).toBe('[结束] .net .net')
    expect(terms('the end. Next...')).toBe('the end next')
    expect(terms('.字 .5')).toBe('[字] 5')
  })

  it('leave connectors at an end alone', () => {
    expect(terms('a- -b c, d: (e)')).toBe('a b c d e')
  })

  it('never look inside a decimal or dotted number', () => {
    expect(terms('96.87%')).toBe('96.87% .96.87')
    expect(terms('v3.2.1')).toBe('v3.2.1 .3.2.1')
    expect(terms('192.168.1.1')).toBe('192.168.1.1')
    expect(terms('11.5-12.3%')).toBe('11.5-12.3% .11.5 .12.3% .12.3')
  })

  it('look the same in every width and case', () => {
    expect(terms('９６.８７％')).toBe(terms('96.87%'))
    expect(terms('ＭｃＰ')).toBe(terms('mcp'))
    expect(terms('Café CAFE\u0301')).toBe('cafe cafe')
  })

  it('of absurd length are cut, at a connector where there is one', () => {
    const lengths: number[] = []
    const measure = (text: string) =>
      scan(folder.fold(text), {
        run() {},
        token: (term, _start, _end, kind) => {
          if (kind === TokenKind.whole) lengths.push(term.length)
        },
      })
    measure('x'.repeat(10_000))
    measure(`${'ab/'.repeat(5_000)}ab`)
    expect(Math.max(...lengths)).toBe(64)
    expect(terms(`${'a'.repeat(40)}-${'b'.repeat(40)}`)).toBe(`${'a'.repeat(40)} ${'b'.repeat(40)}`)
  })
})

describe('values', () => {
  it.each([
    ['二〇二四', '2024'],
    ['二零二四年', '2024'],
    ['二○二四', '2024'],
    ['第一百二十条', '120'],
    ['第三条', '3'],
    ['第十条', '10'],
    ['三年', '3'],
    ['两年', '2'],
    ['一百零二', '102'],
    ['三万五千', '35000'],
    ['一亿二千万', '120000000'],
    ['壹佰贰拾', '120'],
    ['百分之九十', '90% 90'],
    ['百分之九十六点八七', '96.87% 96.87'],
    ['百分之百', '100% 100'],
    ['百分之90', '90%'],
    ['百分之零点五', '0.5% 0.5'],
    ['千分之五', '5‰ 0.5% 5'],
    ['万分之三点五', '0.035% 3.5'],
    ['三点五亿', '350000000'],
    ['三萬五千', '35000'],
    ['零点五', '0.5'],
    ['三点一四', '3.14'],
    ['三点一四一五九', '3.14159'],
    ['九十六点八', '96.8'],
    ['一百二十点零五', '120.05'],
    ['一点五倍', '1.5'],
    ['二點五公里', '2.5'],
    ['两点零五个百分点', '2.05'],
    ['第十二条之一', '12'],
  ])('%s says %s', (text, expected) => {
    expect(values(text)).toBe(expected)
  })

  it.each([
    ['4.36万', '43600'],
    ['3.5 万', '35000'],
    ['1.2亿', '120000000'],
    ['5千万', '50000000'],
    ['3.5万亿', '3500000000000'],
    ['24万千瓦', '240000'],
    ['8千', '8000'],
    ['3百人', '300'],
    ['1.5 千米', '1500'],
    ['1亿2000万', '120000000'],
    ['1亿2千万', '120000000'],
    ['12亿3456万', '1234560000'],
    ['3万5千', '35000'],
    ['2万3千5百', '23500'],
    ['8千3百万', '83000000'],
    ['1万5000人', '15000'],
    ['5‰', '0.5%'],
    ['1,234', '1234'],
    ['1,234,567.5', '1234567.5'],
  ])('%s says %s', (text, expected) => {
    expect(values(text)).toBe(expected)
  })

  it.each([
    '一网通办',
    '三农',
    '四川',
    '万一',
    '一些',
    '千万别',
    '十分',
    '百姓',
    '一',
    '十',
    '一一对应',
    '三三两两',
    '一五一十',
    '一二三',
    '二三十',
    '三十几',
    '几十万',
    '数十万',
    '三万五',
    '千百万',
    '三点五',
    '三点零五',
    '零点五分',
    '三点一刻',
    '下午三点一四',
    '八点三个人',
    '第三点一二',
    '两点一线',
    '一点一点地',
    '万分',
    '一下',
    '一定',
    '千万',
    '千万要小心',
    '百度',
    '三亚',
    '九江',
    '十堰',
    '六安',
    '三明',
    '百色',
    '万宁',
    '千岛湖',
    '八卦',
    '五四运动',
    '三国',
    '九章算术',
    '四季',
    '二手',
    '一汽',
    '七夕',
    '零售',
    '两会',
    '亿达',
    '百货',
    '千方百计',
    '万无一失',
    '一日千里',
    '成千上万',
    '九九八十一难',
    '百分比',
    '百分之几',
  ])('%s is a word and no number', (text) => {
    expect(values(text)).toBe('')
  })

  it('do not join what is listed or goes on', () => {
    expect(terms('100，200，300')).toBe('100 200 300')
    expect(values('12345,678')).toBe('')
    for (const text of [
      '3万5',
      '1亿2000',
      '3万5千万',
      '1万2024年',
      '百度2024百度',
      '3千方百计',
      '5千兆',
    ]) {
      expect([text, values(text)]).toEqual([text, ''])
    }
  })

  it('of a date are the same in every writing', () => {
    const date = '2025-03-12'
    expect(values('2025年3月12日')).toBe(`2025-03 ${date}`)
    expect(values('2025 年 3 月 12 日')).toBe(`2025-03 ${date}`)
    expect(values('二〇二五年三月十二日')).toBe(`2025 2025-03 ${date} 3 12`)
    expect(values('二〇二五年3月12日')).toBe(`2025 2025-03 ${date}`)
    expect(values('2025/3/12')).toBe(`${date} 2025-03 2025 3 12`)
    expect(values('2025.03.12')).toBe(`${date} 2025-03 2025 3 12`)
    expect(terms(date)).toBe(`${date} =2025-03 =2025 =3 =12`)
    expect(values('03月02日 05 号')).toBe('3 2 5')
    expect(values('03 12')).toBe('')
    expect(values('2025年13月')).toBe('')
    expect(values('2025-13-12')).toBe('')
  })

  it('mark the number and not its frame', () => {
    expect(marked('依第一百二十条', '120')).toBe('一百二十')
    expect(marked('约４.３６萬人', '43600')).toBe('４.３６萬')
    expect(marked('於二○二五年三月十二日起', '2025-03-12')).toBe('二○二五年三月十二日')
  })
})

describe('stems', () => {
  it('bring forms of an English word together, and meet nothing else', () => {
    expect(terms('running', { stems: true })).toBe('running ~run')
    expect(terms('run', { stems: true })).toBe('run ~run')
    expect(terms('~run', { stems: true })).toBe('run ~run')
    expect(terms('in N95 réunion', { stems: true })).toBe('in n95 .95 reunion ~reunion')
  })
})

describe('order', () => {
  it('is by start, runs before the values inside, wholes before their parts', () => {
    expect(terms('共3.5万元，占百分之五，见A-b')).toBe(
      '[共] 3.5 =35000 [万元] [占百分之五] =5% =5 [见] a-b =ab .a .b',
    )
  })
})

describe('version', () => {
  // Indexes carry the version: change it together with this line whenever tokens change.
  it('is raised when this text is read in another way', () => {
    const text =
      '二○二五年３月，軟體 v3.2.1（C++/.NET）覆蓋百分之九十六點八七；人々 getElementById 1,234.5万 ﾊﾟ ㎡ ﬁ e-mail 3万5千 零点五'
    expect([SCAN_VERSION, terms(text, { stems: true })]).toEqual([
      'scan-4',
      '[二零二五年] =2025 =2025-03 3 [月] [软体] v3.2.1 .3.2.1 c++ .c .net .net ~net ' +
        '[覆盖百分之九十六点八七] =96.87% =96.87 [人人] getelementbyid ~getelementbyid .get ~get ' +
        '.element ~element .by .id 1,234.5 =1234.5 =12345000 [万] [パ] m2 fi ' +
        'e-mail =email ~email .e .mail ~mail 3 =35000 [万] 5 [千] [零点五] =0.5',
    ])
  })
})

describe('a scan without tokens', () => {
  const pieces = fc.constantFrom(
    ...['法', '治', '一', '第三条', '2024', 'a', 'e-mail', '.net', ' ', '，', '.', '+', '-', '%'],
    ...['カ', '𠮷', '\u0301', '\ud842', '１', 'é', '1,234', '#', '〇', '@'],
  )
  const anyText = fc.oneof(
    fc.array(pieces, { maxLength: 20 }).map((drawn) => drawn.join('')),
    fc.string({ unit: 'binary', maxLength: 30 }),
  )
  const runsOf = (text: string, others: object) => {
    const runs: string[] = []
    scan(folder.fold(text), { run: (start, end) => runs.push(`${start}-${end}`), ...others })
    return runs
  }

  it('finds the same runs', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(runsOf(text, {})).toEqual(runsOf(text, { token() {} }))
      }),
      { numRuns: 2000 },
    )
  })
})
