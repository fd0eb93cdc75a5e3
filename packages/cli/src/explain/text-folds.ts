/** What folding changed in a text, piece by piece, and why. */
import type { Folded } from '@wenxun/tokenizer'

/** Why a piece of text was changed, with the words that tables use for it. */
export const foldReasons = {
  // Traditional, regional or old: OpenCC's and Unicode's forms of one character.
  variant: 'Han variant',
  width: 'width',
  compatibility: 'compatibility form',
  case: 'case',
  diacritics: 'diacritics',
  letter: 'letter form',
  punctuation: 'punctuation',
  repeat: 'repeat mark',
  invisible: 'invisible',
} as const
export type FoldReason = keyof typeof foldReasons

/** A changed piece; offsets are in the original text. */
export interface TextFold {
  readonly start: number
  readonly end: number
  readonly from: string
  /** Empty when the piece disappears. */
  readonly to: string
  readonly reasons: readonly FoldReason[]
}

const han = /^[\p{sc=Han}○◯]+$/u
const halfOrFull = /[\uff00-\uffef]/
const unseen = /[\p{DI}\p{Cf}]|[\u{1f3fb}-\u{1f3ff}]/gu
const blank = /^\s*$/u

/** The pieces that folding changed, in order; white space that became a space is none. */
export function textFolds(folded: Folded): TextFold[] {
  return [...piecesOf(folded)].flatMap(({ start, end, to }) => {
    const from = folded.text.slice(start, end)
    if (from === to || (blank.test(from) && blank.test(to))) return []
    return [{ start, end, from, to, reasons: reasonsOf(from, to) }]
  })
}

type Piece = Pick<TextFold, 'start' | 'end' | 'to'>

/** The text as pieces that folded on their own, those that disappeared included. */
function* piecesOf(folded: Folded): Generator<Piece> {
  const { text, units, length, starts, ends } = folded
  let at = 0
  for (let i = 0; i < length; ) {
    const start = starts?.[i] ?? i
    const end = ends?.[i] ?? i + 1
    let to = ''
    // Units with one span come from one character, and so do the halves of a pair.
    do to += String.fromCharCode(units[i++]!)
    while (i < length && starts?.[i] === start)
    if (start > at) yield { start: at, end: start, to: '' }
    yield { start, end, to }
    at = end
  }
  if (at < text.length) yield { start: at, end: text.length, to: '' }
}

/** Which rules lead from one form to the other, found by applying them one after the other. */
function reasonsOf(from: string, to: string): FoldReason[] {
  if (to === '') return ['invisible']
  if (/^[々〻]/.test(from)) return ['repeat']
  const reasons: FoldReason[] = []
  let form = from.normalize('NFC')
  const step = (reason: FoldReason, next: string) => {
    if (form === to || next === form) return
    reasons.push(reason)
    form = next
  }
  step('invisible', form.replace(unseen, ''))
  step(halfOrFull.test(form) ? 'width' : 'compatibility', form.normalize('NFKC'))
  step('case', form.toLowerCase())
  step(
    'diacritics',
    form
      .normalize('NFD')
      .replace(/\p{M}+/gu, '')
      .normalize('NFC'),
  )
  if (han.test(form)) step('variant', to)
  else step(/\p{L}/u.test(form) ? 'letter' : 'punctuation', to)
  return reasons.length > 0 ? reasons : ['compatibility']
}
