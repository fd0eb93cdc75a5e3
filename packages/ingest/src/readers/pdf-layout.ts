/**
 * From pieces of text on pages to paragraphs. A PDF knows no lines and no paragraphs: pieces on
 * one base line are a line, and lines are one paragraph while each reaches the right margin and
 * the next begins at the left one, over the end of a page too.
 */
import type { RemovedLine, Repair } from '../report/types.js'

/** A piece of text; `x` and `y` of its start on the base line, from the page's top left, in points. */
export interface PdfPiece {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly size: number
  /** False for text that is turned or slanted, as a watermark is. */
  readonly isLevel: boolean
}

export interface PdfPage {
  readonly width: number
  readonly height: number
  readonly pieces: readonly PdfPiece[]
}

export interface PdfText {
  /** A paragraph a line; a form feed where a page ends and the paragraph with it. */
  readonly text: string
  /** Page numbers and running heads; `line` is that of the paragraph after them. */
  readonly removed: RemovedLine[]
  readonly repairs: Repair[]
}

interface PdfLine {
  text: string
  readonly start: number
  end: number
  readonly y: number
  readonly size: number
}

/** Where lines start and end on most of the document, in points. */
interface Margins {
  readonly left: number
  readonly right: number
  /** Between base lines. */
  readonly step: number
}

const wide = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef‘’“”…—]/u
const pageNumber =
  /^[-—–－·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[,/，]?\s*(?:共\s*)?\d{1,4}(?:\s*页)?)?[-—–－·\s]*$/
// Shares of the page's height where a page number or running head may stand.
const edge = 0.12
const leastRunning = 3
const indentMark = '\u3000\u3000'
const context = 4
// In ems: a real space between Han is half a character wide or more.
const widestDistance = 0.45
// Shorter lines do not show where the right margin is.
const shortestFull = 10

const isWide = (character: string | undefined) => character !== undefined && wide.test(character)

/** What stands between two pieces of one line: a space, if the gap is one. */
function between(left: string, right: string, gap: number, size: number): string {
  if (/\s$/.test(left) || /^\s/.test(right)) return ''
  const both = isWide(left.at(-1)) && isWide(right[0])
  return gap > size * (both ? 0.6 : 0.2) ? ' ' : ''
}

const looseHan =
  /(?<=[\p{Script=Han}\u3000-\u303f\uff00-\uffef]) (?=[\p{Script=Han}\u3000-\u303f\uff00-\uffef])/gu

/**
 * A piece without the spaces that are only distance: characters set a little apart come as
 * `政 府`. The piece's width tells how wide its spaces are.
 */
function tightened({ text, width, size }: PdfPiece): string {
  const spaces = text.match(/ /g)?.length ?? 0
  if (spaces === 0) return text
  let natural = 0
  for (const character of text)
    if (character !== ' ') natural += isWide(character) ? size : size / 2
  return (width - natural) / spaces < size * widestDistance ? text.replace(looseHan, '') : text
}

/** The lines of a page, in the page's own order; turned text comes last. */
function linesOf({ pieces }: PdfPage): PdfLine[] {
  const lines: PdfLine[] = []
  const ordered = [...pieces.filter((piece) => piece.isLevel), ...pieces.filter((p) => !p.isLevel)]
  for (const piece of ordered) {
    const { x, y, width, size, isLevel } = piece
    const text = tightened(piece)
    // A piece of white space is a distance, and the distance is measured.
    if (text.trim() === '') continue
    const line = lines.at(-1)
    const gap = line ? x - line.end : 0
    const isSame = line && isLevel && Math.abs(y - line.y) < size * 0.5 && gap > -size
    if (isSame) {
      line.text += between(line.text, text, gap, size) + text
      line.end = Math.max(line.end, x + width)
    } else lines.push({ text, start: x, end: x + width, y, size })
  }
  return lines
    .map((line) => ({ ...line, text: line.text.trim() }))
    .filter(({ text }) => text !== '')
}

function mostCommon(values: readonly number[], step: number): number {
  const counts = new Map<number, number>()
  for (const value of values) {
    const key = Math.round(value / step) * step
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), [0, 0])[0]
}

