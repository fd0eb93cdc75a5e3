/** Why a document is or is not among the hits, as a person reads it. */
import type { Check, DocumentExplanation } from '@wenxun/core/explain'
import { formatTable } from '../output/table.js'
import type { Terminal } from '../output/terminal.js'

const names: Readonly<Record<Check['kind'], string>> = {
  document: 'document',
  field: 'filter',
  excluded: 'excluded',
  required: 'required',
  words: 'words',
  term: 'term',
  rank: 'rank',
}

/** A verdict, and a row for every check, failed ones first where they decide. */
export function formatDocumentExplanation(
  { document, found, rank, checks }: DocumentExplanation,
  { colors }: Terminal,
): string {
  const verdict = found ? `${document} is number ${rank}` : `${document} is not found`
  const [header = '', ...rows] = formatTable(
    [{ header: '' }, { header: 'check' }, { header: 'of' }, { header: 'found' }],
    checks.map(({ kind, subject, passed, detail }) => [
      passed ? '✓' : '✗',
      names[kind],
      subject,
      detail,
    ]),
  )
  const shown = rows.map((row, i) => (checks[i]?.passed ? row : colors.red(row)))
  return [colors.bold(verdict), colors.dim(header), ...shown].map((row) => `${row}\n`).join('')
}
