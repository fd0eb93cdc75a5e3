/** `wenxun search`: one query for a person or a program, or a file of queries for an evaluation. */
import type { Hit, SearchIndex, SearchOptions, SearchResult } from '@wenxun/core'
import { Command } from 'commander'
import { InputError } from '../errors.js'
import { ExitCode } from '../exit-code.js'
import { openIndexFile } from '../index-file.js'
import { formatHit } from '../output/hit.js'
import { formatCount, formatDuration, plural } from '../output/quantity.js'
import { printJson, stderr, stdout } from '../output/terminal.js'
import { readQueries } from '../trec/query-file.js'
import { runLines } from '../trec/run.js'
import { keyValues, nameList, sortOrder, wholeNumber } from './options.js'

interface SearchFlags {
  limit?: number
  offset: number
  filter?: Record<string, string[]>
  sort?: string
  fields?: string[]
  facets?: string[]
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
    .option('--filter <field=value>', 'keep documents with this value; repeatable', keyValues)
    .option('--sort <field:asc|desc>', 'order by a date or field', sortOrder)
    .option('--fields <names>', 'fields to show with each hit, such as id,city', nameList)
    .option('--facets <names>', 'count the values of these fields over all matches', nameList)
    .option('--no-synonyms', 'do not look for regional words (軟體 for 软件)')
    .option('--no-pinyin', 'do not read Latin letters as pinyin')
    .option('--json', 'print one JSON object')
    .option('--queries <file>', 'answer every {"id", "text"} line of a JSONL file; needs --trec')
    .option('--trec', 'print a TREC run: each document once, by its best paragraph')
    .action((path: string, words: string[], flags: SearchFlags) => {
      if (flags.queries !== undefined || flags.trec) writeRun(path, words, flags)
      else answer(path, words, flags)
    })
}

function answer(path: string, words: string[], flags: SearchFlags): void {
  const query = words.join(' ')
  if (query.trim() === '') {
    throw new InputError('The query is empty.', 'Give the words to look for after the index.')
  }
  const { index } = openIndexFile(path)
  const start = performance.now()
  const result = complete(index.search(query, searchOptions(flags, defaultLimit)))
  const took = performance.now() - start
  if (flags.json) printJson(resultJson(result, took, flags.fields))
  else printHits(result, took, flags)
  process.exitCode = result.hits.length > 0 ? ExitCode.ok : ExitCode.nothing
}

function searchOptions(flags: SearchFlags, limit: number): SearchOptions {
  return {
    limit: flags.limit ?? limit,
    offset: flags.offset,
    ...(flags.facets && { facets: flags.facets }),
    synonyms: flags.synonyms,
    pinyin: flags.pinyin,
    ...(flags.filter && { filter: flags.filter }),
    ...(flags.sort && { sort: flags.sort }),
  }
}

/** The result with everything read that hits read on demand, so that the time counts it. */
function complete(result: SearchResult): SearchResult {
  return { ...result, hits: result.hits.map((hit) => ({ ...hit })) }
}

function printHits(result: SearchResult, took: number, { offset, fields = [] }: SearchFlags): void {
  const { hits } = result
  const rankWidth = String(hits.at(-1)?.rank ?? 0).length
  const rows = hits.map((hit) => formatHit(hit, { rankWidth, fields }, stdout))
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
function countNote({ hits, total, totalIsExact }: SearchResult, offset: number): string {
  if (total === 0) return 'nothing found'
  const totals = `${totalIsExact ? '' : 'at least '}${plural(total, 'paragraph')}`
  if (hits.length === 0) return `nothing after the first ${formatCount(offset)}: ${totals}`
  if (hits.length === total) return totals
  return `${offset + 1}-${offset + hits.length} of ${totals}`
}

/** The JSON of the contract: field names are kept for good. */
function resultJson(result: SearchResult, took: number, fields: readonly string[] | undefined) {
  return {
    query: result.query,
    total: result.total,
    total_is_exact: result.totalIsExact,
    took_ms: Number(took.toFixed(3)),
    hits: result.hits.map((hit) => hitJson(hit, fields)),
    suggestions: result.suggestions,
    ...(Object.keys(result.facets).length > 0 && { facets: result.facets }),
  }
}

function hitJson(hit: Hit, fields: readonly string[] | undefined) {
  const { id, title, url, date, meta } = hit.document
  const shown = fields
    ? Object.fromEntries(Object.entries(meta).filter(([key]) => fields.includes(key)))
    : meta
  return {
    rank: hit.rank,
    score: hit.score,
    document: { id, title, url, date, meta: shown },
    paragraph: hit.paragraph,
    heading: hit.heading,
    anchor: hit.anchor,
    text: hit.text,
    highlights: hit.highlights,
  }
}

function writeRun(path: string, words: string[], flags: SearchFlags): void {
  if (!flags.trec || flags.queries === undefined) {
    throw new InputError('--queries and --trec go together.', 'Give both, or neither.')
  }
  if (words.length > 0) throw new InputError('With --queries, no query goes on the command line.')
  const queries = readQueries(flags.queries)
  const { index } = openIndexFile(path)
  const depth = flags.limit ?? defaultRunDepth
  const options = searchOptions({ ...flags, offset: 0 }, depth)
  const found = queries.filter(({ id, text }) => writeQueryRun(index, id, text, depth, options))
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
