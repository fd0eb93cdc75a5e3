/** What reading took out of documents, and what it mended, for a person to check. */
import type { RemovedLine, Repair } from '@wenxun/ingest'
import { plural } from '../output/quantity.js'
import type { Terminal } from '../output/terminal.js'
import { printable } from '../output/text-width.js'

/** The account of one document. */
export interface Cleaning {
  readonly path: string
  /** The profile that read it. */
  readonly profile: string
  readonly removed: readonly RemovedLine[]
  readonly repairs: readonly Repair[]
}

const widestReason = 'repeated title'.length

/** A block a document: its path, the lines taken out with the reason, the changes. */
export function formatCleanings(cleanings: readonly Cleaning[], { colors }: Terminal): string {
  if (cleanings.length === 0) return 'Nothing was taken out of the documents or changed in them.\n'
  return cleanings.map((cleaning) => formatCleaning(cleaning, colors)).join('\n')
}

function formatCleaning(
  { path, profile, removed, repairs }: Cleaning,
  colors: Terminal['colors'],
): string {
  const counts = `${plural(removed.length, 'line')} taken out, ${plural(repairs.length, 'repair')}`
  const row = (line: number, kind: string, text: string) =>
    `  ${String(line).padStart(5)}  ${colors.dim(kind.padEnd(widestReason))}  ${text}`
  const rows = [
    ...removed.map(({ line, reason, text }) => ({ line, row: row(line, reason, printable(text)) })),
    ...repairs.map(({ line, kind, before, after }) => ({
      line,
      row: row(line, kind, `${visible(before)} → ${visible(after)}`),
    })),
  ]
  rows.sort((a, b) => a.line - b.line)
  const head = `${colors.bold(printable(path))} (${profile}): ${counts}`
  return [head, ...rows.map((entry) => entry.row)].map((text) => `${text}\n`).join('')
}

/** An excerpt whose line ends can be seen. */
const visible = (excerpt: string) => printable(excerpt.replaceAll('\n', '⏎'))
