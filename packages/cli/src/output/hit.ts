/**
 * A search hit as a person reads it:
 *
 *  3  关于2024年度法治政府建设情况的报告                        2025-03-12  12.4
 *     一、加强组织领导 › (一)…
 *     …纵深推进法治政府建设,…
 *
 * On a terminal the rows are wrapped, the date and score stand at the right edge and the
 * matches are coloured; piped, every part is one line and carries no marks.
 */
import type { Hit } from '@wenxun/core'
import type { Terminal } from './terminal.js'
import {
  type MarkedText,
  padEnd,
  padStart,
  printable,
  textWidth,
  wrapMarked,
} from './text-width.js'

/** How to show a hit. */
export interface HitLayout {
  /** Cells of the rank column. */
  readonly rankWidth: number
  /** Fields shown on a line of their own, such as `id` or a metadata field. */
  readonly fields: readonly string[]
  /** Whether the hit before is of the same document: its rank and title are not shown again. */
  readonly isNext?: boolean
}

/** The rows of a hit, each ended by a line break. */
export function formatHit(hit: Hit, layout: HitLayout, terminal: Terminal): string {
  const { colors } = terminal
  const indent = ' '.repeat(layout.rankWidth + 2)
  const room = terminal.columns > 0 ? Math.max(20, terminal.columns - indent.length) : 0
  const rows = [
    ...(layout.isNext ? [] : titleRows(hit, room, terminal)),
    ...wrapRows([{ text: hit.heading.map(printable).join(' › '), hit: false }], room, colors.dim),
    ...wrapRows(snippetParts(hit, room > 0), room, (text) => text, markHit(terminal)),
    ...wrapRows([{ text: fieldsRow(hit, layout.fields), hit: false }], room, colors.dim),
  ]
  const rank = colors.bold(padStart(String(hit.rank), layout.rankWidth))
  const first = layout.isNext ? indent : `${rank}  `
  return rows.map((row, i) => `${i === 0 ? first : indent}${row}\n`).join('')
}

/** On a terminal `…` says that the paragraph goes on; a program gets the text alone. */
function snippetParts(hit: Hit, withEllipsis: boolean): MarkedText[] {
  const length = hit.snippet.reduce((sum, { text }) => sum + text.length, 0)
  const ellipsis = (isCut: boolean) => (withEllipsis && isCut ? [{ text: '…', hit: false }] : [])
  return [
    ...ellipsis(hit.snippetStart > 0),
    ...hit.snippet,
    ...ellipsis(hit.snippetStart + length < hit.text.length),
  ]
}

const markHit = (terminal: Terminal) => (text: string) =>
  terminal.colors.bold(terminal.colors.yellow(text))

function titleRows(hit: Hit, room: number, { colors }: Terminal): string[] {
  const title = printable(hit.document.title) || printable(hit.document.id)
  const score = hit.score.toFixed(1)
  const facts = hit.document.date ? `${printable(hit.document.date)}  ${score}` : score
  if (room === 0) return [`${title}  ${facts}`]
  const titleRoom = room - textWidth(facts) - 2
  // Too narrow for two columns: the facts get their own row.
  if (titleRoom < 24) {
    return [...wrapRows([{ text: title, hit: false }], room, colors.bold), colors.dim(facts)]
  }
  const [first = '', ...rest] = wrapRows([{ text: title, hit: false }], titleRoom, String)
  return [
    colors.bold(padEnd(first, titleRoom)) + colors.dim(`  ${facts}`),
    ...rest.map((row) => colors.bold(row)),
  ]
}

type Style = (text: string) => string

/** Rows of styled text; none for an empty text. `room` 0 means one row of any width. */
function wrapRows(
  parts: readonly MarkedText[],
  room: number,
  plain: Style,
  marked: Style = plain,
): string[] {
  const clean = parts
    .map((part) => ({ text: printable(part.text), hit: part.hit }))
    .filter((part) => part.text !== '')
  if (clean.length === 0) return []
  const lines = room === 0 ? [clean] : wrapMarked(clean, room)
  return lines.map((line) => line.map(({ text, hit }) => (hit ? marked : plain)(text)).join(''))
}

/** `id a.txt · city 洛阳市`; fields that the document lacks are left out. */
function fieldsRow(hit: Hit, fields: readonly string[]): string {
  const present = fields.flatMap((field) => {
    const value = fieldValue(hit, field)
    return value === null || value === '' ? [] : [`${field} ${printable(value)}`]
  })
  return present.join(' · ')
}

function fieldValue({ document, paragraph }: Hit, field: string): string | null {
  if (field === 'id' || field === 'title' || field === 'url' || field === 'date') {
    return document[field]
  }
  if (field === 'paragraph') return String(paragraph)
  const value = document.meta[field]
  if (value === undefined) return null
  return Array.isArray(value) ? value.join('、') : String(value)
}
