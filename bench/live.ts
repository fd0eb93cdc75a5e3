/**
 * The live index: how fast documents get in, how much is written for them, and what a search
 * waits meanwhile.
 *
 *     npm run bench:live -- [--corpus 100k] [--data <folder>] [--documents 10000]
 *                           [--batch 100] [--singly 2000] [--seconds 10] [--save]
 *
 * Documents: the paragraphs of the corpus in equal parts (`made` of seeds/ where the laws are
 * absent). They are upserted in batches with a commit each, merges in the background; then, into
 * a second index, the first `--singly` of them one by one with a commit each. Write amplification:
 * bytes written by commits and merges, divided by the bytes of the index in the end.
 * Latency: from the moment a query is due (10 ms after the last, or when that is answered) to its
 * ten hits with texts and marks, so that waiting for a commit counts; while nothing else happens, while
 * a thread merges all segments, and while batches are committed. Queries: 2 to 8 characters of
 * texts, cut anywhere with a fixed seed.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { SourceDocument } from '@wenxun/core'
import { type LiveIndex, openLiveIndex } from '@wenxun/node'
import { type Corpus, loadCorpus, utf8Bytes } from './corpus.js'
import { dataFolder } from './folders.js'
import { QUERY_SEED } from './queries.js'
import { seededRandom } from './random.js'
import { printTables, save, type Table } from './report.js'

const { values: flags } = parseArgs({
  options: {
    corpus: { type: 'string', default: '100k' },
    data: { type: 'string' },
    documents: { type: 'string', default: '10000' },
    batch: { type: 'string', default: '100' },
    singly: { type: 'string', default: '2000' },
    seconds: { type: 'string', default: '10' },
    save: { type: 'boolean', default: false },
  },
})

/** Milliseconds between queries. */
const PACE = 10
const QUERIES = 500

interface Latency {
  readonly queries: number
  /** Milliseconds. */
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
}

interface Filling {
  readonly documents: number
  readonly seconds: number
  readonly documentsPerSecond: number
  readonly megabytesPerSecond: number
  readonly bytesWritten: number
  /** Of the index in the end. */
  readonly bytes: number
  readonly writeAmplification: number
  readonly segments: number
}

