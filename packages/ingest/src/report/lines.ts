/** The lines of a report, each with its number, its folded twin for the rules, and its layout. */
import { foldForRules } from './fold.js'

export interface Line {
  /** From 1. */
  readonly number: number
  /** Trimmed of white space and invisible characters at both ends. Never empty. */
  readonly text: string
  /** Same length as `text`. */
  readonly folded: string
  /** Columns of white space before the text; a full-width space counts two. */
  readonly indent: number
  /** True when a page ended just before: a form feed or a page number stood there. */
  readonly startsPage: boolean
}

const lineBreak = /(\r\n|[\n\r\f\v\u0085\u2028\u2029])/
const invisible = /[\u200b-\u200f\u2060\ufeff\u00ad]/g

/** A line with new text, its folded twin kept in step. */
export function withText(line: Line, text: string): Line {
  return { ...line, text, folded: foldForRules(text) }
}

/** Splits at every kind of line break; blank lines are left out but counted. */
export function splitLines(text: string): Line[] {
  const lines: Line[] = []
  let number = 1
  let startsPage = false
  // Texts and the breaks after them alternate.
  for (const [i, part] of text.split(lineBreak).entries()) {
    if (i % 2 === 1) {
      // Editors count these as line ends, and no others.
      if (/[\n\r]/.test(part)) number++
      startsPage ||= part === '\f'
      continue
    }
    const visible = part.replace(invisible, '')
    const trimmed = visible.trim()
    if (trimmed === '') continue
    const lead = visible.slice(0, visible.indexOf(trimmed))
    const indent = lead.length + (lead.match(/\u3000/g)?.length ?? 0)
    lines.push({ number, text: trimmed, folded: foldForRules(trimmed), indent, startsPage })
    startsPage = false
  }
  return lines
}
