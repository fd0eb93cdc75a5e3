/**
 * The engine at full size: build, size, opening, query times, completeness.
 *
 *     npm run bench:scale -- [--data <folder>] [--corpus 343k|100k|10k] [--rounds 5]
 *                            [--no-lucene] [--rivals] [--check] [--save]
 *
 * Corpus: the laws of the data folder; query sets and their seeds are in bench/queries.ts.
 * Build: one process of its own, documents read as a stream; MB are 10^6 bytes of the UTF-8 of
 * paragraph texts, without titles and headings. Open: a fresh process a time, file in the page
 * cache, modules loaded, from before anything is read until the ten hits of one word are read.
 * Queries: top 10, ranked alone, and with all of each hit read: document, heading, text, marks,
 * snippet. Lucene 8 runs in the same minutes, its rounds between ours, ranked alone (internal
 * numbers) and with UnifiedHighlighter; `--rivals` adds the JavaScript engines (they need
 * several GB of memory).
 * `--check` compares every hit list with a scan of all texts (else those of 100 queries), and
 * pruned with exhaustive evaluation for all queries.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { openIndex, type SearchIndex } from '@wenxun/core'
import { Lucene, type LuceneMode } from './compare/lucene.js'
import { CORPUS_NAMES, type Corpus, loadCorpus } from './corpus.js'
import { rivals } from './engines/rivals.js'
import { readHits } from './engines/wenxun.js'
import { dataFolder, ROOT } from './folders.js'
import { type BenchQuery, QUERY_SEED, querySets } from './queries.js'
import { sample } from './random.js'
import { printTables, save, type Table } from './report.js'
import type { BuildCost } from './scale/build-child.js'
import { measureCompleteness } from './scale/completeness.js'
import type { OpenCost, OpenHow } from './scale/open-child.js'
import { buildTable, queryTable, type SetTimes, sizeTable } from './scale/tables.js'
import { Stopwatch, show, showPair, timeEach, warmUp } from './timing.js'

const OPENINGS = 7
const RIVAL_BUDGET_MS = 60_000
const RIVAL_HEAP_MB = 12_000
const COMPLETENESS_SAMPLE = 100
const LUCENE_WARM_UP_ROUNDS = 5

const { values: flags } = parseArgs({
  options: {
    data: { type: 'string' },
    corpus: { type: 'string', default: '343k' },
    rounds: { type: 'string', default: '5' },
    'no-lucene': { type: 'boolean', default: false },
    rivals: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    save: { type: 'boolean', default: false },
  },
})

interface LuceneQueries {
  readonly mode: LuceneMode
  readonly texts: readonly string[]
}

interface QuerySet {
  readonly name: string
  readonly queries: readonly BenchQuery[]
  /** How Lucene is asked the same; null when it is not asked. */
  readonly lucene: LuceneQueries | null
}

const corpusName = CORPUS_NAMES.find((name) => name === flags.corpus)
if (corpusName === undefined) throw new Error(`--corpus is one of ${CORPUS_NAMES.join(', ')}.`)
const data = dataFolder(flags.data)
const corpus = await loadCorpus(corpusName, data)
if (flags.rivals) setFlagsFromString(`--max-old-space-size=${RIVAL_HEAP_MB}`)
if (corpus !== null) await measure(corpus)

