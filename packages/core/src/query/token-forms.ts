/** The ways to read a query part that has tokens; see `phrasesOf`. */

import { TokenKind } from '@wenxun/tokenizer/scan'
import type { ScannedText, ScannedToken } from './scanned-text.js'

/** A run or a token at its place in the query's folded text. */
export interface Piece {
  readonly term: string
  readonly isRun: boolean
  readonly start: number
  readonly end: number
}

/** As it stands, with compound tokens taken apart, with values in place of numerals. */
export function tokenForms(scanned: ScannedText, runs: readonly Piece[]): Piece[][] {
  const wholes = scanned.tokens.filter(({ kind }) => kind === TokenKind.whole)
  const literal = [...runs, ...wholes.map(tokenPiece)].sort((a, b) => a.start - b.start)
  const apart = takenApart(scanned, literal)
  const valued = withValues(scanned, literal)
  return [literal, apart, valued].filter((form) => form !== null)
}

function tokenPiece({ term, start, end }: ScannedToken): Piece {
  return { term, isRun: false, start, end }
}

/** `beet-root` also as `beet` `root`: the parts that a compound consists of. */
function takenApart({ tokens }: ScannedText, literal: readonly Piece[]): Piece[] | null {
  let changed = false
  const pieces = literal.flatMap((piece) => {
    if (piece.isRun) return [piece]
    const parts: Piece[] = []
    for (const token of tokens) {
      if (token.kind !== TokenKind.part) continue
      if (token.start < piece.start || token.end > piece.end) continue
      if (token.start >= (parts.at(-1)?.end ?? piece.start)) parts.push(tokenPiece(token))
    }
    if (parts.length < 2) return [piece]
    changed = true
    return parts
  })
  return changed ? pieces : null
}

/** 二〇二四年 also as `2024` 年: values take the place of the numerals they were read from. */
function withValues({ text, tokens }: ScannedText, literal: readonly Piece[]): Piece[] | null {
  const values = tokens
    .filter(({ kind }) => kind === TokenKind.value)
    .sort((a, b) => a.start - b.start || b.end - a.end)
  if (values.length === 0) return null
  const chosen: ScannedToken[] = []
  for (const value of values) {
    if (value.start >= (chosen.at(-1)?.end ?? 0)) chosen.push(value)
  }
  const pieces: Piece[] = chosen.map(tokenPiece)
  for (const piece of literal) pieces.push(...outside(text, piece, chosen))
  return pieces.sort((a, b) => a.start - b.start)
}

/** What the chosen values leave of a piece. A token that overlaps a value is dropped whole. */
function outside(text: string, piece: Piece, chosen: readonly ScannedToken[]): Piece[] {
  const hidden = chosen.filter(({ start, end }) => start < piece.end && end > piece.start)
  if (hidden.length === 0) return [piece]
  if (!piece.isRun) return []
  const left: Piece[] = []
  let from = piece.start
  for (const { start, end } of [...hidden, { start: piece.end, end: piece.end }]) {
    if (start > from)
      left.push({ term: text.slice(from, start), isRun: true, start: from, end: start })
    from = Math.max(from, end)
  }
  return left
}
