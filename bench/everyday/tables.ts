/** The tables of bench/bench.ts: every engine beside ours, failures and losses shown. */
import { COMPARED_KINDS, type ComparedKind } from '../compare/queries.js'
import type { Corpus } from '../corpus.js'
import type { Table } from '../report.js'
import { median, show, showPair, type Times } from '../timing.js'
import type { EngineFigures, HighlightTimes } from './engine-run.js'

/** All engines of one corpus, ours first. */
export type Measured = readonly [ours: EngineFigures, ...rivals: EngineFigures[]]

export function buildTable({ name, textBytes }: Corpus, all: Measured): Table {
  const [{ buildMs: ours = Number.NaN }] = all
  return {
    title: `${name}: build`,
    header: ['engine', 'ms', 'MB/s', 'ours / theirs'],
    rows: all.map(({ engine, buildMs = Number.NaN }, i) => [
      engine,
      show(buildMs),
      show(textBytes / 1000 / buildMs),
      i === 0 ? '' : ratio(ours, buildMs),
    ]),
  }
}

/** From the saved form to the first ten hits. */
export function openTable({ name, textBytes }: Corpus, all: Measured): Table {
  const [ours] = all
  return {
    title: `${name}: saved index, and time from there to the first hits`,
    header: ['engine', 'bytes', 'of text', 'ours / theirs', 'open ms', 'ours / theirs'],
    rows: all.map(({ engine, storesText, bytes = Number.NaN, openMs = Number.NaN }, i) => [
      `${engine}${storesText ? ' (with the text)' : ' (no text)'}`,
      Number.isNaN(bytes) ? '-' : String(bytes),
      show(bytes / textBytes),
      i === 0 ? '' : ratio(ours.bytes ?? Number.NaN, bytes),
      show(openMs),
      i === 0 ? '' : ratio(ours.openMs ?? Number.NaN, openMs),
    ]),
  }
}

/** Times by kind and engine; ours is the median over the turns with each rival. */
export function queryTable({ name }: Corpus, all: Measured): Table {
  const rows = COMPARED_KINDS.filter((kind) => oursOf(all, kind) !== null).flatMap((kind) =>
    all.map(({ engine, queries, failures }, i) => {
      const times = queries?.[kind]
      if (i === 0) return [`${kind}: ${engine}`, showPair(oursOf(all, kind)!), '']
      if (times === undefined) {
        const failed = failures.some((failure) => failure.startsWith(kind))
        return [`${kind}: ${engine}`, failed ? 'failed' : 'has none', '-']
      }
      const { own, ours } = times
      const [p50, p95] = (['p50', 'p95'] as const).map((part) =>
        ratio(ours.cpu[part], own.cpu[part]),
      )
      return [`${kind}: ${engine}`, showPair(own.cpu), `${p50} / ${p95}`]
    }),
  )
  return {
    title: `${name}: CPU ms a query, p50 / p95`,
    header: ['queries: engine', 'ms', 'ours / theirs'],
    rows,
  }
}

/** What came back for queries that stand literally in the texts. */
export function answerTable({ name }: Corpus, all: Measured): Table {
  const kinds = (['words', 'substrings', 'phrases', 'prefix'] as const).filter(
    (kind) => (all[0].answers?.[kind]?.counted ?? 0) > 0,
  )
  const cell = ({ answers }: EngineFigures, kind: ComparedKind) => {
    const found = answers?.[kind]
    return found === undefined ? '-' : `${percent(found.literal)} / ${percent(found.missed)}`
  }
  return {
    title: `${name}: top 10 filled with paragraphs that hold the query / queries without a hit`,
    header: ['engine', ...kinds.map((kind) => `${kind} (${all[0].answers![kind]!.counted})`)],
    rows: all.map((figures) => [figures.engine, ...kinds.map((kind) => cell(figures, kind))]),
  }
}

export function highlightTable({ name }: Corpus, times: readonly HighlightTimes[]): Table {
  return {
    title: `${name}: highlight, CPU ms, p50 / p95`,
    header: ['queries', 'ids alone', 'ten hits read', 'a hit, mean'],
    rows: times.map(({ kind, ids, read }) => [
      kind,
      showPair(ids.cpu),
      showPair(read.cpu),
      show((read.cpu.mean - ids.cpu.mean) / 10),
    ]),
  }
}

/** Everything that a rival does better, in one place: ours over theirs where that is above 1. */
export function lossTable({ name }: Corpus, all: Measured): Table {
  const [ours, ...rivals] = all
  const rows = rivals.map((rival) => [
    rival.engine,
    loss(ours.buildMs, rival.buildMs),
    loss(ours.bytes, rival.bytes),
    loss(ours.openMs, rival.openMs),
    ...COMPARED_KINDS.map((kind) => {
      const times = rival.queries?.[kind]
      if (times === undefined) return ''
      const [p50, p95] = (['p50', 'p95'] as const).map((part) =>
        loss(times.ours.cpu[part], times.own.cpu[part]),
      )
      return p50 === '' && p95 === '' ? '' : `${p50 || '-'} / ${p95 || '-'}`
    }),
  ])
  return {
    title: `${name}: where we lose, by how many times (queries: p50 / p95)`,
    header: ['against', 'build', 'size', 'open', ...COMPARED_KINDS],
    rows,
  }
}

/** What engines could not do; null when they could do everything. */
export function failureTable({ name }: Corpus, all: Measured): Table | null {
  const rows = all.flatMap(({ engine, failures }) => failures.map((failure) => [engine, failure]))
  if (rows.length === 0) return null
  return { title: `${name}: failures`, header: ['engine', 'what'], rows }
}

function loss(ours = Number.NaN, theirs = Number.NaN): string {
  return ours > theirs ? show(ours / theirs) : ''
}

function oursOf(all: Measured, kind: ComparedKind): Times['cpu'] | null {
  const [own, ...rivals] = all
  const measured = (rivals.length > 0 ? rivals : [own]).flatMap(({ queries }) => {
    const times = queries?.[kind]
    return times === undefined ? [] : [times.ours.cpu]
  })
  if (measured.length === 0) return own.queries?.[kind]?.own.cpu ?? null
  const middle = (part: keyof Times['cpu']) => median(measured.map((cpu) => cpu[part]))
  return { p50: middle('p50'), p95: middle('p95'), mean: middle('mean') }
}

/** Bold where they are ahead. */
function ratio(ours: number, theirs: number): string {
  const value = ours / theirs
  return value > 1 ? `**${show(value)}**` : show(value)
}

function percent(part: number): string {
  return `${Math.round(part * 100)}%`
}