async function measure(loaded: Corpus): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'wenxun-scale-'))
  try {
    const file = join(scratch, 'index.wx')
    const build = inChild<BuildCost>('build-child.ts', [loaded.name, data, file])
    const words = sample(querySets(loaded, data).words, OPENINGS, QUERY_SEED)
    const openings = (how: OpenHow) =>
      words.map(({ text }) => inChild<OpenCost>('open-child.ts', [file, text, how]))
    const opening = { file: openings('file'), bytes: openings('bytes') }
    const index = openIndex(readFileSync(file))
    const lucene = flags['no-lucene'] ? null : await Lucene.start(loaded.texts)
    const times = await timeSets(index, setsOf(loaded), lucene)
    const luceneCost = lucene?.cost ?? null
    lucene?.stop()
    const tables = [
      buildTable(loaded.name, build, opening, luceneCost),
      sizeTable(index, loaded),
      queryTable(loaded.name, times),
    ]
    if (flags.rivals) tables.push(rivalTable(loaded, index))
    printTables(tables)
    const substrings = querySets(loaded, data).substrings
    const checked = flags.check ? substrings : sample(substrings, COMPLETENESS_SAMPLE, QUERY_SEED)
    const completeness = measureCompleteness(
      index,
      loaded,
      checked.map(({ text }) => text),
    )
    console.log(`\nQuoted substrings against a scan of all texts: ${JSON.stringify(completeness)}`)
    const differing = flags.check ? comparePruning(index, setsOf(loaded)) : null
    if (differing !== null) {
      console.log(`Pruned against exhaustive: ${differing.length} differ ${differing.join(' ')}`)
    }
    if (flags.save) {
      save('scale', { build, opening, times, completeness, differing, lucene: luceneCost }, tables)
    }
    if (completeness.missing > 0 || (differing?.length ?? 0) > 0) process.exitCode = 1
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** Runs a file of bench/scale/ in a process of its own and reads the JSON that it prints. */
function inChild<T>(script: string, args: readonly string[]): T {
  const path = join(ROOT, 'bench/scale', script)
  const child = spawnSync(process.execPath, [...process.execArgv, path, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (child.status !== 0) throw new Error(`${script} ended with code ${child.status}.`)
  return JSON.parse(child.stdout) as T
}

function setsOf(loaded: Corpus): QuerySet[] {
  const sets = querySets(loaded, data)
  const texts = (queries: readonly BenchQuery[]) => queries.map(({ text }) => text)
  const bare = (queries: readonly BenchQuery[]) => queries.map((query) => query.bare)
  const or = (queries: readonly BenchQuery[]) => ({ mode: 'or' as const, texts: texts(queries) })
  return [
    { name: 'words', queries: sets.words, lucene: or(sets.words) },
    { name: 'questions', queries: sets.questions, lucene: or(sets.questions) },
    { name: 'substrings', queries: sets.substrings, lucene: or(sets.substrings) },
    {
      name: 'quoted substrings',
      queries: sets.substrings.map((query) => ({ ...query, text: `"${query.bare}"` })),
      lucene: { mode: 'phrase', texts: texts(sets.substrings) },
    },
    {
      name: 'phrases',
      queries: sets.phrases,
      lucene: { mode: 'phrase', texts: bare(sets.phrases) },
    },
    { name: 'prefix', queries: sets.prefix, lucene: null },
    { name: 'typing', queries: sets.typing, lucene: or(sets.typing) },
    { name: 'filters', queries: sets.filters, lucene: null },
  ]
}

/** Our rounds and Lucene's in turn, set by set. */
async function timeSets(
  index: SearchIndex,
  sets: readonly QuerySet[],
  lucene: Lucene | null,
): Promise<SetTimes[]> {
  const all: SetTimes[] = []
  for (const { name, queries, lucene: asked } of sets) {
    const [ours, read, plain, marked] = [1, 2, 3, 4].map(() => new Stopwatch(queries.length))
    warmUp(queries, (query) => readHits(ask(index, query)))
    if (lucene !== null && asked !== null) await warmLucene(lucene, asked)
    for (let round = 0; round < Number(flags.rounds); round++) {
      for (const [i, query] of queries.entries()) ours!.time(i, () => ask(index, query))
      for (const [i, query] of queries.entries()) read!.time(i, () => readHits(ask(index, query)))
      if (lucene === null || asked === null) continue
      await lucene.round(asked.mode, asked.texts, plain)
      if (asked.mode === 'or') await lucene.round('mark', asked.texts, marked)
    }
    const timed = lucene !== null && asked !== null
    all.push({
      set: name,
      ours: ours!.times(),
      oursRead: read!.times(),
      lucene: timed ? plain!.times() : null,
      luceneMarked: timed && asked.mode === 'or' ? marked!.times() : null,
    })
  }
  return all
}

async function warmLucene(lucene: Lucene, { mode, texts }: LuceneQueries): Promise<void> {
  for (let round = 0; round < LUCENE_WARM_UP_ROUNDS; round++) {
    await lucene.round(mode, texts)
    if (mode === 'or') await lucene.round('mark', texts)
  }
}

function ask(index: SearchIndex, { text, filter }: BenchQuery) {
  return index.search(text, filter === undefined ? {} : { filter })
}

function rivalTable(loaded: Corpus, index: SearchIndex): Table {
  const sets = querySets(loaded, data)
  const kinds = ['words', 'questions', 'substrings'] as const
  const options = { rounds: 2, budget: RIVAL_BUDGET_MS }
  const row = (name: string, build: string, search: (query: BenchQuery) => unknown) => [
    name,
    build,
    ...kinds.map((kind) => showPair(timeEach(sets[kind], search, options).cpu)),
  ]
  return {
    title: `${loaded.name}: JavaScript engines, CPU ms a query, p50 / p95`,
    header: ['engine', 'build CPU s', ...kinds],
    rows: [
      row('Wenxun', '', ({ text }) => index.search(text).hits.map(({ document }) => document.id)),
      ...rivals.map((kind) => {
        const before = process.cpuUsage()
        const engine = kind.build(loaded.documents, { withTitles: false })
        const { user, system } = process.cpuUsage(before)
        const seconds = show((user + system) / 1e6)
        return row(kind.name, seconds, (query) => engine.search(query, 10))
      }),
    ],
  }
}

/** Queries whose ten hits differ between pruned and exhaustive evaluation. */
function comparePruning(index: SearchIndex, sets: readonly QuerySet[]): string[] {
  const list = ({ hits }: ReturnType<SearchIndex['search']>) =>
    JSON.stringify(hits.map(({ document, paragraph, score }) => [document.id, paragraph, score]))
  return sets.flatMap(({ queries }) =>
    queries
      .filter(({ text, filter }) => {
        const options = filter === undefined ? {} : { filter }
        const exhaustive = index.searchExhaustively(text, options)
        return list(index.search(text, options)) !== list(exhaustive)
      })
      .map(({ text }) => text),
  )
}
