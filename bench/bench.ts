/**
 * The everyday bench: cut, build, open, query and highlight, beside FlexSearch and MiniSearch.
 *
 *     npm run bench -- [--data <folder>] [--corpus seeds,10k] [--rounds 3] [--save]
 *
 * Corpora: seeds (always) and 10k (laws of the data folder, when present); query sets and their
 * seeds are in bench/queries.ts. Engines run in one process, each in its best Chinese setting
 * and with our tokens (bench/engines/).
 * Cut, build and open are timed by tinybench (median wall time of the task). Queries ask for the
 * ids of the top 10 and take turns (bench/timing.ts); times are CPU time. FlexSearch and
 * MiniSearch have no phrase search: they get the words of the phrase. Highlight is the same with
 * text, marks and snippet of all ten hits read. Ratios are ours over theirs: below 1, we are faster.
 */
import { parseArgs } from 'node:util'
import { createAnalyzer, createIntlSegmenter } from '@wenxun/tokenizer'
import { Bench } from 'tinybench'
import { COMPARED_KINDS, compareQueries } from './compare/queries.js'
import { CORPUS_NAMES, type Corpus, type CorpusName, loadCorpus, utf8Bytes } from './corpus.js'
import type { Engine, EngineKind } from './engines/engine.js'
import { rivals } from './engines/rivals.js'
import { wenxun } from './engines/wenxun.js'
import { dataFolder } from './folders.js'
import { querySets } from './queries.js'
import { printTables, save, type Table } from './report.js'
import { show, showPair, type Times, timeInterleaved } from './timing.js'

const { values: flags } = parseArgs({
  options: {
    data: { type: 'string' },
    corpus: { type: 'string', default: 'seeds,10k' },
    rounds: { type: 'string', default: '3' },
    save: { type: 'boolean', default: false },
  },
})

const KINDS = [wenxun, ...rivals]
const TOP = 10
/** UTF-8 bytes that the cutters get; enough for a steady figure. */
const CUT_BYTES = 1_000_000

interface Built {
  readonly kind: EngineKind
  readonly engine: Engine
}

const tables: Table[] = []
const figures: Record<string, unknown> = {}
for (const name of flags.corpus.split(',')) {
  if (!isCorpusName(name)) throw new Error(`--corpus takes ${CORPUS_NAMES.join(', ')}.`)
  const corpus = await loadCorpus(name, dataFolder(flags.data))
  if (corpus === null) continue
  const measured = [cutTable(corpus), buildTable(corpus)]
  const built = KINDS.map((kind) => ({
    kind,
    engine: kind.build(corpus.documents, { withTitles: false }),
  }))
  const queried = queryEngines(corpus, built)
  measured.push(openTable(corpus, built), queried.table, highlightTable(corpus, built[0]!.engine))
  printTables(measured)
  tables.push(...measured)
  figures[name] = { tables: measured, queries: queried.times }
}
if (flags.save) save('bench', figures, tables)

function isCorpusName(name: string): name is CorpusName {
  return CORPUS_NAMES.some((known) => known === name)
}

/** Median milliseconds of each task, timed by tinybench. */
function timeTasks(tasks: readonly (readonly [string, () => unknown])[], time: number): number[] {
  const bench = new Bench({ time, iterations: 3, warmupIterations: 1, warmupTime: 0, throws: true })
  for (const [name, task] of tasks) bench.add(name, task)
  return bench
    .runSync()
    .map(({ result }) => ('latency' in result ? result.latency.p50 : Number.NaN))
}

