/** What bench/site.ts reports: costs of building, and of every kind of query on the wire. */
import type { Table } from '../report.js'
import { median, show } from '../timing.js'
import type { BundleCost } from './bundle.js'
import type { SiteName } from './pages.js'
import { SITE_QUERY_KINDS, type SiteQuery } from './queries.js'
import type { QueryVisits, Visit } from './visits.js'

/** How good one query's answer was. */
export interface Quality {
  /** The page that the query was drawn from is among the ten. */
  readonly sourceFound: boolean
  /**
   * Of the best `min(10, pages that hold the query)` places, the part that such pages fill; null
   * where there is no literal truth.
   */
  readonly precision: number | null
  readonly isEmpty: boolean
}

export function qualityOf({ source, truth }: SiteQuery, { found }: Visit): Quality {
  const places = Math.min(10, truth?.size ?? 0)
  const right = found.slice(0, places).filter((path) => truth?.has(path) === true).length
  return {
    sourceFound: found.includes(source),
    precision: places === 0 ? null : right / places,
    isEmpty: found.length === 0,
  }
}

export function costTable(site: SiteName, textBytes: number, costs: readonly BundleCost[]): Table {
  const mb = (bytes: number | null) => (bytes === null ? '-' : (bytes / 1e6).toFixed(1))
  return {
    title: `${site}: bundles; the pages hold ${mb(textBytes)} MB of text`,
    header: [
      'engine',
      'build s',
      'CPU s',
      'peak memory MB',
      'x text',
      'files',
      'size MB',
      'x text',
    ],
    rows: costs.map(({ peakRssBytes, files, bytes, ...cost }) => [
      `${cost.engine}, ${cost.version}`,
      show(cost.buildSeconds),
      show(cost.buildCpuSeconds ?? Number.NaN),
      mb(peakRssBytes),
      peakRssBytes === null ? '-' : show(peakRssBytes / textBytes),
      String(files),
      mb(bytes),
      show(bytes / textBytes),
    ]),
  }
}

/** A row for each kind of query and engine, and one over all. */
export function visitTable(
  site: SiteName,
  visited: readonly (readonly [engine: string, visits: readonly QueryVisits[]])[],
): Table {
  const row = (kind: string, engine: string, visits: readonly QueryVisits[]) => {
    const qualities = visits.map(({ query, cold }) => qualityOf(query, cold))
    const precisions = qualities.flatMap(({ precision }) => (precision === null ? [] : [precision]))
    const share = (count: number, of: number) => `${Math.round((count / of) * 100)}%`
    // A frequent word stands on too many pages for its source to be expected among ten.
    const findable = qualities.filter((_, i) => visits[i]!.query.kind !== 'frequent')
    const sources = findable.filter(({ sourceFound }) => sourceFound).length
    const code = median(visits.map(({ cold }) => cold.codeBytes / 1000))
    return [
      `${kind}: ${engine}`,
      String(visits.length),
      ...wire(visits.map(({ cold }) => cold)),
      code.toFixed(1),
      ...wire(visits.map(({ warm }) => warm)),
      findable.length === 0 ? '-' : share(sources, findable.length),
      precisions.length === 0 ? '-' : mean(precisions).toFixed(2),
      share(qualities.filter(({ isEmpty }) => isEmpty).length, visits.length),
    ]
  }
  const kinds = SITE_QUERY_KINDS.filter((kind) =>
    visited.some(([, visits]) => visits.some(({ query }) => query.kind === kind)),
  )
  return {
    title: `${site}: on the wire; KB (1000 bytes) median and most, requests and ms median`,
    header: [
      'queries: engine',
      'n',
      'cold KB',
      'requests',
      'ms',
      'code KB',
      'warm KB',
      'requests',
      'ms',
      'source in 10',
      'precision',
      'empty',
    ],
    rows: [
      ...kinds.flatMap((kind) =>
        visited.map(([engine, visits]) =>
          row(
            kind,
            engine,
            visits.filter(({ query }) => query.kind === kind),
          ),
        ),
      ),
      ...visited.map(([engine, visits]) => row('all', engine, visits)),
    ],
  }
}

/** Why queries had no answer, and how many; null when all had one. */
export function failureTable(
  site: SiteName,
  visited: readonly (readonly [engine: string, visits: readonly QueryVisits[]])[],
): Table | null {
  const counts = new Map<string, number>()
  for (const [engine, visits] of visited) {
    for (const { cold, warm } of visits) {
      const failure = cold.failure ?? warm.failure
      if (failure === null) continue
      const key = `${engine}: ${failure}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  }
  const rows = [...counts].map(([why, count]) => [why, String(count)])
  return rows.length === 0 ? null : { title: `${site}: failures`, header: ['why', 'queries'], rows }
}

function wire(visits: readonly Visit[]): string[] {
  const kilobytes = visits.map(({ bytes }) => bytes / 1000)
  return [
    `${median(kilobytes).toFixed(1)}, ${Math.max(...kilobytes).toFixed(1)}`,
    String(median(visits.map(({ requests }) => requests))),
    show(median(visits.map(({ milliseconds }) => milliseconds))),
  ]
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length
}
