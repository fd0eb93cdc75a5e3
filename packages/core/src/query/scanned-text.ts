/** A text after fold and scan, kept as plain values: queries, and paragraphs that were hit. */

import { type Folder, foldToString, scan, type TokenKind } from '@wenxun/tokenizer/scan'

export interface ScannedToken {
  readonly term: string
  readonly start: number
  readonly end: number
  readonly kind: TokenKind
}

export interface ScannedText {
  /** The folded text; all offsets below refer to it. */
  readonly text: string
  /** Gram-script runs, ascending. */
  readonly runs: readonly { readonly start: number; readonly end: number }[]
  readonly tokens: readonly ScannedToken[]
  /** Original UTF-16 offset where a folded unit starts. */
  originalStart(unit: number): number
  /** Original UTF-16 offset behind the folded unit before `unit`. */
  originalEnd(unit: number): number
}

export function foldText(folder: Folder, source: string): string {
  return foldToString(folder.fold(source))
}

/** `withTokens`: false finds the runs only, for a text that is not asked for anything else. */
export function scanText(folder: Folder, source: string, withTokens = true): ScannedText {
  const folded = folder.fold(source)
  const text = foldToString(folded)
  const starts = folded.starts?.slice(0, folded.length) ?? null
  const ends = folded.ends?.slice(0, folded.length) ?? null
  const runs: { start: number; end: number }[] = []
  const tokens: ScannedToken[] = []
  const run = (start: number, end: number) => runs.push({ start, end })
  const token = (term: string, start: number, end: number, kind: TokenKind) =>
    tokens.push({ term, start, end, kind })
  scan(folded, withTokens ? { run, token } : { run })
  return {
    text,
    runs,
    tokens,
    originalStart: (unit) => (starts === null ? unit : starts[unit]!),
    originalEnd: (unit) => (ends === null ? unit : ends[unit - 1]!),
  }
}

/** Characters of a run as slices; astral characters are one. */
export function charactersOf(text: string): string[] {
  return Array.from(text)
}
