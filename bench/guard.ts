/**
 * Fails when queries have become slower, compared with other engines in the same process.
 *
 *     npm run bench:guard -- [--data <folder>] [--corpus 10k|made] [--record [--beside]]
 *
 * Corpus: 10k (laws of the data folder); where it is absent `made`, 10,000 paragraphs put
 * together from seeds/ (bench/corpus.ts). 150 queries of each kind with the seeds of
 * bench/queries.ts. Ours, FlexSearch and MiniSearch (each in its best Chinese setting) take turns,
 * 20 queries each; of a query's 9 runs the best counts, in CPU time. What is compared is the ratio
 * at p50 and p95, which a slow or busy machine changes little. Another processor does change it:
 * an engine that lives in its caches gains more by large ones. So bench/guard.json may hold the
 * ratios of several machines, and the largest counts; those of a machine that is not at hand are
 * estimated from a new record and how the two compared before (`estimated` in the frame; `runs` says
 * that several runs were taken together). A kind of query with a ratio more than 1.5 times that is
 * measured up to two times more, and fails when the best of them still is.
 * `--record` writes the ratios of this run, on both corpora, to bench/guard.json, for review;
 * with `--beside` beside those that are there, for another machine.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  type BuiltEngine,
  COMPARED_KINDS,
  type ComparedKind,
  compareKind,
} from './compare/queries.js'
import { type Corpus, loadCorpus } from './corpus.js'
import { flexsearchCjk } from './engines/flexsearch.js'
import { minisearchIntl } from './engines/minisearch.js'
import { wenxun } from './engines/wenxun.js'
import { dataFolder, ROOT } from './folders.js'
import { fewerQueries, type QuerySets, querySets } from './queries.js'
import { type Frame, frame, printTables } from './report.js'
import { show } from './timing.js'

const TOLERANCE = 1.5
const MEASUREMENTS = 3
const QUERIES = 150
const TIMING = { rounds: 9, keep: 'best', warmUpMs: 300 } as const
const FILE = join(ROOT, 'bench/guard.json')
const KINDS = [wenxun, flexsearchCjk, minisearchIntl]
const CORPORA = ['10k', 'made'] as const

/** Ours over theirs, by `kind: engine percentile`. */
type Ratios = Record<string, number>
type Recorded = Record<string, readonly { readonly frame: Frame; readonly ratios: Ratios }[]>

interface Guarded {
  readonly corpus: Corpus
  readonly sets: QuerySets
  readonly engines: readonly BuiltEngine[]
}

const { values: flags } = parseArgs({
  options: {
    data: { type: 'string' },
    corpus: { type: 'string' },
    record: { type: 'boolean', default: false },
    beside: { type: 'boolean', default: false },
  },
})

const data = dataFolder(flags.data)
const recorded: Recorded = existsSync(FILE)
  ? (JSON.parse(readFileSync(FILE, 'utf8')) as Recorded)
  : {}
if (flags.record) await record()
else await check()

async function record(): Promise<void> {
  const measured: Record<string, Recorded[string]> = {}
  for (const name of CORPORA) {
    const guarded = await prepare(name)
    const before = recorded[name] ?? []
    if (guarded === null) {
      measured[name] = before
      continue
    }
    const ratios = measureRatios(guarded, COMPARED_KINDS)
    measured[name] = [...(flags.beside ? before : []), { frame: frame(), ratios }]
    printRatios(name, ratios, largest(before))
  }
  writeFileSync(FILE, `${JSON.stringify(measured, null, 2)}\n`)
}

async function check(): Promise<void> {
  const guarded = await firstCorpus()
  const name = guarded.corpus.name
  const known = largest(recorded[name] ?? [])
  if (Object.keys(known).length === 0) {
    console.error(`bench/guard.json has no record for ${name}; make one with --record.`)
    process.exitCode = 1
    return
  }
  let ratios = measureRatios(guarded, COMPARED_KINDS)
  for (let again = 1; again < MEASUREMENTS; again++) {
    const suspects = COMPARED_KINDS.filter((kind) =>
      tooSlow(ratios, known).some((ratio) => ratio.startsWith(`${kind}:`)),
    )
    if (suspects.length === 0) break
    console.log(`Slower than recorded; measuring once more: ${suspects.join(', ')}.`)
    ratios = better(ratios, measureRatios(guarded, suspects))
  }
  printRatios(name, ratios, known)
  const slow = tooSlow(ratios, known)
  if (slow.length === 0) console.log(`\nWithin ${TOLERANCE} times the record.`)
  else {
    console.error(`\nMore than ${TOLERANCE} times the recorded ratio: ${slow.join(', ')}.`)
    process.exitCode = 1
  }
}

/** The corpus that was asked for, else the first that is there: the seeds always are. */
async function firstCorpus(): Promise<Guarded> {
  const names = CORPORA.filter((name) => flags.corpus === undefined || flags.corpus === name)
  for (const name of names) {
    const guarded = await prepare(name)
    if (guarded !== null) return guarded
  }
  throw new Error(`--corpus takes ${CORPORA.join(' or ')}, when its files are there.`)
}

async function prepare(name: (typeof CORPORA)[number]): Promise<Guarded | null> {
  const corpus = await loadCorpus(name, data)
  if (corpus === null) return null
  const engines = KINDS.map((kind) => ({
    kind,
    engine: kind.build(corpus.documents, { withTitles: false }),
  }))
  return { corpus, sets: fewerQueries(querySets(corpus, data), QUERIES), engines }
}

function measureRatios({ sets, engines }: Guarded, kinds: readonly ComparedKind[]): Ratios {
  const ratios: Ratios = {}
  for (const kind of kinds) {
    // The laws may be there without the judged questions.
    if (sets[kind].length === 0) continue
    const [ours, ...others] = compareKind(kind, sets, engines, TIMING)
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

/** Per ratio the largest of several machines. */
function largest(records: Recorded[string]): Ratios {
  const most: Ratios = {}
  for (const { ratios } of records) {
    for (const [name, ratio] of Object.entries(ratios)) {
      most[name] = Math.max(ratio, most[name] ?? 0)
    }
  }
  return most
}

/** The smaller one where a ratio was measured twice. */
function better(first: Ratios, second: Ratios): Ratios {
  return Object.fromEntries(
    Object.entries(first).map(([name, ratio]) => [name, Math.min(ratio, second[name] ?? ratio)]),
  )
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
