/**
 * `wenxun serve` under a closed loop of parallel clients, and how it stops under load.
 *
 *     npm run bench:load -- [--seconds 60] [--clients 32] [--index <file or live index> | --live]
 *                           [--corpus made] [--data <folder>] [--save]
 *
 * Index: the one given; else one of `--corpus` (`made`: 10,000 paragraphs from seeds/; or 10k,
 * 100k, 343k of the data folder), as a file, or with `--live` as a live index in a temporary folder.
 * While a live index is served, another process adds documents to it and deletes some all the time;
 * to one that is given, too: documents `load-…` stay behind in it.
 * Queries: words, questions, substrings, phrases, prefixes and filters of bench/queries.ts in a
 * fixed shuffled order, ten hits with text and marks as JSON. Each client (autocannon) sends its
 * next request when the last is answered. Memory: resident, each second, after 2 s of warming up.
 * Then clients with a connection for each request go on while the server gets SIGTERM.
 * Exit code 1: a request failed, a write failed, an answer broke off, a connection was dropped
 * without one, or the server did not end with code 0.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import autocannon from 'autocannon'
import { COMPARED_KINDS } from './compare/queries.js'
import { CORPUS_NAMES, type Corpus, loadCorpus } from './corpus.js'
import { buildIndex } from './engines/wenxun.js'
import { dataFolder, ROOT } from './folders.js'
import { Served } from './load/served.js'
import { type ShutdownSeen, stopUnderLoad } from './load/shutdown.js'
import { Writer, type Written } from './load/writer.js'
import { type BenchQuery, fewerQueries, QUERY_SEED, querySets } from './queries.js'
import { sample } from './random.js'
import { printTables, save, type Table } from './report.js'
import { show } from './timing.js'

const CLI = join(ROOT, 'packages/cli/dist/main.js')
const WARM_UP_SECONDS = 2
const QUERIES_A_KIND = 100

const { values: flags } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    clients: { type: 'string', default: '32' },
    index: { type: 'string' },
    live: { type: 'boolean', default: false },
    corpus: { type: 'string', default: 'made' },
    data: { type: 'string' },
    save: { type: 'boolean', default: false },
  },
})

interface LoadFigures {
  readonly seconds: number
  readonly clients: number
  readonly requests: number
  readonly errors: number
  readonly timeouts: number
  readonly notOk: number
  readonly latency: Pick<autocannon.Histogram, 'p50' | 'p90' | 'p97_5' | 'p99' | 'max'>
  /** Resident bytes of the server, one for each second. */
  readonly memory: readonly number[]
  /** Null where nothing was written. */
  readonly written: Written | null
  readonly shutdown: ShutdownSeen
}

const data = dataFolder(flags.data)
const corpus = await namedCorpus()
if (corpus === null) process.exitCode = 0
else if (!hasCommand('serve')) console.log('SKIPPED: the command line has no `serve` yet.')
else if (flags.live && !hasCommand('add')) console.log('SKIPPED: it has no `add` yet.')
else await measure(corpus)

function namedCorpus(): Promise<Corpus | null> {
  const name = CORPUS_NAMES.find((known) => known === flags.corpus)
  if (name === undefined) throw new Error(`--corpus takes ${CORPUS_NAMES.join(', ')}.`)
  return loadCorpus(name, data)
}

function hasCommand(name: string): boolean {
  const { stdout } = spawnSync(process.execPath, [CLI, '--help'], { encoding: 'utf8' })
  return new RegExp(`^\\s+${name}\\b`, 'm').test(stdout)
}

async function measure(loaded: Corpus): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'wenxun-load-'))
  const index = flags.index ?? makeIndex(loaded, scratch)
  const served = await Served.start(CLI, index)
  try {
    const figures = await load(served, loaded, index, scratch)
    const tables = [loadTable(figures, loaded), shutdownTable(figures)]
    printTables(tables)
    if (flags.save) save('load', figures, tables)
    for (const fault of faultsOf(figures)) {
      console.error(fault)
      process.exitCode = 1
    }
  } finally {
    served.kill()
    rmSync(scratch, { recursive: true, force: true })
  }
}

function makeIndex({ documents }: Corpus, scratch: string): string {
  if (!flags.live) {
    const file = join(scratch, 'index.wx')
    writeFileSync(file, buildIndex(documents))
    return file
  }
  const folder = join(scratch, 'live')
  const lines = join(scratch, 'documents.jsonl')
  writeFileSync(lines, `${documents.map((document) => JSON.stringify(document)).join('\n')}\n`)
  const added = spawnSync(process.execPath, [CLI, 'add', folder, lines, '--quiet'], {
    encoding: 'utf8',
  })
  if (added.status !== 0) throw new Error(`wenxun add: ${added.stderr}`)
  return folder
}

