/** Aligned columns of text, full-width characters included. */
import { padEnd, padStart, printable, textWidth, truncate } from './text-width.js'

export interface Column {
  readonly header: string
  /** Numbers stand to the right. */
  readonly align?: 'left' | 'right'
  /** Longer cells are cut with `…` when the table is shown on a terminal; cells of width. */
  readonly maxWidth?: number
}

/**
 * Rows of a table, header first, two spaces between columns, no space at the end of a row.
 * Empty columns are left out.
 */
export function formatTable(columns: readonly Column[], rows: readonly string[][]): string[] {
  const shown = columns.flatMap((column, i) => {
    const cells = rows.map((row) => cut(printable(row[i] ?? ''), column.maxWidth))
    const empty = cells.every((cell) => cell === '')
    return empty ? [] : [{ column, cells: [column.header, ...cells] }]
  })
  const aligned = shown.map(({ column, cells }) => {
    const width = Math.max(...cells.map(textWidth))
    const pad = column.align === 'right' ? padStart : padEnd
    return cells.map((cell) => pad(cell, width))
  })
  return Array.from({ length: rows.length + 1 }, (_, row) =>
    aligned
      .map((cells) => cells[row] ?? '')
      .join('  ')
      .trimEnd(),
  )
}

const cut = (cell: string, width: number | undefined) =>
  width === undefined ? cell : truncate(cell, width)
