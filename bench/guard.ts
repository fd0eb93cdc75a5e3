/**
 * Fails when queries have become slower, compared with other engines in the same process.
 *
 *     npm run bench:guard -- [--data <folder>] [--record]
 *
 * Corpus: 10k (laws of the data folder), or the seeds when it is absent; 150 queries of each
 * kind with the seeds of bench/queries.ts. Ours, FlexSearch and MiniSearch (each in its best
 * Chinese setting) take turns; what is compared is the ratio of CPU times at p50 and p95, which
 * a slow or busy machine changes little. A ratio that is more than 1.5 times the one in
 * bench/guard.json is measured once more, and fails when the better of both still is.
 * `--record` writes the ratios of this run to bench/guard.json, for review.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type BuiltEngine, COMPARED_KINDS, compareQueries } from './compare/queries.js'
import { type Corpus, loadCorpus } from './corpus.js'
import { flexsearchCjk } from './engines/flexsearch.js'
import { minisearchIntl } from './engines/minisearch.js'
import { wenxun } from './engines/wenxun.js'
import { dataFolder, ROOT } from './folders.js'
import { QUERY_SEED, type QueryKind, type QuerySets, querySets } from './queries.js'
import { sample } from './random.js'
import { type Frame, frame, printTables } from './report.js'
import { show } from './timing.js'

const TOLERANCE = 1.5
const QUERIES = 150
const ROUNDS = 7
const FILE = join(ROOT, 'bench/guard.json')
const KINDS = [wenxun, flexsearchCjk, minisearchIntl]

/** Ours over theirs, by `kind: engine percentile`. */
type Ratios = Record<string, number>
type Recorded = Record<string, { readonly frame: Frame; readonly ratios: Ratios }>

const { values: flags } = parseArgs({
  options: { data: { type: 'string' }, record: { type: 'boolean', default: false } },
})

const data = dataFolder(flags.data)
const recorded: Recorded = existsSync(FILE)
  ? (JSON.parse(readFileSync(FILE, 'utf8')) as Recorded)
  : {}
if (flags.record) await record()
else await check()

async function record(): Promise<void> {
  const measured: Recorded = { ...recorded }
  for (const name of ['seeds', '10k'] as const) {
    const corpus = await loadCorpus(name, data)
    if (corpus === null) continue
    measured[name] = { frame: frame(), ratios: measureRatios(corpus, buildEngines(corpus)) }
    printRatios(name, measured[name].ratios, recorded[name]?.ratios ?? {})
  }
  writeFileSync(FILE, `${JSON.stringify(measured, null, 2)}\n`)
}

async function check(): Promise<void> {
  const corpus = (await loadCorpus('10k', data)) ?? (await loadCorpus('seeds', data))
  if (corpus === null) return
  const known = recorded[corpus.name]?.ratios
  if (known === undefined) {
    console.error(`bench/guard.json has no record for ${corpus.name}; make one with --record.`)
    process.exitCode = 1
    return
  }
  const engines = buildEngines(corpus)
  let ratios = measureRatios(corpus, engines)
  if (tooSlow(ratios, known).length > 0) {
    console.log('Slower than recorded; measuring once more.')
    const again = measureRatios(corpus, engines)
    ratios = Object.fromEntries(
      Object.entries(ratios).map(([name, ratio]) => [name, Math.min(ratio, again[name]!)]),
    )
  }
  printRatios(corpus.name, ratios, known)
  const slow = tooSlow(ratios, known)
  if (slow.length === 0) console.log(`\nWithin ${TOLERANCE} times the record.`)
  else {
    console.error(`\nMore than ${TOLERANCE} times the recorded ratio: ${slow.join(', ')}.`)
    process.exitCode = 1
  }
}

function buildEngines({ documents }: Corpus): BuiltEngine[] {
  return KINDS.map((kind) => ({ kind, engine: kind.build(documents, { withTitles: false }) }))
}

function measureRatios(corpus: Corpus, engines: readonly BuiltEngine[]): Ratios {
  const times = compareQueries(fewer(querySets(corpus, data)), engines, { rounds: ROUNDS })
  const ratios: Ratios = {}
  for (const kind of COMPARED_KINDS) {
    const [ours, ...others] = times[kind]
    for (const [i, theirs] of others.entries()) {
      const name = KINDS[i + 1]!.name
      for (const percentile of ['p50', 'p95'] as const) {
        const ratio = ours!.cpu[percentile] / theirs.cpu[percentile]
        ratios[`${kind}: ${name} ${percentile}`] = Number(ratio.toPrecision(3))
      }
    }
  }
  return ratios
}

function fewer(sets: QuerySets): QuerySets {
  const few = (kind: QueryKind) => sample(sets[kind], QUERIES, QUERY_SEED)
  return {
    words: few('words'),
    questions: few('questions'),
    substrings: few('substrings'),
    phrases: few('phrases'),
    typing: few('typing'),
    filters: few('filters'),
  }
}

/** Ratios without a record pass: they are new, and shown as such. */
function tooSlow(ratios: Ratios, known: Ratios): string[] {
  return Object.entries(ratios)
    .filter(([name, ratio]) => ratio > TOLERANCE * (known[name] ?? Number.POSITIVE_INFINITY))
    .map(([name]) => name)
}

function printRatios(corpus: string, ratios: Ratios, known: Ratios): void {
  const rows = Object.entries(ratios).map(([name, ratio]) => {
    const before = known[name]
    return [name, show(ratio), before === undefined ? 'new' : show(before)]
  })
  printTables([
    { title: `${corpus}: CPU time, ours / theirs`, header: ['queries', 'now', 'recorded'], rows },
  ])
}
