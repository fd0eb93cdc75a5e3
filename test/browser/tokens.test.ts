/**
 * The same everywhere: Chromium finds the tokens and the hits that Node finds, from the built
 * packages, on a page whose policy allows no evaluated code.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openIndex, type SearchOptions } from '@wenxun/core'
import { createAnalyzer } from '@wenxun/tokenizer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { build } from '../support/notation.js'
import { Random } from '../support/random.js'
import { openSeeds } from '../support/seeds.js'
import { findChromium, openStrictPage, type StrictPage } from './chromium.js'

const dictionaryFile = new URL('../../packages/tokenizer/data/dictionary.bin', import.meta.url)
const textBytes = 1 << 20
const seed = 20_260_101

/** What the page's script offers. Bytes travel as Base64: the page may load nothing. */
interface PageApi {
  fingerprint(dictionary: string): string
  tokens(dictionary: string, texts: string[]): string[]
  search(index: string, queries: readonly Query[]): string[]
  evaluatesCode(): boolean
}

type Query = readonly [query: string, options?: SearchOptions]

const script = `
  import { createAnalyzer } from '@wenxun/tokenizer'
  import { openIndex } from '@wenxun/core'
  const bytes = (base64) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
  const analyzers = new Map()
  const analyzer = (dictionary) => {
    if (!analyzers.has(dictionary)) {
      analyzers.set(dictionary, createAnalyzer({ dictionary: bytes(dictionary) }))
    }
    return analyzers.get(dictionary)
  }
  const api = {
    fingerprint: (dictionary) => analyzer(dictionary).fingerprint,
    tokens: (dictionary, texts) =>
      texts.map((text) => JSON.stringify(analyzer(dictionary).tokens(text))),
    search: (index, queries) => {
      const opened = openIndex(bytes(index))
      return queries.map(([query, options]) => JSON.stringify(opened.search(query, options)))
    },
    evaluatesCode: () => {
      try {
        return new Function('return true')()
      } catch {
        return false
      }
    },
  }
  // In a task of their own: the debugger's calls are exempt from the page's policy.
  const nextTask = () => new Promise((resolve) => setTimeout(resolve))
  globalThis.wenxun = Object.fromEntries(
    Object.entries(api).map(([name, method]) => [
      name,
      (...values) => nextTask().then(() => method(...values)),
    ]),
  )
`

const queries: Query[] = [
  ...[
    '法治政府建设',
    '法治政府建設',
    '楓橋經驗',
    '二〇二四年',
    '2024年',
    '府',
    '行政复议 化解',
  ].map((query) => [query] as const),
  ...['"一网通办"', '+行政 -复议', '如何推进依法行政？', '96.87%', 'fazhizhengfu', 'fzzf'].map(
    (query) => [query] as const,
  ),
  ...['資訊公開', '软件', '法制政府', 'MCP', '没有这样的词组', '', '，。'].map(
    (query) => [query] as const,
  ),
  ['行政执法', { limit: 50, offset: 5, snippetLength: 40 }],
  ['政府', { sort: 'date:desc', limit: 30 }],
]

const chromiumPath = findChromium()
const title = chromiumPath ?? 'SKIPPED: no Chromium on the PATH or in CHROMIUM_PATH'
if (chromiumPath === null) console.log(title)

