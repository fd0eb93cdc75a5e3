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
/** Behind a single letter, where # belongs to a name: c# and f#, also in c#8 and c/c#. */
const letter = "(?:^|[-/:@&+'._])\\p{L}"
const compound = new RegExp(
  `^\\.?${words}` +
    // Connectors, the comma only in 1,234.
    `(?:(?::\\/\\/|[-/:@&+'._]|(?<!${letter})#|(?<=(?<!\\d)\\d{1,3}|,\\d{3}),(?=\\d{3}(?!\\d)))${words})*` +
    // c++ and c#, also in c++17
    `(?:(?:(?<=\\D)\\+\\+|(?<=${letter})#)(?!(?!\\d)${wordPattern}))?`,
  'u',
)
/** A word that has a stem. */
const plainWord = /^[a-z]{3,}$/

/** Whose parts are names of their own: nobody writes them without their dots. */
const address = /@|:\/\/|^www\./

const joint = /(?<=\p{L})[-_.]|[-_.](?=\p{L})/gu
const initials = /^\p{L}(?:\.\p{L})+$/u

/**
 * A compound as it is also written, in one word: e-mail, wi-fi, covid-19, node.js, u.s.a,
 * user_name. Null where there is no such writing: digits on both sides of a joint (2019-2020),
 * other connectors, more dots than one (www.example.com).
 */
function joinedForm(term: string): string | null {
  if (/^\.|[^-_.\p{L}\p{M}\p{N}]/u.test(term)) return null
  if (term.split('.').length > 2 && !initials.test(term)) return null
  const form = term.replace(joint, '')
  return form === term || /[-_]/.test(form) ? null : form
}

const lastJoint = /[-/:@&+'#._][^-/:@&+'#._]*$/
const word = new RegExp(wordPattern, 'u')

/** What separates parts, the strongest first: connectors twice, then digits, then capitals. */
const levels = [
  /([/:@&']|\+(?!\+?$)|#(?!$))/,
  /([-_]|(?<!\d)\.|\.(?!\d)|\+\+$|#$)/,
  // The quarter of 2024Q1 is q1.
  /((?<=\d\d)\p{L}\d$|\d+(?:[.,]\d+)*)/u,
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
  const isAddress = address.test(whole)
  report(withCapitals(folded, start, whole), start, TokenKind.whole, 0)
  return start + whole.length

  function report(cased: string, from: number, kind: TokenKind, level: number): void {
    const term = text.slice(from, from + cased.length)
    const end = from + term.length
    sink.token(term, from, end, kind)
    if (plainWord.test(term)) sink.token(stemTerm(term), from, end, TokenKind.stem)
    // One word with at most one capital has no parts.
    if (/^\p{L}[a-z]*$/u.test(cased)) return
    const joined = isAddress ? null : joinedForm(term)
    if (joined) {
      sink.token(joined, from, end, TokenKind.value)
      if (plainWord.test(joined)) sink.token(stemTerm(joined), from, end, TokenKind.stem)
    }
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
