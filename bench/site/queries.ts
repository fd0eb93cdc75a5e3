/**
 * Queries for bench/site.ts: seven kinds, drawn from a site's own pages with a fixed seed.
 *
 *   rare        a word that stands on one to three pages
 *   frequent    a word that stands on a tenth of all pages or more
 *   two words   two words of one page, a space between them, neither rare nor frequent
 *   three words the same with three
 *   clause      8 to 16 characters between two punctuation marks
 *   substring   4 to 6 characters cut anywhere
 *   question    a phrase of a page, put into the words of a question
 *
 * Each comes from one page, its source. The truth is literal: pages that hold every part of the
 * query, compared without regard to script, width or the writing of numbers. For questions there is none.
 */
import { createAnalyzer, TokenKind } from '@wenxun/tokenizer'
import { Folder, foldToString } from '@wenxun/tokenizer/scan'
import { sample, seededRandom } from '../random.js'
import { textScanner } from '../scale/completeness.js'
import { type Page, pageText } from './pages.js'

export const SITE_QUERY_KINDS = [
  'rare',
  'frequent',
  'two words',
  'three words',
  'clause',
  'substring',
  'question',
] as const
export type SiteQueryKind = (typeof SITE_QUERY_KINDS)[number]

export interface SiteQuery {
  readonly kind: SiteQueryKind
  readonly text: string
  /** Path of the page it was drawn from. */
  readonly source: string
  /** Paths of the pages that hold it; null for questions. */
  readonly truth: ReadonlySet<string> | null
}

const SEED = 20_251_124
const RARE_PAGES = 3
const FREQUENT_PART = 0.1
/** Pages that are looked at for each query that is wanted. */
const TRIES = 60

const QUESTIONS = [
  (phrase: string) => `什么是${phrase}？`,
  (phrase: string) => `${phrase}有哪些规定？`,
  (phrase: string) => `${phrase}由谁负责？`,
  (phrase: string) => `违反${phrase}怎么处罚？`,
  (phrase: string) => `如何办理${phrase}？`,
] as const

/** About `count` queries, as many of each kind. */
export function siteQueries(pages: readonly Page[], count: number): SiteQuery[] {
  const site = new SiteText(pages)
  return SITE_QUERY_KINDS.flatMap((kind, i) => {
    // The remainder goes to the last kinds but one: 36 queries are 5 of each and 6 substrings.
    const more = count % SITE_QUERY_KINDS.length > SITE_QUERY_KINDS.length - 2 - i && i < 6 ? 1 : 0
    const wanted = Math.floor(count / SITE_QUERY_KINDS.length) + more
    return draw(kind, site, wanted, SEED + i)
  })
}

function draw(kind: SiteQueryKind, site: SiteText, wanted: number, seed: number): SiteQuery[] {
  const random = seededRandom(seed)
  const found: SiteQuery[] = []
  for (const page of sample(site.pages, wanted * TRIES, seed)) {
    if (found.length >= wanted) break
    const text = candidate(kind, site, page, random)
    if (text === null || found.some((query) => query.text === text)) continue
    const truth = kind === 'question' ? null : site.pagesWith(text)
    found.push({ kind, text, source: page.path, truth })
  }
  return found
}

/** A query from this page, or null when it holds none of the kind. */
function candidate(
  kind: SiteQueryKind,
  site: SiteText,
  page: Page,
  random: () => number,
): string | null {
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)]
  const body = page.sections.flatMap(({ texts }) => texts)
  const text = pick(body) ?? ''
  const words = () => site.wordsOf(text)
  const frequent = site.pages.length * FREQUENT_PART
  const isMiddling = (word: string) => {
    const { size } = site.pagesWith(word)
    return size > RARE_PAGES && size < frequent
  }
  switch (kind) {
    case 'rare':
      return words().find((word) => site.pagesWith(word).size <= RARE_PAGES) ?? null
    case 'frequent': {
      const chosen = pick(words())
      return chosen !== undefined && site.pagesWith(chosen).size >= frequent ? chosen : null
    }
    case 'two words':
    case 'three words': {
      const wanted = kind === 'two words' ? 2 : 3
      const chosen = sample(words(), 8, Math.floor(random() * 2 ** 31)).filter(isMiddling)
      return chosen.length < wanted ? null : chosen.slice(0, wanted).join(' ')
    }
    case 'clause':
      return pick(text.match(/(?<=[，。；：])\p{Script=Han}{8,16}(?=[，。；])/gu) ?? []) ?? null
    case 'substring': {
      const run = pick(text.match(/\p{Script=Han}{6,}/gu) ?? [])
      if (run === undefined) return null
      const length = 4 + Math.floor(random() * 3)
      const start = Math.floor(random() * (run.length - length + 1))
      return run.slice(start, start + length)
    }
    case 'question': {
      const phrase = pick(site.phrasesOf(text))
      return phrase === undefined ? null : pick(QUESTIONS)!(phrase)
    }
  }
}

/** The site's texts, folded, and what can be asked of them. */
class SiteText {
  readonly pages: readonly Page[]
  readonly #analyzer = createAnalyzer()
  readonly #folder = new Folder(this.#analyzer.folds)
  readonly #scan: (needle: string) => number[]
  readonly #known = new Map<string, ReadonlySet<string>>()

  constructor(pages: readonly Page[]) {
    this.pages = pages
    // One line a page: the scanner counts lines.
    this.#scan = textScanner(
      pages.map((page) => this.#fold(pageText(page).replaceAll('\n', '\u0001'))),
    )
  }

  /** Paths of the pages that hold every part of a query. */
  pagesWith(query: string): ReadonlySet<string> {
    const known = this.#known.get(query)
    if (known !== undefined) return known
    const [first = [], ...others] = query.split(' ').map((part) => this.#scan(this.#fold(part)))
    const rows = others.reduce((all, some) => {
      const kept = new Set(some)
      return all.filter((row) => kept.has(row))
    }, first)
    const paths = new Set(rows.map((row) => this.pages[row]!.path))
    this.#known.set(query, paths)
    return paths
  }

  /** Different words of two or more Han characters, in order. */
  wordsOf(text: string): string[] {
    const words = this.#tokens(text).map(({ start, end }) => text.slice(start, end))
    return [...new Set(words.filter((word) => /^\p{Script=Han}{2,}$/u.test(word)))]
  }

  /** Two neighbouring words, four to eight characters together. */
  phrasesOf(text: string): string[] {
    const tokens = this.#tokens(text)
    return tokens.slice(1).flatMap((second, i) => {
      const first = tokens[i]!
      const phrase = text.slice(first.start, second.end)
      return first.end === second.start && /^\p{Script=Han}{4,8}$/u.test(phrase) ? [phrase] : []
    })
  }

  #tokens(text: string) {
    return this.#analyzer
      .tokens(text)
      .filter(({ kind, start, end }) => kind === TokenKind.word && end - start > 1)
  }

  #fold(text: string): string {
    return foldToString(this.#folder.fold(text))
  }
}
