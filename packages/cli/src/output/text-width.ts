/**
 * Text on a grid of terminal cells: how wide it is, padding, and lines broken where Chinese
 * and Latin text may break. A full-width character takes two cells.
 */
import { eastAsianWidth } from 'get-east-asian-width'

/** A piece of a line; `hit` pieces are marked. */
export interface MarkedText {
  readonly text: string
  readonly hit: boolean
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const zeroWidth = /^[\p{Cc}\p{Cf}\p{Mn}\p{Me}\p{Cs}]/u
const emoji = /^\p{Emoji_Presentation}|\uFE0F/u
const space = /^\s/u
/** Punctuation that must not begin a line. */
const closing = /^[，。、；：！？）》〉」』】〕〗”’…—,.;:!?)\]}%％℃]/u
/** Punctuation that must not end a line. */
const opening = /^[（《〈「『【〔〖“‘([{]/u

/** Width in terminal cells. Control characters count nothing. */
export function textWidth(text: string): number {
  let width = 0
  for (const { segment } of graphemes.segment(text)) width += graphemeWidth(segment)
  return width
}

function graphemeWidth(grapheme: string): number {
  if (grapheme.length === 1 && grapheme >= ' ' && grapheme <= '~') return 1
  if (emoji.test(grapheme)) return 2
  return zeroWidth.test(grapheme) ? 0 : eastAsianWidth(grapheme.codePointAt(0) as number)
}

/** Fills up with spaces to `width` cells; `width` may be smaller than the text. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)))
}

/** As `padEnd`, with the spaces in front. */
export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - textWidth(text))) + text
}

/** The text, or its beginning and `…` when it is wider than `width` cells. */
export function truncate(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  let cut = ''
  let used = 1
  for (const { segment } of graphemes.segment(text)) {
    used += graphemeWidth(segment)
    if (used > width) break
    cut += segment
  }
  return `${cut}…`
}

/**
 * Makes text safe to print on one line of a terminal: line breaks and control characters
 * (escape sequences in a document included) become spaces, direction overrides disappear.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').replace(/[\u202A-\u202E\u2066-\u2069]/gu, '')
}

/** What may not be torn apart at the end of a line: a Latin word, or a character and its punctuation. */
interface Atom {
  readonly pieces: MarkedText[]
  width: number
}

/**
 * Breaks marked text into lines of at most `width` cells: at spaces and between Chinese
 * characters, never before closing or after opening punctuation, and inside a word only
 * when the word is wider than the line.
 */
export function wrapMarked(parts: readonly MarkedText[], width: number): MarkedText[][] {
  const lines: MarkedText[][] = []
  let line: MarkedText[] = []
  let used = 0
  for (const atom of atoms(parts, width)) {
    if (used > 0 && used + visibleWidth(atom) > width) {
      lines.push(line)
      line = []
      used = 0
    }
    if (used === 0 && isBlank(atom)) continue
    for (const piece of atom.pieces) append(line, piece)
    used += atom.width
  }
  if (line.length > 0) lines.push(line)
  return lines.map(trimLineEnd)
}

function* atoms(parts: readonly MarkedText[], limit: number): Generator<Atom> {
  let atom: Atom = { pieces: [], width: 0 }
  let previous = ''
  for (const part of parts) {
    for (const { segment } of graphemes.segment(part.text)) {
      const width = graphemeWidth(segment)
      if (previous !== '' && (mayBreak(previous, segment) || atom.width + width > limit)) {
        yield atom
        atom = { pieces: [], width: 0 }
      }
      append(atom.pieces, { text: segment, hit: part.hit })
      atom.width += width
      previous = segment
    }
  }
  if (atom.pieces.length > 0) yield atom
}

function mayBreak(before: string, after: string): boolean {
  if (space.test(after)) return false
  if (space.test(before)) return true
  if (closing.test(after) || opening.test(before)) return false
  return graphemeWidth(before) === 2 || graphemeWidth(after) === 2
}

/** Width without the spaces at the end, which may hang over the edge. */
function visibleWidth(atom: Atom): number {
  const last = atom.pieces.at(-1)?.text ?? ''
  return atom.width - textWidth(last) + textWidth(last.trimEnd())
}

const isBlank = (atom: Atom) => atom.pieces.every((piece) => piece.text.trim() === '')

function append(line: MarkedText[], piece: MarkedText): void {
  const last = line.at(-1)
  if (last?.hit === piece.hit) line[line.length - 1] = { ...last, text: last.text + piece.text }
  else line.push(piece)
}

function trimLineEnd(line: MarkedText[]): MarkedText[] {
  const last = line.at(-1)
  return last ? [...line.slice(0, -1), { ...last, text: last.text.trimEnd() }] : line
}
