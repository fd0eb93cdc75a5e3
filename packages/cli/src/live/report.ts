/** What commands on a live index say when they are done. */
import type { Problem } from '@wenxun/ingest'
import type { CommitReport, LiveStatus } from '@wenxun/node'
import { problemCounts } from '../build/report.js'
import { formatCount, formatDuration, plural } from '../output/quantity.js'
import { stderr } from '../output/terminal.js'
import { printable } from '../output/text-width.js'

export interface LiveReport {
  readonly directory: string
  readonly commit: CommitReport
  readonly status: LiveStatus
  readonly problems: readonly Problem[]
  /** Milliseconds. */
  readonly took: number
}

const listedProblems = 20

/** `Added 3 documents; reports holds 1,204 in 4 segments (120 ms)`. */
export function formatReport({ directory, commit, status, took, problems }: LiveReport): string {
  const { added, removed } = commit
  const wentToo = removed > 0 ? `, removed ${formatCount(removed)}, replaced ones included` : ''
  const changes =
    added > 0
      ? `added ${plural(added, 'document')}${wentToo}`
      : `removed ${plural(removed, 'document')}`
  const holds = `${printable(directory)} holds ${formatCount(status.documents)}`
  const where = `${holds} in ${plural(status.segments, 'segment')}`
  const skipped = problems.length === 0 ? '' : `; skipped ${problemCounts(problems)}`
  const text = `${changes}; ${where}${skipped} (${formatDuration(took)})`
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** The JSON of the contract: field names are kept for good. */
export function reportJson({ directory, commit, status, took, problems }: LiveReport) {
  return {
    index: directory,
    generation: status.generation,
    added: commit.added,
    removed: commit.removed,
    documents: status.documents,
    paragraphs: status.paragraphs,
    segments: status.segments,
    took_ms: Number(took.toFixed(1)),
    problems,
  }
}

export function printProblems(problems: readonly Problem[]): void {
  for (const { message } of problems.slice(0, listedProblems)) {
    stderr.write(`${stderr.colors.yellow('skipped:')} ${printable(message)}\n`)
  }
  const more = problems.length - listedProblems
  if (more > 0) stderr.write(`… and ${plural(more, 'more problem')}; --json lists them all.\n`)
}
