/** The tables of bench/scale.ts. */
import type { SearchIndex } from '@wenxun/core'
import type { LuceneCost } from '../compare/lucene.js'
import type { Corpus, CorpusName } from '../corpus.js'
import type { Table } from '../report.js'
import { median, show, showPair, type Times } from '../timing.js'
import type { BuildCost } from './build-child.js'
import type { OpenCost, OpenHow } from './open-child.js'

export interface SetTimes {
  readonly set: string
  /** Ranked alone. */
  readonly ours: Times
  /** With text, marks and snippet of every hit. */
  readonly oursRead: Times
  readonly lucene: Times | null
  readonly luceneMarked: Times | null
}

/** What building and opening cost. */
export function buildTable(
  name: CorpusName,
  build: BuildCost,
  opening: Readonly<Record<OpenHow, readonly OpenCost[]>>,
  lucene: LuceneCost | null,
): Table {
  const { textBytes, buildCpuSeconds, buildSeconds, finishSeconds } = build
  const rate = (seconds: number) => `${show(textBytes / 1e6 / seconds)} MB/s`
  const times = (bytes: number) => `${(bytes / textBytes).toFixed(3)}x text`
  const rows = [
    [
      'documents / paragraphs / text',
      `${build.documents} / ${build.paragraphs} / ${mb(textBytes)}`,
    ],
    ['build, CPU', `${show(buildCpuSeconds)} s, ${rate(buildCpuSeconds)}`],
    [
      'build, wall',
      `${show(buildSeconds)} s, ${rate(buildSeconds)}; finish ${show(finishSeconds)} s`,
    ],
    ['read + build + write, wall', `${show(build.totalSeconds)} s`],
    ['peak memory of that process', `${mb(build.peakRssBytes)}, ${times(build.peakRssBytes)}`],
    ['index', `${mb(build.indexBytes)}, ${times(build.indexBytes)}`],
    ...openingRows('file', opening.file),
    ...openingRows('bytes, whole file read', opening.bytes),
  ]
  if (lucene !== null) {
    const seconds = lucene.buildCpuSeconds
    rows.push(['Lucene: build, CPU', `${show(seconds)} s, ${rate(seconds)}`])
    rows.push(['Lucene: index', `${mb(lucene.indexBytes)}, ${times(lucene.indexBytes)}`])
  }
  return { title: `${name}: build and open`, header: ['what', 'figure'], rows }
}

/** From start to first hits, and where that goes. */
function openingRows(how: string, costs: readonly OpenCost[]): string[][] {
  const part = (of: (cost: OpenCost) => number) => `${show(median(costs.map(of)))} ms`
  const slowest = show(Math.max(...costs.map(({ firstHitMs }) => firstHitMs)))
  return [
    [`from ${how}: read`, part(({ readMs }) => readMs)],
    [`from ${how}: open`, part(({ openMs }) => openMs)],
    [`from ${how}: start to first hits`, `${part((cost) => cost.firstHitMs)}, slowest ${slowest}`],
  ]
}

/** Bytes of each section of the index. */
export function sizeTable(index: SearchIndex, { name, textBytes }: Corpus): Table {
  const { sections } = index.inspect()
  return {
    title: `${name}: index by section`,
    header: ['section', 'bytes', 'of text'],
    rows: sections.map(({ id, bytes }) => [id, String(bytes), (bytes / textBytes).toFixed(4)]),
  }
}

/** Query times, with Lucene's beside ours where it ran. */
export function queryTable(name: CorpusName, times: readonly SetTimes[]): Table {
  const ratio = (ours: Times, theirs: Times | null) =>
    theirs === null
      ? '-'
      : `${show(ours.cpu.p50 / theirs.cpu.p50)} / ${show(ours.cpu.p95 / theirs.cpu.p95)}`
  const pair = (value: Times | null) => (value === null ? '-' : showPair(value.cpu))
  return {
    title: `${name}: CPU ms a query, p50 / p95; ratios below 1 mean that we are faster`,
    header: ['queries', 'n', 'ours', 'Lucene', 'ratio', 'ours + marks', 'Lucene + marks', 'ratio'],
    rows: times.map(({ set, ours, oursRead, lucene, luceneMarked }) => [
      set,
      String(ours.queries),
      showPair(ours.cpu),
      pair(lucene),
      ratio(ours, lucene),
      showPair(oursRead.cpu),
      pair(luceneMarked),
      ratio(oursRead, luceneMarked),
    ]),
  }
}

function mb(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