function cutTable({ name, texts }: Corpus): Table {
  const sampleTexts: string[] = []
  for (let bytes = 0, i = 0; i < texts.length && bytes < CUT_BYTES; i++) {
    sampleTexts.push(texts[i]!)
    bytes += Buffer.byteLength(texts[i]!)
  }
  const megabytes = utf8Bytes(sampleTexts) / 1e6
  const ignore = { begin() {}, run() {}, word() {}, token() {} }
  const [dictionary, intl] = [
    createAnalyzer(),
    createAnalyzer({ segmenter: createIntlSegmenter() }),
  ]
  const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })
  const each = (run: (text: string) => unknown) => () => sampleTexts.map(run).length
  const tasks = [
    ['Wenxun, analysis of a build', each((text) => dictionary.analyze(text, ignore))],
    ['Wenxun, tokens with offsets', each((text) => dictionary.tokens(text))],
    ['Wenxun with Intl.Segmenter', each((text) => intl.analyze(text, ignore))],
    ['Intl.Segmenter alone', each((text) => Array.from(segmenter.segment(text)))],
  ] as const
  const times = timeTasks(tasks, 500)
  return {
    title: `${name}: cut, ${megabytes.toFixed(2)} MB of UTF-8`,
    header: ['cutter', 'ms', 'MB/s'],
    rows: tasks.map(([task], i) => [task, show(times[i]!), show((megabytes / times[i]!) * 1000)]),
  }
}

function buildTable({ name, documents, textBytes }: Corpus): Table {
  const tasks = KINDS.map(
    (kind) => [kind.name, () => kind.build(documents, { withTitles: false })] as const,
  )
  const times = timeTasks(tasks, 100)
  return {
    title: `${name}: build`,
    header: ['engine', 'ms', 'MB/s', 'ours / theirs'],
    rows: tasks.map(([task], i) => [
      task,
      show(times[i]!),
      show(textBytes / 1000 / times[i]!),
      show(times[0]! / times[i]!),
    ]),
  }
}

/** From the saved form to the first ten hits. */
function openTable({ name, textBytes, ...corpus }: Corpus, built: readonly Built[]): Table {
  const query = querySets({ name, textBytes, ...corpus }, dataFolder(flags.data)).words[0]!.text
  const saved = built.map(({ engine }) => engine.save())
  const times = timeTasks(
    saved.map(({ open }, i) => [KINDS[i]!.name, () => open().search(query, TOP)] as const),
    300,
  )
  return {
    title: `${name}: saved index, and time from there to the first hits`,
    header: ['engine', 'bytes', 'of text', 'open ms', 'ours / theirs'],
    rows: saved.map(({ bytes }, i) => [
      `${KINDS[i]!.name}${i === 0 ? ' (with the text)' : ' (no text)'}`,
      String(bytes),
      (bytes / textBytes).toFixed(2),
      show(times[i]!),
      show(times[0]! / times[i]!),
    ]),
  }
}

function queryEngines(corpus: Corpus, built: readonly Built[]) {
  const sets = querySets(corpus, dataFolder(flags.data))
  const times = compareQueries(sets, built, { rounds: Number(flags.rounds) })
  const ratio = (ours: Times, theirs: Times) =>
    `${show(ours.cpu.p50 / theirs.cpu.p50)} / ${show(ours.cpu.p95 / theirs.cpu.p95)}`
  const rows = COMPARED_KINDS.flatMap((kind) =>
    built.map(({ kind: { name } }, i) => [
      `${kind}: ${name}`,
      showPair(times[kind][i]!.cpu),
      i === 0 ? '' : ratio(times[kind][0]!, times[kind][i]!),
    ]),
  )
  const table = {
    title: `${corpus.name}: CPU ms a query, p50 / p95`,
    header: ['queries: engine', 'ms', 'ours / theirs'],
    rows,
  }
  return { times, table }
}

/** What text, marks and snippets of ten hits cost beyond their ids. */
function highlightTable(corpus: Corpus, engine: Engine): Table {
  const { words, questions } = querySets(corpus, dataFolder(flags.data))
  const rows = Object.entries({ words, questions }).map(([kind, queries]) => {
    const [ids, read] = timeInterleaved(queries, [
      ({ text }) => engine.search(text, TOP),
      ({ text }) => engine.searchAndRead?.(text, TOP),
    ])
    const perHit = (read!.cpu.mean - ids!.cpu.mean) / TOP
    return [kind, showPair(ids!.cpu), showPair(read!.cpu), show(perHit)]
  })
  return {
    title: `${corpus.name}: highlight, CPU ms, p50 / p95`,
    header: ['queries', 'ids alone', 'ten hits read', 'a hit, mean'],
    rows,
  }
}