async function load(
  served: Served,
  loaded: Corpus,
  index: string,
  scratch: string,
): Promise<LoadFigures> {
  const paths = sample(queriesOf(loaded), Number.POSITIVE_INFINITY, QUERY_SEED).map(pathOf)
  const clients = Number(flags.clients)
  const seconds = Number(flags.seconds)
  await shoot(served, paths, clients, WARM_UP_SECONDS)
  const isLive = existsSync(index) && statSync(index).isDirectory()
  const writer = isLive ? new Writer(CLI, index, scratch, loaded.texts) : null
  const writing = writer?.run() ?? null
  const memory: number[] = []
  const look = () => memory.push(served.residentBytes() ?? Number.NaN)
  look()
  const watch = setInterval(look, 1000)
  const shot = await shoot(served, paths, clients, seconds).finally(() => clearInterval(watch))
  look()
  writer?.stop()
  const written = await writing
  const urls = paths.map((path) => new URL(path, served.address).href)
  const shutdown = await stopUnderLoad(served, urls, clients)
  const { p50, p90, p97_5, p99, max } = shot.latency
  return {
    seconds: shot.duration,
    clients,
    requests: shot.requests.total,
    errors: shot.errors,
    timeouts: shot.timeouts,
    notOk: shot.non2xx,
    latency: { p50, p90, p97_5, p99, max },
    memory,
    written,
    shutdown,
  }
}

async function shoot(
  served: Served,
  paths: readonly string[],
  connections: number,
  duration: number,
): Promise<autocannon.Result> {
  const requests = paths.map((path) => ({ path }))
  // It gives something to await that is no promise.
  return await autocannon({ url: served.address, connections, duration, requests })
}

function queriesOf(loaded: Corpus): BenchQuery[] {
  const sets = fewerQueries(querySets(loaded, data), QUERIES_A_KIND)
  return COMPARED_KINDS.flatMap((kind) => sets[kind])
}

function pathOf({ text, filter = {} }: BenchQuery): string {
  const parameters = new URLSearchParams({ q: text, n: '10' })
  for (const [field, value] of Object.entries(filter)) {
    parameters.append('filter', `${field}=${value}`)
  }
  return `/api/search?${parameters}`
}

function faultsOf({ errors, timeouts, notOk, written, shutdown }: LoadFigures): string[] {
  const failed = errors + timeouts + notOk
  return [
    ...(failed > 0 ? [`${failed} requests failed.`] : []),
    ...(written?.failures ?? []),
    ...(shutdown.brokenOff > 0 ? [`${shutdown.brokenOff} answers broke off.`] : []),
    ...(shutdown.unanswered > 0 ? [`${shutdown.unanswered} connections were dropped.`] : []),
    ...(shutdown.code === 0 ? [] : [`The server ended with ${shutdown.code ?? shutdown.signal}.`]),
  ]
}

function loadTable(figures: LoadFigures, { name, texts }: Corpus): Table {
  const { seconds, clients, requests, latency, memory, written } = figures
  const what = flags.index === undefined ? `${name}, ${texts.length} paragraphs` : 'given index'
  const mb = (bytes = Number.NaN) => (bytes / 1e6).toFixed(1)
  return {
    title: `${what}${written === null ? '' : ', live'}: ${clients} clients for ${show(seconds)} s`,
    header: ['what', 'figure'],
    rows: [
      ['requests', `${requests}, ${show(requests / seconds)} a second`],
      [
        'errors, timeouts, answers other than 2xx',
        `${figures.errors}, ${figures.timeouts}, ${figures.notOk}`,
      ],
      ['latency p50, p99, most', `${latency.p50}, ${latency.p99}, ${latency.max} ms`],
      [
        'memory at start, at end, most',
        `${mb(memory[0])}, ${mb(memory.at(-1))}, ${mb(Math.max(...memory))} MB`,
      ],
      ...(written === null
        ? []
        : [
            [
              'writes meanwhile: adds, deletes, documents, failures',
              `${written.adds}, ${written.deletes}, ${written.documents}, ${written.failures.length}`,
            ],
          ]),
    ],
  }
}

function shutdownTable({ clients, shutdown }: LoadFigures): Table {
  const { answered, turnedAway, unanswered, brokenOff, milliseconds, code, signal } = shutdown
  return {
    title: `SIGTERM while ${clients} clients ask, a connection for each request`,
    header: ['what', 'figure'],
    rows: [
      ['answered in full', String(answered)],
      ['turned away', String(turnedAway)],
      ['answers that broke off', String(brokenOff)],
      ['connections closed before an answer', String(unanswered)],
      ['from the signal to the end', `${show(milliseconds)} ms, ${code ?? signal}`],
    ],
  }
}
