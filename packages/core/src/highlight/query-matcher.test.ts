import { Folder } from '@wenxun/tokenizer/scan'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analyzer, open } from '../../../../test/support/notation.js'
import { EvidenceKind } from '../query/evidence.js'
import { findPhrase, type UnitSpan } from '../query/phrase.js'
import type { QueryPlan } from '../query/query-plan.js'
import { charactersOf, type ScannedText, scanText } from '../query/scanned-text.js'
import { QueryMatcher } from './query-matcher.js'
import type { MarkedSpan } from './snippet.js'

const folder = new Folder(analyzer.folds)

/** Vocabulary terms of three and more characters that stand in runs of the query. */
function wordsOf({ runs, standingAt }: QueryPlan): Set<string> {
  const found = new Set<string>()
  for (const run of runs) {
    const characters = charactersOf(run)
    for (let i = 2; i < characters.length; i++) {
      const pair = characters.slice(i - 2, i).join('').length
      const rest = characters.slice(i - 2).join('')
      for (const { term } of standingAt(rest, pair + 1)) found.add(term)
    }
  }
  return found
}

const byPlace = (a: UnitSpan, b: UnitSpan) => a.start - b.start || b.end - a.end

/** The slow twin: every slice of every run of a text, looked up among all terms. */
function matchesSlowly(plan: QueryPlan, source: string): MarkedSpan[] {
  const scanned = scanText(folder, source)
  const found: MarkedSpan[] = []
  const add = ({ start, end }: UnitSpan, value?: number) => {
    const term = scanned.text.slice(start, end)
    found.push({ start, end, term, weight: value ?? plan.values.get(term) ?? 1 })
  }
  for (const span of wholeParts(plan, scanned)) add(span, 1000)
  const asksOnly = plan.evidence.every(({ isQuestion, qualifies }) => isQuestion || !qualifies)
  const ofKind = (kind: EvidenceKind) => {
    const marking = plan.evidence.filter((one) => one.qualifies && (asksOnly || !one.isQuestion))
    return new Set(marking.filter((one) => one.kind === kind).map((one) => one.term))
  }
  const [tokens, prefixes] = [ofKind(EvidenceKind.token), ofKind(EvidenceKind.prefix)]
  for (const token of scanned.tokens) {
    const prefix = [...prefixes].find((one) => token.term.startsWith(one.slice(0, -1)))
    const term = tokens.has(token.term) ? token.term : prefix
    if (term !== undefined) add(token, plan.values.get(term))
  }
  const pairs = ofKind(EvidenceKind.pair)
  const words = wordsOf(plan)
  for (const character of ofKind(EvidenceKind.character)) words.add(character)
  const slices = slicesOf(scanned)
  const isLoose = (term: string) => pairs.has(term) && (plan.wordShares.get(term) ?? 0) < 2
  const isSought = (term: string) => words.has(term) || (pairs.has(term) && !isLoose(term))
  for (const { term, ...span } of slices) if (isSought(term)) add(span)
  const isFree = (unit: number) => !found.some(({ start, end }) => start <= unit && unit < end)
  const loose = slices.filter(({ term, start, end }) => {
    return isLoose(term) && isFree(start) && isFree(end - 1)
  })
  for (const span of loose) add(span)
  const inOriginal = (span: MarkedSpan) => {
    const start = scanned.originalStart(span.start)
    return { ...span, start, end: scanned.originalEnd(span.end) }
  }
  return found.sort(byPlace).map(inOriginal).sort(byPlace)
}

function wholeParts({ parts }: QueryPlan, scanned: ScannedText): UnitSpan[] {
  const phrases = parts.flatMap((part) => [...part.phrases, ...part.alternatives])
  const known = phrases.filter(({ required }) => required !== null)
  return known.flatMap(({ phrase, exact }) => findPhrase(phrase, scanned, exact).flat())
}

/** Every slice of whole characters of every run. */
function slicesOf({ text: folded, runs }: ScannedText): (UnitSpan & { term: string })[] {
  return runs.flatMap((run) => {
    const places = [run.start]
    for (const character of charactersOf(folded.slice(run.start, run.end))) {
      places.push(places.at(-1)! + character.length)
    }
    return places.flatMap((start, i) =>
      places.slice(i + 1).map((end) => ({ start, end, term: folded.slice(start, end) })),
    )
  })
}

const piece = fc.constantFrom(
  ...[
    '法治',
    '法治政府',
    '治政',
    '政府',
    '政',
    '楓橋經驗',
    '枫桥',
    '经验',
    '什么',
    '是',
    '的',
    '怎样',
  ],
  ...[
    '行政复议',
    '复议机关',
    '机关',
    '哈哈',
    '哈哈哈',
    '𠮷',
    '𠮷家',
    '家𠮷法',
    '二〇二四年',
    '十二',
  ],
  ...[
    '2024',
    '2024年',
    'Node.js',
    'wi-fi',
    'é',
    'e\u0301',
    'ß',
    '㎏',
    '\ud842',
    '葛\u{e0100}',
    '々',
  ],
  ...['，', '、', ' ', '。', '…'],
)
const text = fc.array(piece, { minLength: 1, maxLength: 12 }).map((pieces) => pieces.join(''))
const query = fc.oneof(
  text,
  fc.array(text, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' ')),
  text.map((quoted) => `"${quoted}"`),
  fc.tuple(text, text, text).map(([a, b, c]) => `(${a} OR ${b}*) -${c}`),
)

describe('the matches of a query', () => {
  it('are those of looking up every slice of every text', () => {
    const texts = fc.array(text, { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(texts, fc.array(query, { minLength: 1, maxLength: 6 }), (given, queries) => {
        const paragraphs = given.map((one) => ({ text: one }))
        const index = open([{ id: 'a', title: '', paragraphs }])
        for (const asked of queries) {
          const { plan } = index.findRows(asked).prepared
          const matcher = new QueryMatcher(plan)
          for (const one of [...given, asked]) {
            expect(matcher.matches(one, folder)).toEqual(matchesSlowly(plan, one))
          }
        }
      }),
      { numRuns: 120 },
    )
  })

  it('are words of the query where a text has them, whichever text is read first', () => {
    const index = open('a: 行政复议机关受理 | 行政复议法')
    const matcher = new QueryMatcher(index.findRows('行政复议机关是什么').prepared.plan)
    const terms = (one: string) => matcher.matches(one, folder).map(({ term }) => term)
    expect(terms('依行政复议法')).toContain('行政复议')
    expect(terms('行政机关')).not.toContain('行政复议')
    expect(terms('依行政复议法')).toContain('行政复议')
  })

  it('are in order where a character folds to several', () => {
    const index = open('a: ㍻法')
    const matcher = new QueryMatcher(index.findRows('平 成法').prepared.plan)
    const spans = matcher.matches('㍻法', folder).map(({ start, end }) => [start, end])
    expect(spans.slice(0, 1)).toEqual([[0, 2]])
    expect(spans.at(-1)).toEqual([0, 1])
  })

  it('are found in time where query and text repeat one character', () => {
    const index = open(`a: ${'哈'.repeat(4000)}`)
    const { plan } = index.findRows('哈'.repeat(20_000)).prepared
    let asked = 0
    const standingAt: QueryPlan['standingAt'] = (...of) => {
      asked++
      return plan.standingAt(...of)
    }
    const matcher = new QueryMatcher({ ...plan, standingAt })
    expect(matcher.matches('哈'.repeat(4000), folder).length).toBeGreaterThan(0)
    matcher.matches('哈'.repeat(4000), folder)
    expect(asked).toBeLessThanOrEqual(20_000)
  })
})
