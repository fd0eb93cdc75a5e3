/**
 * Latin and other alphabetic tokens, numbers and their compounds.
 *
 * A compound is a chain of letters and digits joined by single connectors without spaces:
 * `1+7+n`, `aaa-bbb`, `user@example.com`, `https://…`. It is one whole token; its parts are
 * tokens too. A decimal or dotted number is never taken apart: 96.87% does not hold 87.
 */
import { wordPattern } from '../script.js'
import { type Folded, type ScanSink, TokenKind } from '../types.js'
import { scanAsciiNumber, scanIsoDate } from './number.js'
import { stemTerm } from './stem.js'

/** Longer compounds are cut: hostile text must not become a term of a megabyte. */
const LONGEST = 64

const words = `(?:${wordPattern})+(?:(?<=\\d)[%‰])?`
const compound = new RegExp(
  `^\\.?${words}` +
    // Connectors, the comma only in 1,234.
    `(?:(?::\\/\\/|[-/:@&+'#._]|(?<=(?<!\\d)\\d{1,3}|,\\d{3}),(?=\\d{3}(?!\\d)))${words})*` +
    // c++ and c#
    `(?:(?<=\\D)(?:\\+\\+|(?<=^.)#)(?!${wordPattern}))?`,
  'u',
)
const lastJoint = /[-/:@&+'#._][^-/:@&+'#._]*$/
const word = new RegExp(wordPattern, 'u')

/** What separates parts, the strongest first: connectors twice, then digits, then capitals. */
const levels = [
  /([/:@&+'#])/,
  /([-_]|(?<!\d)\.|\.(?!\d))/,
  /(\d+(?:[.,]\d+)*)/,
  /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u,
]

/** Reports the compound at a letter, a digit or the dot of `.net`; returns its end. */
export function scanCompound(folded: Folded, text: string, start: number, sink: ScanSink): number {
  const window = text.slice(start, start + LONGEST)
  let whole = compound.exec(window)?.[0] ?? window.charAt(0)
  if (whole.length === LONGEST && word.test(text.charAt(start + LONGEST))) {
    whole = whole.replace(lastJoint, '') || whole
  }
  whole = whole.slice(0, commaEnd(folded, start, whole))
  report(withCapitals(folded, start, whole), start, TokenKind.whole, 0)
  return start + whole.length

  function report(cased: string, from: number, kind: TokenKind, level: number): void {
    const term = text.slice(from, from + cased.length)
    const end = from + term.length
    sink.token(term, from, end, kind)
    if (/^[a-z]{3,}$/.test(term)) sink.token(stemTerm(term), from, end, TokenKind.stem)
    // One word with at most one capital has no parts.
    if (/^\p{L}[a-z]*$/u.test(cased)) return
    scanAsciiNumber(text, from, term, sink)
    if (!scanIsoDate(term, from, sink)) parts(cased, from, level)
  }

  function parts(cased: string, from: number, level: number): void {
    if (level === levels.length) return
    let at = from
    for (const piece of cased.split(levels[level]!)) {
      // Single letters and digits are parts only where a sign sets them apart.
      const isPart = level < 2 || piece.length > 1 || /[%‰]$/.test(cased)
      if (piece === cased) parts(piece, at, level + 1)
      else if (isPart && word.test(piece)) report(piece, at, TokenKind.part, level + 1)
      at += piece.length
    }
  }
}

/** Where a compound ends because its comma was a full-width one, which lists numbers. */
function commaEnd({ text, starts }: Folded, start: number, whole: string): number {
  let at = whole.indexOf(',')
  while (at > 0 && text[starts ? starts[start + at]! : start + at] === ',') {
    at = whole.indexOf(',', at + 1)
  }
  return at < 0 ? whole.length : at
}

/** The term as the original wrote it, if only its case was folded; else as it is. */
function withCapitals({ text, starts }: Folded, start: number, term: string): string {
  const end = start + term.length
  let original = starts ? '' : text.slice(start, end)
  if (starts) for (let i = start; i < end; i++) original += text[starts[i]!]
  return original.toLowerCase() === term ? original : term
}