describe.skipIf(chromiumPath === null)(`Node and Chromium (${title})`, () => {
  const dictionary = readFileSync(fileURLToPath(dictionaryFile))
  const base64 = dictionary.toString('base64')
  let strict: StrictPage

  beforeAll(async () => {
    strict = await openStrictPage(chromiumPath!, script)
  })

  afterAll(() => strict?.close())

  /** Calls the page's script. */
  function ask<Name extends keyof PageApi>(
    name: Name,
    ...parameters: Parameters<PageApi[Name]>
  ): Promise<ReturnType<PageApi[Name]>> {
    return strict.page.evaluate(
      ([method, values]) => {
        const { wenxun } = globalThis as unknown as {
          wenxun: Record<string, (...values: unknown[]) => Promise<unknown>>
        }
        return wenxun[method]!(...values)
      },
      [name as string, parameters as unknown[]] as const,
    ) as Promise<ReturnType<PageApi[Name]>>
  }

  it('the page evaluates no code of its own', async () => {
    expect(await ask('evaluatesCode')).toBe(false)
  })

  it(`find the same tokens in 1 MB of mixed text, seed ${seed}`, async () => {
    const analyzer = createAnalyzer({ dictionary })
    expect(await ask('fingerprint', base64)).toBe(analyzer.fingerprint)
    const { paragraphs } = await openSeeds()
    const seedTexts = paragraphs.map(({ text }) => text)
    const texts = mixedTexts(new Random(seed), seedTexts, textBytes)
    const inChromium = await ask('tokens', base64, texts)
    expect(inChromium.length).toBe(texts.length)
    let count = 0
    for (const [i, text] of texts.entries()) {
      const tokens = analyzer.tokens(text)
      count += tokens.length
      const inNode = JSON.stringify(tokens)
      // Compared as strings first: a deep comparison of all tokens takes seconds.
      if (inNode !== inChromium[i]) {
        expect([text, JSON.parse(inChromium[i]!)]).toEqual([text, tokens])
      }
    }
    expect(count).toBeGreaterThan(100_000)
  })

  it('find the same hits with the same scores, marks, snippets and suggestions', async () => {
    const bytes = build((await openSeeds()).documents)
    const index = openIndex(bytes)
    const inChromium = await ask('search', Buffer.from(bytes).toString('base64'), queries)
    const results = inChromium.map((json) => JSON.parse(json))
    const inNode = queries.map(([query, options]) => index.search(query, options))
    expect(results).toEqual(JSON.parse(JSON.stringify(inNode)))
    const found = results.filter(({ total }) => total > 0)
    expect(found.length).toBeGreaterThan(queries.length / 2)
  })
})

const pieces = [
  ...['軟體', '資訊網路', '乾燥', '以後', '颱風', '裏面', '髮', '説明', '発展', '\u{20bb7}野家'],
  ...[
    '\u{2a6a5}',
    '颾',
    '\uf9dd',
    '⽔',
    '人々',
    '二〇二四年',
    '第一百二十条',
    '百分之九十六点八七',
  ],
  ...[
    '4.36万',
    '２０２５－０３－１２',
    '2025/3/12',
    '〔2025〕11号',
    '1,234.5',
    '９６.８７％',
    '3.5亿',
  ],
  ...['MCP管理', '24口交换机', 'getElementById', 'XMLHttpRequest', 'C++', '.NET', '1+7+N'],
  ...['v3.2.1', 'li.ming@example.com', 'https://www.example.org/a_b', 'running', 'cafe\u0301'],
  ...['Straße', 'ＡＢｃ', 'ﬁﬃ', '㎡㏠', '①Ⅳ', 'İı', 'Ελληνικά', 'Привет', 'naïve'],
  ...['東京タワー', 'ﾊﾟﾅｿﾆｯｸ', 'か\u3099', '서울', '\u1112\u1161\u11ab', 'ㄅㄆ', 'ไทย', 'हिन्दी'],
  ...[
    'עברית',
    'عَرَبِي',
    '\u202e',
    '\u2066',
    '👩\u200d👩\u200d👧',
    '👍\u{1f3fd}',
    '🇨🇳',
    '葛\u{e0100}',
  ],
  ...[
    '，',
    '。',
    '、',
    '“',
    '”',
    '（',
    '）',
    '—',
    '…',
    ' ',
    '\t',
    '\r\n',
    '\u200b',
    '\u00ad',
    '\ufeff',
  ],
]

/** Slices of real text with whatever is hard between them, about `bytes` of UTF-8. */
function mixedTexts(random: Random, sources: readonly string[], bytes: number): string[] {
  const texts: string[] = []
  for (let left = bytes; left > 0; ) {
    let text = ''
    for (let parts = random.int(1, 20); parts > 0; parts--) {
      text += random.chance(0.5) ? random.pick(pieces) : slice(random, random.pick(sources))
    }
    texts.push(text)
    left -= Buffer.byteLength(text)
  }
  return texts
}

/** Whole characters only: half a surrogate pair does not survive the way into the page. */
function slice(random: Random, source: string): string {
  const characters = [...source]
  const from = random.int(0, Math.max(1, characters.length - 1))
  return characters.slice(from, from + random.int(1, 40)).join('')
}
