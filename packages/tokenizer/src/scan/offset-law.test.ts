/**
 * The law of offsets over generated texts: what a token marks in the original is exactly what
 * it was found by, and never a part of a character. Seeded; a failure prints its text.
 */
import { describe, expect, it } from 'vitest'
import { Folder, foldToString } from '../fold/folder.js'
import { fullFolds } from '../fold/folds.js'
import type { Folded } from '../types.js'
import { scan } from './scan.js'

const TEXTS = 100_000

/** Whatever makes folding change lengths or look at neighbours, in bites. */
const bites = [
  ...'法治政府建设网络软体軟體髮發后後裏里乾干着著龍龙台臺颱',
  ...'\u{20bb7}\u{29e6b}\u{2a6a5}颾\u{2f800}\uf900\ufa10⽔⻋々〻々',
  ...'二〇○零一九十百千万亿萬两點点第條条年月日号分之壹贰',
  ..."0123456789２０２４％.,-/:+@#'_&%．，",
  ...'ａＢｚXyZéÉñßİıſﬁﬃ㎡㏠㍿½①Ⅳ™℃ΣςЙёÅ',
  ...'かがガｶ\uff9eﾊ\uff9fー゛한ㄱㄅ',
  ...'（）【】〔〕“”「」《》、。！…—～·',
  'getElementById',
  'running',
  'e\u0301',
  'a\u0323\u0302',
  'か\u3099',
  'か\u309a',
  '\u1112\u1161\u11ab',
  '葛\u{e0100}',
  '字\ufe00',
  '々\ufe00',
  '👩\u200d👩\u200d👧',
  '👍\u{1f3fd}',
  '❤\ufe0f',
  '🇨🇳',
  '1\ufe0f\u20e3',
  '🏴\u{e0067}\u{e0062}\u{e007f}',
  'กำ',
  'क्षि',
  'שׁ',
  'عَرَبِي',
  '\u060012',
  ' ',
  '\r\n',
  '\n',
  '\t',
  '\u0000',
  '\u200b',
  '\u200c',
  '\u200d',
  '\u00ad',
  '\ufeff',
  '\u202e',
  '\u2066',
  '\u2069',
  '\u0301',
  '\ud842',
  '\udfb7',
]

/** Mulberry32: 32 bits of state, the same numbers everywhere. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function* generate(count: number, seed: number): Generator<string> {
  const random = seeded(seed)
  for (let i = 0; i < count; i++) {
    let text = ''
    for (let left = 1 + Math.floor(random() * 10); left > 0; left--) {
      text += bites[Math.floor(random() * bites.length)]
    }
    yield text
  }
}

interface Found {
  readonly term: string | null
  readonly start: number
  readonly end: number
}

function tokensOf(folded: Folded): Found[] {
  const found: Found[] = []
  scan(folded, {
    run: (start, end) => found.push({ term: null, start, end }),
    token: (term, start, end) => found.push({ term, start, end }),
  })
  return found
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

const copy = (folded: Folded): Folded => ({ ...folded, units: folded.units.slice() })
const startOf = (folded: Folded, at: number) => (folded.starts ? folded.starts[at]! : at)
const endOf = (folded: Folded, at: number) => (folded.ends ? folded.ends[at]! : at + 1)
const quote = (text: string) => JSON.stringify(text)

/** What breaks the law in one text; empty when it holds. */
function violations(folder: Folder, text: string): string[] {
  const folded = copy(folder.fold(text))
  const whole = foldToString(folded)
  const breaks = new Set([text.length])
  for (const { index } of graphemes.segment(text)) breaks.add(index)
  const wrong: string[] = []
  if (foldToString(folder.fold(whole)) !== whole) wrong.push(`fold(fold) ${quote(whole)}`)
  let last = 0
  for (const { term, start, end } of tokensOf(folded)) {
    const from = startOf(folded, start)
    const to = endOf(folded, end - 1)
    const name = `${quote(term ?? 'run')} at ${start}-${end} from ${from}-${to}`
    if (!(start < end && start >= last)) wrong.push(`${name}: out of order`)
    last = start
    if (!breaks.has(from) || !breaks.has(to)) wrong.push(`${name}: splits a grapheme`)
    const again = foldToString(folder.fold(text.slice(from, to)))
    const isWhole =
      (start === 0 || startOf(folded, start - 1) !== from) &&
      (end === folded.length || endOf(folded, end) !== to)
    const slice = whole.slice(start, end)
    if (isWhole ? again !== slice : !again.includes(slice)) wrong.push(`${name}: ${quote(again)}`)
  }
  return wrong
}

describe('offsets', () => {
  it(`hold in ${TEXTS} generated texts: slices fold to their tokens, no grapheme is split`, () => {
    const folder = new Folder(fullFolds)
    const failures: string[] = []
    let tokens = 0
    for (const text of generate(TEXTS, 20251)) {
      const wrong = violations(folder, text)
      if (wrong.length > 0) failures.push(`${quote(text)}: ${wrong.join('; ')}`)
      tokens += tokensOf(folder.fold(text)).length
    }
    expect(failures.slice(0, 10)).toEqual([])
    // The generator must not have degenerated into texts without tokens.
    expect(tokens).toBeGreaterThan(2 * TEXTS)
  }, 120_000)
})