function marginsOf(pages: readonly (readonly PdfLine[])[]): Margins {
  const lines = pages.flat()
  const size =
    mostCommon(
      lines.map((line) => line.size),
      0.5,
    ) || 10
  const body = lines.filter((line) => Math.abs(line.size - size) < size * 0.15)
  const ends = body.map(({ end }) => end).sort((a, b) => a - b)
  const right = ends[Math.floor(ends.length * 0.95)] ?? 0
  // Lines that go on from a full one start at the left margin, whatever indents the others have.
  const steps: number[] = []
  const starts: number[] = []
  for (const page of pages) {
    for (const [i, line] of page.entries()) {
      const before = page[i - 1]
      if (!before || line.y <= before.y) continue
      steps.push(line.y - before.y)
      if (before.end > right - 2 * size) starts.push(line.start)
    }
  }
  const left = mostCommon(starts.length > 0 ? starts : body.map(({ start }) => start), size / 4)
  return { left, right, step: mostCommon(steps, 1) || size * 1.5 }
}

/** Page numbers, and lines that stand at the edge of most pages with at most their digits changed. */
function furnitureOf(
  pages: readonly PdfPage[],
  lines: readonly (readonly PdfLine[])[],
): Map<PdfLine, RemovedLine['reason']> {
  const found = new Map<PdfLine, RemovedLine['reason']>()
  const byForm = new Map<string, PdfLine[]>()
  for (const [i, page] of lines.entries()) {
    const { height } = pages[i]!
    for (const line of page) {
      if (line.y > height * edge && line.y < height * (1 - edge)) continue
      if (pageNumber.test(line.text)) found.set(line, 'page number')
      else {
        const form = line.text.replace(/\d+/g, '#')
        byForm.set(form, [...(byForm.get(form) ?? []), line])
      }
    }
  }
  for (const same of byForm.values()) {
    if (same.length < Math.max(leastRunning, lines.length / 2)) continue
    for (const line of same) found.set(line, 'running head')
  }
  return found
}

/** True when `next` goes on with the paragraph that `line` is in. */
function goesOn(line: PdfLine, next: PdfLine, { left, right, step }: Margins, newPage: boolean) {
  const { size } = line
  const isFull = line.end > right - 2 * size && line.end - line.start > shortestFull * size
  const atMargin = Math.abs(next.start - left) < size * 0.8
  const sameSize = Math.abs(next.size - size) < size * 0.15
  const near = newPage || (next.y > line.y && next.y - line.y < step * 1.6)
  return isFull && atMargin && sameSize && near
}

// Only words are parted by a space; a number or a bracket may be cut by the end of a line.
const seam = (left: string, right: string) =>
  (/[A-Za-z]$/.test(left) && /^[A-Za-z0-9(]/.test(right)) ||
  (/[0-9,.;:)]$/.test(left) && /^[A-Za-z]/.test(right))
    ? ' '
    : ''

/** The text of a document's pages. */
export function layOut(pages: readonly PdfPage[]): PdfText {
  const lines = pages.map(linesOf)
  const furniture = furnitureOf(pages, lines)
  const bodies = lines.map((page) => page.filter((line) => !furniture.has(line)))
  const margins = marginsOf(bodies)
  const writer = new ParagraphWriter(margins)
  for (const page of lines) {
    writer.turnPage()
    for (const line of page) {
      const reason = furniture.get(line)
      if (reason) writer.remove(line.text, reason)
      else writer.add(line)
    }
  }
  return { text: writer.text, removed: writer.removed, repairs: writer.repairs }
}

class ParagraphWriter {
  readonly removed: RemovedLine[] = []
  readonly repairs: Repair[] = []
  private readonly margins: Margins
  private readonly paragraphs: string[] = []
  private last: PdfLine | undefined
  private newPage = false

  constructor(margins: Margins) {
    this.margins = margins
  }

  get text(): string {
    return this.paragraphs.join('\n')
  }

  turnPage(): void {
    this.newPage = this.paragraphs.length > 0
  }

  remove(text: string, reason: RemovedLine['reason']): void {
    this.removed.push({ line: this.paragraphs.length + 1, text, reason })
  }

  add(line: PdfLine): void {
    const { last, newPage } = this
    if (last && goesOn(last, line, this.margins, newPage)) this.join(last.text, line.text)
    else this.paragraphs.push(`${newPage ? '\f' : ''}${this.indentOf(line)}${line.text}`)
    this.last = line
    this.newPage = false
  }

  private join(left: string, right: string): void {
    const glue = seam(left, right)
    const at = this.paragraphs.length - 1
    this.paragraphs[at] += glue + right
    if (!this.newPage) return
    const [before, after] = [left.slice(-context), right.slice(0, context)]
    this.repairs.push({
      line: at + 1,
      kind: 'page break',
      before: `${before}\n${after}`,
      after: before + glue + after,
    })
  }

  private indentOf({ start, size }: PdfLine): string {
    const indent = (start - this.margins.left) / size
    return indent > 1.2 && indent < 3.5 ? indentMark : ''
  }
}
