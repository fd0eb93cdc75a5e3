/** What `wenxun site` says when it is done. */
import type { Problem } from '@wenxun/ingest'
import { problemCounts } from '../build/report.js'
import { formatBytes, formatDuration, plural } from '../output/quantity.js'
import type { Terminal } from '../output/terminal.js'
import { printable } from '../output/text-width.js'
import type { BundleChange } from './bundle-folder.js'
import type { LeftOutPage } from './site-indexing.js'

export interface SiteReport extends BundleChange {
  readonly site: string
  readonly bundle: string
  readonly pages: number
  readonly paragraphs: number
  /** Bytes of the pages read. */
  readonly sourceBytes: number
  /** Bytes of the search box among those of the bundle; 0 without it. */
  readonly uiBytes: number
  /** Milliseconds. */
  readonly took: number
  readonly leftOut: readonly LeftOutPage[]
  readonly filters: readonly string[]
  readonly languages: ReadonlyMap<string, number>
  readonly weighted: number
  readonly problems: readonly Problem[]
  /** Address of the bundle's folder on the site, as the pages write it. */
  readonly address: string
}

const reasons: Readonly<Record<LeftOutPage['reason'], string>> = {
  unmarked: 'without data-pagefind-body, which others have',
  ignored: 'asking to be ignored',
  'no-root': 'without the root selector',
  redirect: 'leading elsewhere',
  empty: 'without text',
}

/** A summary for a person, and what to put on the pages. */
export function formatSiteReport(report: SiteReport, { colors }: Terminal): string {
  const { pages, paragraphs, sourceBytes, bundle, bytes, uiBytes, files, took } = report
  const counts = `Indexed ${plural(pages, 'page')}, ${plural(paragraphs, 'paragraph')}`
  const ui = uiBytes > 0 ? ` with ${formatBytes(uiBytes)} of search box` : ''
  const size = `${formatBytes(bytes)} in ${plural(files, 'file')}${ui}`
  const sizes = `${formatBytes(sourceBytes)} of HTML → ${printable(bundle)}, ${size}`
  const lines = [
    `${colors.bold(counts)} (${sizes}) in ${formatDuration(took)}`,
    `Files: ${report.written} new or changed, ${report.removed} outdated taken away.`,
    ...leftOutLine(report.leftOut),
    ...(report.filters.length > 0 ? [`Filters: ${report.filters.map(printable).join(', ')}`] : []),
    ...weightLine(report.weighted),
    ...problemLine(report.problems),
    ...(uiBytes > 0 ? ['', colors.dim('On the pages:'), ...markup(report)] : []),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

function leftOutLine(leftOut: readonly LeftOutPage[]): string[] {
  if (leftOut.length === 0) return []
  const counts = new Map<LeftOutPage['reason'], number>()
  for (const { reason } of leftOut) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  const parts = [...counts].map(([reason, count]) => `${count} ${reasons[reason]}`)
  return [`Left out: ${plural(leftOut.length, 'page')} (${parts.join('; ')}).`]
}

const weightLine = (weighted: number) =>
  weighted === 0 ? [] : [`Weighted: ${plural(weighted, 'paragraph')}.`]

const problemLine = (problems: readonly Problem[]) =>
  problems.length === 0
    ? []
    : [`${plural(problems.length, 'problem')} (${problemCounts(problems)}), named above.`]

function markup({ address, filters }: SiteReport): string[] {
  const facets = filters.length > 0 ? ` facets="${filters.map(printable).join(',')}"` : ''
  return [
    `  <script type="module" src="${address}wenxun-search.js"></script>`,
    `  <wenxun-search src="${address}"${facets}></wenxun-search>`,
  ]
}

/** The JSON of the contract: field names are kept for good. */
export function siteReportJson(report: SiteReport) {
  return {
    site: report.site,
    bundle: report.bundle,
    pages: report.pages,
    paragraphs: report.paragraphs,
    source_bytes: report.sourceBytes,
    files: report.files,
    bytes: report.bytes,
    ui_bytes: report.uiBytes,
    written: report.written,
    removed: report.removed,
    took_ms: Number(report.took.toFixed(1)),
    left_out: report.leftOut,
    filters: report.filters,
    languages: Object.fromEntries(report.languages),
    weighted_paragraphs: report.weighted,
    problems: report.problems,
  }
}