async function main(): Promise<void> {
  const corpus = await corpusAtHand()
  const documents = inEqualParts(corpus, Number(flags.documents))
  const queries = drawQueries(corpus.texts)
  const folder = mkdtempSync(join(tmpdir(), 'wenxun-bench-live-'))
  try {
    const live = await openLiveIndex(join(folder, 'batches'))
    const batched = await fill(live, documents, Number(flags.batch))
    const idle = await searchFor(live, queries, Number(flags.seconds) * 1000)
    const merging = await latencyDuring(live, queries, () => mergeFor(live, documents))
    const writing = await latencyDuring(live, queries, () => fillAgain(live, documents))
    await live.compact()
    const idleAfter = await searchFor(live, queries, Number(flags.seconds) * 1000)
    await live.close()
    const one = await openLiveIndex(join(folder, 'singly'))
    const single = await fill(one, documents.slice(0, Number(flags.singly)), 1)
    await one.close()
    report(corpus, { batched, single }, { idle, merging, writing, idleAfter })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function corpusAtHand(): Promise<Corpus> {
  const data = dataFolder(flags.data)
  const asked = await loadCorpus(flags.corpus as Corpus['name'], data)
  return asked ?? (await loadCorpus('made', data))!
}

function inEqualParts({ texts }: Corpus, count: number): SourceDocument[] {
  const size = Math.max(1, Math.floor(texts.length / count))
  return Array.from({ length: Math.min(count, texts.length) }, (_, i) => ({
    id: `d${i}`,
    title: texts[i * size]!.slice(0, 12),
    paragraphs: texts.slice(i * size, (i + 1) * size).map((text) => ({ text })),
  }))
}

function drawQueries(texts: readonly string[]): string[] {
  const random = seededRandom(QUERY_SEED)
  return Array.from({ length: QUERIES }, () => {
    const text = texts[Math.floor(random() * texts.length)]!
    const from = Math.floor(random() * Math.max(1, text.length - 8))
    return text.slice(from, from + 2 + Math.floor(random() * 7))
  })
}

/** Upserts and commits; merging goes on beside, and is waited for in the end. */
async function fill(
  live: LiveIndex,
  documents: readonly SourceDocument[],
  batch: number,
): Promise<Filling> {
  const start = performance.now()
  for (let at = 0; at < documents.length; at += batch) {
    live.upsert(documents.slice(at, at + batch))
    await live.commit()
  }
  const seconds = (performance.now() - start) / 1000
  await live.merge()
  const { bytesWritten, segments, bytes } = live.status
  const textBytes = documents.reduce((sum, one) => sum + utf8Bytes(textsOf(one)), 0)
  return {
    documents: documents.length,
    seconds,
    documentsPerSecond: documents.length / seconds,
    megabytesPerSecond: textBytes / 1e6 / seconds,
    bytesWritten,
    bytes,
    writeAmplification: bytesWritten / bytes,
    segments,
  }
}

const textsOf = ({ paragraphs }: SourceDocument) => paragraphs.map(({ text }) => text)

/** Compacts again and again: a document changes each time, so that there is something to merge. */
async function mergeFor(live: LiveIndex, documents: readonly SourceDocument[]): Promise<void> {
  const end = performance.now() + Number(flags.seconds) * 1000
  do {
    live.upsert(documents[0]!)
    await live.commit()
    await live.compact()
  } while (performance.now() < end)
}

/** Replaces documents in batches for a while. */
async function fillAgain(live: LiveIndex, documents: readonly SourceDocument[]): Promise<void> {
  const end = performance.now() + Number(flags.seconds) * 1000
  const batch = Number(flags.batch)
  for (let at = 0; performance.now() < end; at = (at + batch) % documents.length) {
    live.upsert(documents.slice(at, at + batch))
    await live.commit()
  }
}

async function latencyDuring(
  live: LiveIndex,
  queries: readonly string[],
  work: () => Promise<void>,
): Promise<Latency> {
  let isOver = false
  const working = work().finally(() => {
    isOver = true
  })
  const latency = await search(live, queries, () => isOver)
  await working
  return latency
}

function searchFor(
  live: LiveIndex,
  queries: readonly string[],
  milliseconds: number,
): Promise<Latency> {
  let end = Number.POSITIVE_INFINITY
  const isOver = () => {
    end = Math.min(end, performance.now() + milliseconds)
    return performance.now() >= end
  }
  return search(live, queries, isOver)
}

async function search(
  live: LiveIndex,
  queries: readonly string[],
  isOver: () => boolean,
): Promise<Latency> {
  for (const query of queries) answer(live, query)
  const times: number[] = []
  let due = performance.now()
  for (let i = 0; !isOver(); i++) {
    // A slow answer puts the next query off: what follows is not late because of it.
    due = Math.max(due + PACE, performance.now())
    await sleep(Math.max(0, due - performance.now()))
    answer(live, queries[i % queries.length]!)
    times.push(performance.now() - due)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))]!
  return { queries: times.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }
}

function answer(live: LiveIndex, query: string): void {
  for (const hit of live.search(query).hits) {
    if (hit.text.length < hit.highlights.length) throw new Error(`${query}: more marks than text`)
  }
}

function report(
  { name }: Corpus,
  fillings: Readonly<Record<string, Filling>>,
  latencies: Readonly<Record<string, Latency>>,
): void {
  const titles: Readonly<Record<string, string>> = {
    batched: `batches of ${flags.batch}, a commit each`,
    single: 'one by one, a commit each',
    idle: 'idle',
    merging: 'while a thread merges everything',
    writing: `while batches of ${flags.batch} replace documents`,
    idleAfter: 'idle, one segment',
  }
  const tables: Table[] = [
    {
      title: `Upserts into a live index (${name})`,
      header: ['', 'documents', 'documents/s', 'MB/s', 'written / index', 'segments'],
      rows: Object.entries(fillings).map(([key, one]) => [
        titles[key]!,
        one.documents.toLocaleString('en-US'),
        one.documentsPerSecond.toFixed(0),
        one.megabytesPerSecond.toFixed(2),
        one.writeAmplification.toFixed(1),
        String(one.segments),
      ]),
    },
    {
      title: `Search latency of a live index, ms (${name}, a query about each ${PACE} ms)`,
      header: ['', 'queries', 'p50', 'p95', 'p99', 'max', 'p95 / idle'],
      rows: Object.entries(latencies).map(([key, one]) => [
        titles[key]!,
        String(one.queries),
        ...[one.p50, one.p95, one.p99, one.max].map((time) => time.toFixed(2)),
        (one.p95 / latencies['idle']!.p95).toFixed(1),
      ]),
    },
  ]
  printTables(tables)
  if (flags.save) save('live', { corpus: name, fillings, latencies }, tables)
}

await main()
