/** `wenxun search`: one query for a person or a program, or a file of queries for an evaluation. */
import type { FilterChoice, SearchIndex, SearchOptions, SearchResult } from '@wenxun/core'
import type { HitExplanation } from '@wenxun/core/explain'
import { Command, Option } from 'commander'
import { InputError } from '../errors.js'
import { ExitCode } from '../exit-code.js'
import { formatDocumentExplanation } from '../explain/document-report.js'
import { formatExplanation } from '../explain/score-report.js'
import { naming, openIndexAt } from '../index-file.js'
import { formatHit } from '../output/hit.js'
import { formatCount, formatDuration, plural } from '../output/quantity.js'
import { resultJson } from '../output/result-json.js'
import { printJson, stderr, stdout } from '../output/terminal.js'
import { readQueries } from '../trec/query-file.js'
import { runLines } from '../trec/run.js'
import { filterValue, keyValues, nameList, sortOrder, wholeNumber } from './options.js'

interface SearchFlags {
  limit?: number
  offset: number
  filter?: Record<string, string[]>
  sort?: string
  fields?: string[]
  facets?: string[]
  group?: 'document'
  groupSize?: number
  maxWork?: number
  explain?: boolean
  explainDocument?: string
  synonyms: boolean
  pinyin: boolean
  json?: boolean
  queries?: string
  trec?: boolean
}

const defaultLimit = 10
const defaultRunDepth = 100

export function searchCommand(): Command {
  return new Command('search')
    .description('Search an index; prints the best paragraphs.')
    .argument('<index>', 'index file that `wenxun build` wrote')
    .argument('[query...]', 'what to look for; several words are one query')
    .option('-n, --limit <count>', 'hits to print (default: 10; with --trec 100)', wholeNumber(1))
    .option('--offset <count>', 'hits to skip', wholeNumber(0), 0)
    .option(
      '--filter <field=value>',
      'keep documents with this value, or one in a range a..b; repeatable',
      keyValues,
    )
    .option('--sort <field:asc|desc>', 'order by a date or field', sortOrder)
    .option('--fields <names>', 'fields to show with each hit, such as id,city', nameList)
    .option('--facets <names>', 'count the values of these fields over all matches', nameList)
    .addOption(
      new Option(
        '--group <unit>',
        'keep the hits of a document together; -n counts documents',
      ).choices(['document']),
    )
    .option('--group-size <count>', 'most hits of a document (default: 3)', wholeNumber(1))
    .option('--explain', 'show what each score is made of')
    .option('--explain-document <id>', 'show why this document is not found, or where it is')
    .option(
      '--max-work <postings>',
      'stop a search that has to decode more, with what it has',
      wholeNumber(0),
    )
    .option('--no-synonyms', 'do not look for regional words (軟體 for 软件)')
    .option('--no-pinyin', 'do not read Latin letters as pinyin')
    .option('--json', 'print one JSON object')
    .option('--queries <file>', 'answer every {"id", "text"} line of a JSONL file; needs --trec')
    .option('--trec', 'print a TREC run: each document once, by its best paragraph')
    .action(async (path: string, words: string[], flags: SearchFlags) => {
      if (flags.queries !== undefined || flags.trec) await writeRun(path, words, flags)
      else await answer(path, words, flags)
    })
}

async function answer(path: string, words: string[], flags: SearchFlags): Promise<void> {
  const query = words.join(' ')
  if (query.trim() === '') {
    throw new InputError('The query is empty.', 'Give the words to look for after the index.')
  }
  const { index } = await openIndexAt(path)
  const options = searchOptions(flags, defaultLimit)
  if (flags.explainDocument !== undefined) {
    const { whyNot } = await import('@wenxun/core/explain')
    const id = flags.explainDocument
    const explanation = naming(path, () => whyNot(index, query, id, options))
    if (flags.json) printJson(explanation)
    else stdout.write(formatDocumentExplanation(explanation, stdout))
    process.exitCode = explanation.found ? ExitCode.ok : ExitCode.nothing
    return
  }
  const start = performance.now()
  const result = naming(path, () => complete(index.search(query, options)))
  const took = performance.now() - start
  const explanations = flags.explain ? await explainHits(path, index, query, options) : []
  if (flags.json) printJson(resultJson(result, took, flags.fields, explanations))
  else printHits(result, took, flags, explanations)
  process.exitCode = result.hits.length > 0 ? ExitCode.ok : ExitCode.nothing
}

async function explainHits(
  path: string,
  index: SearchIndex,
  query: string,
  options: SearchOptions,
): Promise<HitExplanation[]> {
  const { explain } = await import('@wenxun/core/explain')
  return naming(path, () => explain(index, query, options))
}

