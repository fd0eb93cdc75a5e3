/**
 * Query sets for the benches, drawn with fixed seeds.
 *
 *   words       laws: 300 one-to-three-word queries, rare to frequent; seeds: words of the text
 *   substrings  laws: 500 Han substrings of 2-8 characters cut anywhere; seeds: the same way
 *   questions   laws: a sample of the questions of cmrc_sent; seeds: written for the reports
 *   phrases     three words in a row as they stand in a paragraph, in quotes
 *   prefix      the first two characters of longer words, with `*`: 法治*
 *   typing      what has been typed of a phrase before it is complete
 *   filters     words, with a filter on the field `kind` (laws) or `region` (seeds)
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createAnalyzer, TokenKind } from '@wenxun/tokenizer'
import type { Corpus } from './corpus.js'
import { sample, seededRandom } from './random.js'
import { readQueries } from './relevance/collection.js'

export const QUERY_SEED = 20_241_122

export const QUERY_KINDS = [
  'words',
  'questions',
  'substrings',
  'phrases',
  'prefix',
  'typing',
  'filters',
] as const
export type QueryKind = (typeof QUERY_KINDS)[number]

export interface BenchQuery {
  readonly kind: QueryKind
  /** In our query language. */
  readonly text: string
  /** The same without quotes and operators. */
  readonly bare: string
  readonly filter?: Readonly<Record<string, string>>
}

export type QuerySets = Readonly<Record<QueryKind, readonly BenchQuery[]>>

export const QUESTION_COUNT = 300

const SEED_QUESTIONS = [
  '洛阳市2024年行政机关负责人出庭应诉率是多少？',
  '如何推进法治政府建设？',
  '12345热线受理了多少件诉求？',
  '行政复议案件有哪些变化？',
  '什么是枫桥经验？',
  '怎样落实双随机、一公开监管？',
  '府院联动机制是如何运行的？',
  '一网通办改革取得了什么成效？',
  '规范性文件备案审查怎么做？',
  '如何提高执法人员的能力？',
  '下一年法治工作有哪些安排？',
  '矛盾纠纷是如何化解的？',
  '重大行政决策要经过哪些程序？',
  '存在哪些不足和问题？',
]

/** The query sets of a corpus. Reads the laws' sets from `folder` when the corpus is the laws. */
export function querySets(corpus: Corpus, folder: string): QuerySets {
  const ofLaws = corpus.name !== 'seeds' && corpus.name !== 'made'
  const phrases = phraseTexts(corpus.texts, 300)
  const words = ofLaws ? fromFile(folder, 'laws/queries-words.jsonl') : wordTexts(corpus.texts, 150)
  const filter: Record<string, string> = ofLaws ? { kind: '条例' } : { region: '洛阳市' }
  const questions = ofLaws ? questionTexts(folder) : SEED_QUESTIONS
  const substrings = ofLaws
    ? fromFile(folder, 'laws/queries-substrings.jsonl')
    : substringTexts(corpus.texts, 300)
  return {
    words: plain('words', words),
    questions: plain('questions', questions),
    substrings: plain('substrings', substrings),
    phrases: phrases.map((bare) => ({ kind: 'phrases', text: `"${bare}"`, bare })),
    prefix: prefixTexts(corpus.texts, 150).map((bare) => ({
      kind: 'prefix',
      text: `${bare}*`,
      bare,
    })),
    typing: plain(
      'typing',
      phrases.map((text) => text.slice(0, 1 + (text.length >> 1))),
    ),
    filters: plain('filters', words).map((query) => ({ ...query, filter })),
  }
}

/** A query without operators. */
export function plainQuery(kind: QueryKind, text: string): BenchQuery {
  return { kind, text, bare: text }
}

/** `count` queries of each kind, drawn with the common seed; all where there are fewer. */
export function fewerQueries(sets: QuerySets, count: number): QuerySets {
  const few = (kind: QueryKind) => sample(sets[kind], count, QUERY_SEED)
  return {
    words: few('words'),
    questions: few('questions'),
    substrings: few('substrings'),
    phrases: few('phrases'),
    prefix: few('prefix'),
    typing: few('typing'),
    filters: few('filters'),
  }
}

function plain(kind: QueryKind, texts: readonly string[]): BenchQuery[] {
  return texts.map((text) => plainQuery(kind, text))
}

function fromFile(folder: string, path: string): string[] {
  return readQueries(join(folder, path)).map(({ text }) => text)
}

function questionTexts(folder: string): string[] {
  const path = 'relevance/cmrc_sent/queries.jsonl'
  if (!existsSync(join(folder, path))) return []
  return sample(fromFile(folder, path), QUESTION_COUNT, QUERY_SEED)
}

/** How many texts the draw of prefixes looks at: enough for words of every frequency. */
const PREFIX_TEXTS = 2000

/** The first two characters of different words of three or more. */
function prefixTexts(texts: readonly string[], count: number): string[] {
  const analyzer = createAnalyzer()
  const starts = sample(texts, PREFIX_TEXTS, QUERY_SEED).flatMap((text) =>
    analyzer
      .tokens(text)
      .filter(({ term, kind }) => kind === TokenKind.word && /^\p{Script=Han}{3,}$/u.test(term))
      .map(({ term }) => [...term].slice(0, 2).join('')),
  )
  return sample([...new Set(starts)], count, QUERY_SEED)
}

/** Words of two or more characters, each paragraph as likely to give one. */
function wordTexts(texts: readonly string[], count: number): string[] {
  const analyzer = createAnalyzer()
  const words = texts.flatMap((text) =>
    analyzer
      .tokens(text)
      .filter(({ term, kind }) => kind === TokenKind.word && term.length > 1)
      .map(({ term }) => term),
  )
  return sample([...new Set(words)], count, QUERY_SEED)
}

/** Slices over three neighbouring words of random paragraphs. */
function phraseTexts(texts: readonly string[], count: number): string[] {
  const analyzer = createAnalyzer()
  const random = seededRandom(QUERY_SEED)
  const chosen = sample(texts, count * 2, QUERY_SEED)
  const phrases = chosen.flatMap((text) => {
    const words = analyzer.tokens(text).filter(({ kind }) => kind === TokenKind.word)
    const at = Math.floor(random() * (words.length - 2))
    const [first, middle, last] = words.slice(at, at + 3)
    if (first === undefined || middle === undefined || last === undefined) return []
    return first.end === middle.start && middle.end === last.start
      ? [text.slice(first.start, last.end)]
      : []
  })
  return phrases.slice(0, count)
}

/** Han substrings of 2-8 characters cut anywhere. */
function substringTexts(texts: readonly string[], count: number): string[] {
  const random = seededRandom(QUERY_SEED)
  const found: string[] = []
  const runs = texts.flatMap((text) => text.match(/\p{Script=Han}{2,}/gu) ?? [])
  while (found.length < count && runs.length > 0) {
    const run = runs[Math.floor(random() * runs.length)]!
    const length = Math.min(run.length, 2 + Math.floor(random() * 7))
    const start = Math.floor(random() * (run.length - length + 1))
    found.push(run.slice(start, start + length))
  }
  return found
}
