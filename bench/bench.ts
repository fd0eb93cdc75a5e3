/**
 * The everyday bench: Wenxun beside the JavaScript engines and SQLite, every group in one run.
 *
 *     npm run bench -- [--data <folder>] [--corpus seeds,10k,100k] [--rivals all|none|<names>]
 *                      [--groups analyze,build,size,open,query,highlight,memory]
 *                      [--rounds 3] [--queries 300] [--save]
 *
 * Corpora: seeds (always), 10k and 100k (laws of the data folder, when present); also `made`. 343k
 * is bench:scale's. Query sets and their seeds are in bench/queries.ts; at 100k a sixth of them
 * is asked. `--rivals flexsearch,orama` takes the engines whose names contain one of the parts;
 * engines and their best Chinese settings are in bench/engines/.
 *
 * Cut, build and open are timed by tinybench (median wall time; what takes over a second runs
 * once). Queries ask for the ids of the top 10: each rival takes turns with us in the same process
 * (bench/timing.ts); times are CPU time. A rival that has no phrase or prefix search gets the plain
 * words. Highlight is ours alone: text, marks and snippet of all ten hits read. Memory is resident
 * memory, each engine in a process of its own (not for the seeds). Ratios are ours over theirs:
 * below 1 we are faster or smaller; the others are bold, and listed again in the last table.
 */
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { CORPUS_NAMES, type Corpus, type CorpusName, loadCorpus } from './corpus.js'
import { chooseRivals } from './engines/rivals.js'
import { wenxun } from './engines/wenxun.js'
import { literalTruth } from './everyday/answers.js'
import { cutTable, measureCut } from './everyday/cut.js'
import { GROUPS, type Group, measureEngine, measureHighlight } from './everyday/engine-run.js'
import { measureMemory, memoryTable } from './everyday/memory.js'
import {
  answerTable,
  buildTable,
  failureTable,
  highlightTable,
  lossTable,
  type Measured,
  openTable,
  queryTable,
} from './everyday/tables.js'
import { dataFolder } from './folders.js'
import { fewerQueries, querySets } from './queries.js'
import { printTables, save, type Table } from './report.js'

const { values: flags } = parseArgs({
  options: {
    data: { type: 'string' },
    corpus: { type: 'string', default: 'seeds,10k,100k' },
    rivals: { type: 'string', default: 'all' },
    groups: { type: 'string', default: GROUPS.join(',') },
    rounds: { type: 'string', default: '3' },
    queries: { type: 'string', default: '300' },
    save: { type: 'boolean', default: false },
  },
})

/** From this many paragraphs on, a sixth of the queries: some engines take half a second each. */
const LARGE = 50_000
const LARGE_PART = 1 / 6
/** Below it, memory says more about the runtime than about the index. */
const SMALL = 5000
/** After this much time an engine gets no further round of a kind. */
const QUERY_BUDGET_MS = 3000
const WARM_UP_MS = 150
const HEAP_MB = 12_000

setFlagsFromString(`--max-old-space-size=${HEAP_MB}`)
const data = dataFolder(flags.data)
const kinds = chooseRivals(flags.rivals)
const groups = new Set(flags.groups.split(',').map(groupNamed))
const tables: Table[] = []
const figures: Record<string, unknown> = {}
for (const name of flags.corpus.split(',').map(corpusNamed)) {
  const corpus = await loadCorpus(name, data)
  if (corpus === null) continue
  const measured = measure(corpus)
  printTables(measured.tables)
  tables.push(...measured.tables)
  figures[name] = measured.figures
}
if (flags.save) save('bench', figures, tables)

function corpusNamed(name: string): CorpusName {
  const found = CORPUS_NAMES.find((known) => known === name)
  if (found === undefined) throw new Error(`--corpus takes ${CORPUS_NAMES.join(', ')}.`)
  return found
}

function groupNamed(name: string): Group {
  const found = GROUPS.find((known) => known === name)
  if (found === undefined) throw new Error(`--groups takes ${GROUPS.join(', ')}.`)
  return found
}

function measure(corpus: Corpus): { figures: unknown; tables: Table[] } {
  const { name, documents, texts, textBytes } = corpus
  const part = texts.length >= LARGE ? LARGE_PART : 1
  const count = Math.ceil(Number(flags.queries) * part)
  const sets = fewerQueries(querySets(corpus, data), count)
  const timing = {
    rounds: Number(flags.rounds),
    budget: QUERY_BUDGET_MS,
    warmUpMs: WARM_UP_MS,
  }
  const options = { groups, timing }
  const truth = literalTruth(texts)
  progress(name)
  const cut = groups.has('analyze') ? measureCut(corpus) : []
  const ours = wenxun.build(documents, { withTitles: false })
  const all: Measured = [
    measureEngine(wenxun, null, corpus, sets, truth, options),
    ...kinds.map((kind) => {
      progress(`${name}: ${kind.name}`)
      return measureEngine(kind, ours, corpus, sets, truth, options)
    }),
  ]
  const marks = groups.has('highlight') ? measureHighlight(ours, sets, timing) : []
  const memory =
    groups.has('memory') && texts.length >= SMALL
      ? [wenxun, ...kinds].map((kind) => {
          progress(`${name}: memory of ${kind.name}`)
          return [kind.name, measureMemory(kind, name, data)] as const
        })
      : []
  const failed = failureTable(corpus, all)
  const made = [
    ...(cut.length > 0 ? [cutTable(name, cut)] : []),
    ...(groups.has('build') ? [buildTable(corpus, all)] : []),
    ...(groups.has('size') || groups.has('open') ? [openTable(corpus, all)] : []),
    ...(groups.has('query') ? [queryTable(corpus, all), answerTable(corpus, all)] : []),
    ...(marks.length > 0 ? [highlightTable(corpus, marks)] : []),
    ...(memory.length > 0 ? [memoryTable(name, textBytes, memory)] : []),
    ...(kinds.length > 0 ? [lossTable(corpus, all)] : []),
    ...(failed !== null ? [failed] : []),
  ]
  const { length: paragraphs } = texts
  return {
    figures: { paragraphs, textBytes, cut, engines: all, highlight: marks, memory },
    tables: made,
  }
}

/** Where a long run stands. */
function progress(what: string): void {
  const seconds = Math.round(performance.now() / 1000)
  process.stderr.write(`${seconds} s: ${what} …\n`)
}