function searchOptions(flags: SearchFlags, limit: number): SearchOptions {
  return {
    limit: flags.limit ?? limit,
    offset: flags.offset,
    ...(flags.facets && { facets: flags.facets }),
    synonyms: flags.synonyms,
    pinyin: flags.pinyin,
    ...(flags.filter && { filter: rangesOf(flags.filter) }),
    ...(flags.sort && { sort: flags.sort }),
    ...(flags.group && { group: flags.group }),
    ...(flags.groupSize && { groupSize: flags.groupSize }),
    ...(flags.maxWork !== undefined && { maxWork: flags.maxWork }),
  }
}

function rangesOf(filter: Record<string, string[]>): Record<string, FilterChoice[]> {
  return Object.fromEntries(
    Object.entries(filter).map(([field, values]) => [field, values.map(filterValue)]),
  )
}

/** The result with everything read that hits read on demand, so that the time counts it. */
function complete(result: SearchResult): SearchResult {
  return { ...result, hits: result.hits.map((hit) => ({ ...hit })) }
}

function printHits(
  result: SearchResult,
  took: number,
  { offset, fields = [] }: SearchFlags,
  explanations: readonly HitExplanation[],
): void {
  const { hits } = result
  const rankWidth = String(hits.at(-1)?.rank ?? 0).length
  const rows = hits.map((hit, i) => {
    // The other hits of a document stand under its title.
    const isNext = result.groups !== undefined && hits[i - 1]?.rank === hit.rank
    const shown = formatHit(hit, { rankWidth, fields, isNext }, stdout)
    const explanation = explanations[i]
    if (explanation === undefined) return shown
    return shown + formatExplanation(explanation, rankWidth + 2, stdout)
  })
  stdout.write(rows.join('\n'))
  printFacets(result)
  const note = `${countNote(result, offset)} in ${formatDuration(took)}`
  stderr.write(`${hits.length > 0 ? '\n' : ''}${stderr.colors.dim(note)}\n`)
  const { suggestions } = result
  if (suggestions.length > 0)
    stderr.write(`您是不是要找 · did you mean: ${suggestions.join('  ')}\n`)
}

/** `city  洛阳市 34 · 郑州市 12`, a row a field. */
function printFacets({ facets }: SearchResult): void {
  for (const [name, values] of Object.entries(facets)) {
    const counts = values.map(({ value, count }) => `${value} ${formatCount(count)}`)
    stdout.write(`\n${stdout.colors.bold(name)}  ${counts.join(' · ')}\n`)
  }
}

/** `1-10 of at least 57 paragraphs`. */
function countNote(result: SearchResult, offset: number): string {
  const { hits, total, totalIsExact, groups, truncated } = result
  const early = truncated ? ', stopped early' : ''
  if (total === 0 || hits.length + offset === 0) return `nothing found${early}`
  const totals = `${totalIsExact ? '' : 'at least '}${plural(total, 'paragraph')}${early}`
  if (groups !== undefined && groups.length > 0) {
    const documents = `documents ${offset + 1}-${offset + groups.length}`
    return `${documents} of those with ${totals}`
  }
  if (hits.length === 0) return `nothing after the first ${formatCount(offset)}: ${totals}`
  if (hits.length === total) return totals
  return `${offset + 1}-${offset + hits.length} of ${totals}`
}

async function writeRun(path: string, words: string[], flags: SearchFlags): Promise<void> {
  if (!flags.trec || flags.queries === undefined) {
    throw new InputError('--queries and --trec go together.', 'Give both, or neither.')
  }
  if (words.length > 0) throw new InputError('With --queries, no query goes on the command line.')
  if (flags.group !== undefined || flags.groupSize !== undefined) {
    throw new InputError(
      '--trec does not go together with --group.',
      'A run has every document once as it is, where its best paragraph stands.',
    )
  }
  const queries = readQueries(flags.queries)
  const { index } = await openIndexAt(path)
  const depth = flags.limit ?? defaultRunDepth
  const options = searchOptions({ ...flags, offset: 0 }, depth)
  const found = naming(path, () =>
    queries.filter(({ id, text }) => writeQueryRun(index, id, text, depth, options)),
  )
  process.exitCode = found.length > 0 ? ExitCode.ok : ExitCode.nothing
}

function writeQueryRun(
  index: SearchIndex,
  id: string,
  text: string,
  depth: number,
  options: SearchOptions,
): boolean {
  const lines = runLines(index, { id, text }, depth, options)
  stdout.write(lines.join(''))
  return lines.length > 0
}
