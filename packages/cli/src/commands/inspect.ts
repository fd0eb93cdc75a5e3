/** `wenxun inspect`: what an index holds, and where its bytes go. */
import type { IndexInspection } from '@wenxun/core'
import { Command } from 'commander'
import { naming, openIndexAt } from '../index-file.js'
import { formatBytes, formatCount } from '../output/quantity.js'
import { formatTable } from '../output/table.js'
import { printJson, stdout } from '../output/terminal.js'
import { wholeNumber } from './options.js'

interface InspectFlags {
  json?: boolean
  terms: number
}

interface TermCount {
  readonly term: string
  readonly frequency: number
}

export function inspectCommand(): Command {
  return new Command('inspect')
    .description('Show counts, fields, sections with their bytes, versions and top terms.')
    .argument('<index>', 'index file')
    .option('--terms <count>', 'how many of the most frequent terms to show', wholeNumber(0), 20)
    .option('--json', 'print one JSON object')
    .action(async (path: string, flags: InspectFlags) => {
      const { index } = await openIndexAt(path)
      const inspection = naming(path, () => index.inspect())
      const terms = naming(path, () => index.topTerms(flags.terms))
      if (flags.json) printJson(inspectionJson(path, inspection, terms))
      else stdout.write(describe(inspection, terms))
    })
}

/** The JSON of the contract: field names are kept for good. */
function inspectionJson(path: string, inspection: IndexInspection, terms: readonly TermCount[]) {
  const { counts, analyzer, bm25, columns, sections, bytes } = inspection
  return {
    index: path,
    bytes,
    format_version: inspection.formatVersion,
    oldest_readable_version: inspection.oldestReadableVersion,
    documents: counts.documents,
    paragraphs: counts.paragraphs,
    terms: counts.terms,
    text_units: counts.textUnits,
    profile: inspection.profile ?? 'complete',
    analyzer,
    bm25,
    fields: columns,
    sections,
    top_terms: terms,
  }
}

function describe(inspection: IndexInspection, terms: readonly TermCount[]): string {
  const blocks = [
    facts(inspection),
    fieldTable(inspection),
    sectionTable(inspection),
    termTable(terms),
  ]
  return blocks
    .filter((rows) => rows.length > 0)
    .map((rows) => rows.map((row) => `${row}\n`).join(''))
    .join('\n')
}

function facts({
  counts,
  analyzer,
  bm25,
  bytes,
  profile = 'complete',
  ...versions
}: IndexInspection): string[] {
  const { formatVersion, oldestReadableVersion } = versions
  const rows = [
    ['documents', formatCount(counts.documents)],
    ['paragraphs', formatCount(counts.paragraphs)],
    ['terms', formatCount(counts.terms)],
    ['text', `${formatCount(counts.textUnits)} characters`],
    ['size', `${formatBytes(bytes)} (${formatCount(bytes)} bytes)`],
    ['profile', profile],
    ['format', `${formatVersion}, readable from ${oldestReadableVersion} on`],
    ['analyzer', `${analyzer.name}, ${analyzer.fingerprint}`],
    ['bm25', `k1 ${bm25.k1}, b ${bm25.b}`],
  ]
  return formatTable([{ header: '' }, { header: '' }], rows).slice(1)
}

function fieldTable({ columns }: IndexInspection): string[] {
  if (columns.length === 0) return []
  return headed(
    [{ header: 'field' }, { header: 'kind' }, { header: 'values', align: 'right' }],
    columns.map(({ name, kind, values }) => [name, kind, formatCount(values)]),
  )
}

function sectionTable({ sections, bytes }: IndexInspection): string[] {
  const rows = [...sections]
    .sort((a, b) => b.bytes - a.bytes)
    .map((section) => [
      section.id,
      formatCount(section.bytes),
      `${((100 * section.bytes) / bytes).toFixed(1)}%`,
    ])
  return headed(
    [
      { header: 'section' },
      { header: 'bytes', align: 'right' },
      { header: 'part', align: 'right' },
    ],
    rows,
  )
}

function termTable(terms: readonly TermCount[]): string[] {
  if (terms.length === 0) return []
  return headed(
    [{ header: 'frequent term' }, { header: 'paragraphs', align: 'right' }],
    terms.map(({ term, frequency }) => [term, formatCount(frequency)]),
  )
}

/** A table whose header row stands back. */
function headed(...table: Parameters<typeof formatTable>): string[] {
  const [header = '', ...rows] = formatTable(...table)
  return [stdout.colors.dim(header), ...rows]
}
