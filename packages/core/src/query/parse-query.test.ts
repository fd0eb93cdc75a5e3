import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MOST_DEPTH, MOST_OPERATORS, parseQuery } from './parse-query.js'
import { plainClauses } from './plain-query.js'
import { type Clause, printQuery, type QueryNode } from './query.js'

const fields = new Set(['city', 'date', '__proto__'])

/** Clauses as `+text`, `-"quoted"`, `city:value`, `(a ¦ b)`, `[a / b]`. */
function written(clauses: readonly Clause[]): string {
  const sign = { should: '', must: '+', mustNot: '-' }
  return clauses.map(({ occur, node }) => sign[occur] + shown(node)).join(' ¦ ')
}

function shown(node: QueryNode): string {
  if (node.kind === 'all') return `(${written(node.clauses)})`
  if (node.kind === 'any') return `[${node.clauses.map((clause) => written([clause])).join(' / ')}]`
  if (node.kind === 'field') {
    return node.quoted ? `${node.field}:"${node.value}"` : `${node.field}:${node.value}`
  }
  return { plain: node.text, quoted: `"${node.text}"`, prefix: `${node.text}…` }[node.form]
}

const read = (query: string) => written(parseQuery(query, fields))

describe('a query', () => {
  it.each([
    ['法治政府', '法治政府'],
    ['法治 政府　建设', '法治 ¦ 政府 ¦ 建设'],
    ['+法治 -政府', '+法治 ¦ -政府'],
    ['＋法治 －政府', '+法治 ¦ -政府'],
    ['"法治 政府"', '"法治 政府"'],
    ['＂法治＂建设', '"法治" ¦ 建设'],
    ['“法治 政府” 建设', '"法治 政府" ¦ 建设'],
    ['建设"法治"', '建设 ¦ "法治"'],
    ['建设 -"法治"', '建设 ¦ -"法治"'],
    ['建设 -“法治”', '建设 ¦ -"法治"'],
    ['法治 city:洛阳', '法治 ¦ city:洛阳'],
    ['法治 -city：洛阳', '法治 ¦ -city:洛阳'],
    ['city:"洛阳 市" 法', 'city:"洛阳 市" ¦ 法'],
    ['__proto__:x 法', '__proto__:x ¦ 法'],
    ['date:2024..2025', 'date:2024..2025'],
    ['法治 2024..2025-03', '法治 ¦ date:2024..2025-03'],
    ['date:>=2024-03', 'date:>=2024-03'],
    ['web* 法治＊', 'web… ¦ 法治…'],
    ['法治 OR 法制 政府', '[法治 / 法制] ¦ 政府'],
    ['法治 | 法制 ｜ "法 律"', '[法治 / 法制 / "法 律"]'],
    ['+(法治 OR -city:洛阳)', '+([法治 / -city:洛阳])'],
    ['（法治 政府）', '(法治 ¦ 政府)'],
    ['-(法治 (政府 OR 机关))', '-(法治 ¦ ([政府 / 机关]))'],
    ['(a) OR (b c)', '[(a) / (b ¦ c)]'],
  ])('%s reads as its operators say', (query, expected) => {
    expect(read(query)).toBe(expected)
  })

  it.each([
    ['+', '+'],
    ['- +', '- ¦ +'],
    ['--法治', '--法治'],
    ['+-法治', '+-法治'],
    ['"法治', '"法治'],
    ['法治"', '法治"'],
    ['"', '"'],
    ['“', '“'],
    ['“法治”建设', '“法治”建设'],
    ['深化“府院联动”机制', '深化“府院联动”机制'],
    ['e-mail', 'e-mail'],
    ['C++', 'C++'],
    ['时间:10', '时间:10'],
    ['city:', 'city:'],
    [':洛阳', ':洛阳'],
    ['OR', 'OR'],
    ['OR 法治', 'OR ¦ 法治'],
    ['法治 OR', '法治 ¦ OR'],
    ['a|b', 'a|b'],
    ['or 或', 'or ¦ 或'],
    ['（一）加强党的领导', '（一）加强党的领导'],
    ['洛政文(2025)11号', '洛政文(2025)11号'],
    ['f(x) g(', 'f(x) ¦ g('],
    ['(法治', '(法治'],
    ['法治)', '法治)'],
    ['()', '()'],
    ['( )', '( )'],
    ['*', '*'],
    ['**', '**'],
    ['a*b', 'a*b'],
    ['1..10', '1..10'],
    ['2024...', '2024...'],
  ])('%s takes what is no operator as text', (query, expected) => {
    expect(read(query)).toBe(expected)
  })

  it.each([
    ['', ''],
    [' \n\t　', ''],
    ['""', '""'],
  ])('%j reads as %j', (query, expected) => {
    expect(read(query)).toBe(expected)
  })

  const pieces = fc.constantFrom(
    ...[
      '+',
      '－',
      '"',
      '＂',
      '“',
      '”',
      ' ',
      ' ',
      '　',
      ':',
      'city:',
      'date:',
      '2024..2025',
      '*',
      '＊',
    ],
    ...['(', ')', '（', '）', 'OR', ' OR ', '|', '｜', '法治', 'a', '\ud842', '\u0000', '..', '>='],
  )
  const anyText = fc.oneof(
    fc.array(pieces, { maxLength: 40 }).map((drawn) => drawn.join('')),
    fc.string({ unit: 'binary', maxLength: 60 }),
  )

  it('is valid whatever it is, and keeps every letter in order', () => {
    const letters = (text: string) => text.match(/[法治\ud842]/gu)?.join('') ?? ''
    fc.assert(
      fc.property(anyText, (query) => {
        const text = written(parseQuery(query, fields))
        expect(letters(text)).toBe(letters(query))
      }),
      { numRuns: 800 },
    )
  })

  it('without operators is read the same without the parser', () => {
    let plain = 0
    const words = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('法治', 'a', ' ', '　', '\n') },
      {
        weight: 1,
        arbitrary: fc.constantFrom('OR', '|', '-', '＋', '(', '“', '”', '*', '..', ')'),
      },
    )
    const mostlyWords = fc.array(words, { maxLength: 8 }).map((drawn) => drawn.join(''))
    fc.assert(
      fc.property(fc.oneof(anyText, mostlyWords), (query) => {
        const clauses = plainClauses(query)
        if (clauses === null) return
        if (clauses.length > 1) plain++
        expect(clauses).toEqual(parseQuery(query, fields))
      }),
      { numRuns: 3000 },
    )
    expect(plain).toBeGreaterThan(100)
  })

  it.each(['法治政府', '法治 e-mail', '深化“府院联动”机制', '洛政文(2025)11号 WORD', 'a|b or *a'])(
    '%s needs no parser',
    (query) => {
      expect(plainClauses(query)).toEqual(parseQuery(query, fields))
    },
  )

  it.each(['＂ ““', '" “a”', '"a b" “c"', '(“a”) city:"b c"', '“＂ OR "', 'city:" “”'])(
    'printed and read again is the same: %s',
    (query) => {
      const clauses = parseQuery(query, fields)
      expect(parseQuery(printQuery(clauses), fields)).toEqual(clauses)
    },
  )

  it('printed and read again is the same', () => {
    fc.assert(
      fc.property(anyText, (query) => {
        const clauses = parseQuery(query, fields)
        expect(parseQuery(printQuery(clauses), fields)).toEqual(clauses)
      }),
      { numRuns: 1500 },
    )
  })

  it('of 20,000 operators is read at once, and nests no deeper than it may', () => {
    const repeated = [
      '"',
      '"a',
      '“',
      '“ ',
      '+',
      '-"',
      ':',
      'city:',
      '" "',
      '(',
      '+(',
      '(a ',
      ')',
      '|',
      '*',
    ]
    for (const piece of [...repeated, ' OR ', 'a OR ', '(a) ', '“a” ', 'a* ', '2024..2025 ']) {
      const query = piece.repeat(20_000)
      const clauses = parseQuery(query, fields)
      expect(clauses.length).toBeLessThanOrEqual(40_000)
      expect(depthOf(clauses)).toBeLessThanOrEqual(2 * MOST_DEPTH + 2)
      parseQuery(query + ')'.repeat(20_000), fields)
      expect(JSON.stringify(parseQuery(printQuery(clauses), fields))).toBe(JSON.stringify(clauses))
    }
    const nested = `${'('.repeat(20_000)}法治${')'.repeat(20_000)}`
    expect(depthOf(parseQuery(nested, fields))).toBe(MOST_DEPTH)
  })

  it(`has plain words behind ${MOST_OPERATORS} operators`, () => {
    const clauses = parseQuery(`${'+a '.repeat(MOST_OPERATORS)}+b "c d"`, fields)
    expect(written(clauses.slice(-4))).toBe('+a ¦ +b ¦ "c ¦ d"')
  })
})

function depthOf(clauses: readonly Clause[]): number {
  const depths = clauses.map(({ node }) =>
    node.kind === 'all' || node.kind === 'any' ? 1 + depthOf(node.clauses) : 0,
  )
  return depths.reduce((most, depth) => Math.max(most, depth), 0)
}
