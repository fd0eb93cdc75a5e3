/** What a build says when it is done. */
import type { Problem } from '@wenxun/ingest'
import { formatBytes, formatDuration, plural } from '../output/quantity.js'
import { formatTable } from '../output/table.js'
import type { Terminal } from '../output/terminal.js'
import { printable, textWidth } from '../output/text-width.js'

export interface DocumentRow {
  readonly title: string
  readonly region: string
  readonly date: string
  readonly paragraphs: number
}

export interface BuildReport {
  readonly path: string
  readonly documents: number
  readonly paragraphs: number
  /** Bytes read, as they lie on disk. */
  readonly sourceBytes: number
  /** Size of the index. */
  readonly bytes: number
  /** Milliseconds. */
  readonly took: number
  readonly problems: readonly Problem[]
  /** The documents, when they are few enough to list. */
  readonly rows: readonly DocumentRow[]
}

const widestRegion = 16
/** With less room for titles, the region goes. */
const leastTitle = 20

/** A summary, and the documents when they are few. */
export function formatReport(report: BuildReport, { colors, columns }: Terminal): string {
  const { documents, paragraphs, sourceBytes, bytes, took, path } = report
  const counts = `Indexed ${plural(documents, 'document')}, ${plural(paragraphs, 'paragraph')}`
  const sizes = `${formatBytes(sourceBytes)} → ${printable(path)}, ${formatBytes(bytes)}`
  const summary = `${colors.bold(counts)} (${sizes}) in ${formatDuration(took)}`
  const skipped = report.problems.length
  const note =
    skipped > 0
      ? [`Skipped: ${plural(skipped, 'item')} (${problemCounts(report.problems)}), named above.`]
      : []
  const [header = '', ...rows] = table(report.rows, columns)
  const list = rows.length > 0 ? ['', colors.dim(header), ...rows] : []
  return [summary, ...note, ...list].map((row) => `${row}\n`).join('')
}

/** `3 encoding, 1 binary`, the most frequent first. */
export function problemCounts(problems: readonly Problem[]): string {
  const counts = new Map<string, number>()
  for (const { code } of problems) counts.set(code, (counts.get(code) ?? 0) + 1)
  const sorted = [...counts].sort((a, b) => b[1] - a[1])
  return sorted.map(([code, count]) => `${count} ${code}`).join(', ')
}

function table(rows: readonly DocumentRow[], columns: number): string[] {
  if (columns === 0) return documentTable(rows)
  const room = columns - widthBesideTitle(rows)
  if (room >= leastTitle) return documentTable(rows, room)
  const withoutRegion = rows.map((row) => ({ ...row, region: '' }))
  return documentTable(withoutRegion, columns - widthBesideTitle(withoutRegion))
}

function documentTable(rows: readonly DocumentRow[], titleWidth?: number): string[] {
  return formatTable(
    [
      { header: 'title', ...(titleWidth && { maxWidth: Math.max(titleWidth, 8) }) },
      { header: 'region', maxWidth: widestRegion },
      { header: 'date' },
      { header: 'paragraphs', align: 'right' },
    ],
    rows.map(({ title, region, date, paragraphs }) => [title, region, date, String(paragraphs)]),
  )
}

/** Cells of the other columns and of the spaces between them. */
function widthBesideTitle(rows: readonly DocumentRow[]): number {
  const widest = (header: string, cells: readonly string[]) => {
    const width = Math.max(...cells.map(textWidth))
    return width === 0 ? 0 : Math.max(width, header.length) + 2
  }
  const region = widest(
    'region',
    rows.map((row) => row.region),
  )
  const date = widest(
    'date',
    rows.map((row) => row.date),
  )
  const paragraphs = widest(
    'paragraphs',
    rows.map((row) => String(row.paragraphs)),
  )
  return Math.min(region, widestRegion + 2) + date + paragraphs
}
