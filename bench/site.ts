/**
 * What a search costs a visitor of a static site: bytes, requests and time, beside Pagefind.
 *
 *     npm run bench:site -- [--data <folder>] [--site 10k,laws] [--engine wenxun,pagefind]
 *                           [--queries 36] [--host several] [--fresh] [--edit] [--save]
 *
 * Sites: made of the laws (bench/site/pages.ts): `10k`, 10,000 pages of one article each, 4.3 MB of
 * text; `laws`, one page a law, 3,475 pages, 57 MB. Both engines read the same HTML files:
 * `wenxun site` of this commit, and the program of the `pagefind` package with its defaults.
 * Queries: about 36 of seven kinds, drawn with fixed seeds from the site's own pages
 * (bench/site/queries.ts). Sites and Pagefind's bundles are kept in the temporary folder between
 * runs; `--fresh` builds them anew. Pagefind needs 5 GB of memory and 5 minutes for the laws: it is
 * skipped, visibly, where that is not free.
 *
 * Each query is asked in headless Chromium with the files that an engine ships, over a local
 * server that counts bytes of bodies (gzip for text types, others as they lie; bench/site/server.ts).
 * `--host one` and `--host none` answer one range of a file, or none, where most servers send several.
 * Cold: empty cache, code included, until ten results can be shown. Warm: the same visitor's
 * next query. The network costs no time here: milliseconds are those of the machine.
 * With `--edit`, also what an edit of one page changes in our bundle (bench/site/edit.ts).
 * `source in 10`: the page that the query was drawn from is found. `precision`: of the best
 * min(10, pages that hold the query) places, the part filled with pages that hold it literally.
 */
import { parseArgs } from 'node:util'
import type { SourceDocument } from '@wenxun/core'
import { corpusDocuments } from './corpus.js'
import { dataFolder } from './folders.js'
import { printTables, save, type Table } from './report.js'
import {
  type BundleCost,
  makeBundle,
  makeSite,
  SITE_ENGINES,
  type SiteEngine,
} from './site/bundle.js'
import { editTable } from './site/edit.js'
import { SITE_NAMES, type SiteName, sitePages } from './site/pages.js'
import { siteQueries } from './site/queries.js'
import { HOSTS } from './site/server.js'
import { costTable, failureTable, qualityOf, visitTable } from './site/tables.js'
import { isBundleComplete, type QueryVisits, visitSite } from './site/visits.js'

const { values: flags } = parseArgs({
  options: {
    data: { type: 'string' },
    site: { type: 'string', default: SITE_NAMES.join(',') },
    engine: { type: 'string', default: SITE_ENGINES.join(',') },
    queries: { type: 'string', default: '36' },
    host: { type: 'string', default: 'several' },
    fresh: { type: 'boolean', default: false },
    edit: { type: 'boolean', default: false },
    save: { type: 'boolean', default: false },
  },
})

const sites = choose('site', flags.site, SITE_NAMES)
const engines = choose('engine', flags.engine, SITE_ENGINES)
const [host] = choose('host', flags.host, HOSTS)
const laws = await readLaws()
if (laws !== null) {
  const tables: Table[] = []
  const figures: Record<string, unknown> = {}
  for (const name of sites) {
    const measured = await measure(name, laws)
    printTables(measured.tables)
    tables.push(...measured.tables)
    figures[name] = measured.figures
  }
  if (flags.save) save('site', figures, tables)
}

function choose<T extends string>(option: string, value: string, names: readonly T[]): T[] {
  return value.split(',').map((part) => {
    const found = names.find((name) => name === part)
    if (found === undefined) throw new Error(`--${option} takes ${names.join(', ')}.`)
    return found
  })
}

async function readLaws(): Promise<SourceDocument[] | null> {
  const documents = corpusDocuments('343k', dataFolder(flags.data))
  if (documents === null) return null
  const read: SourceDocument[] = []
  for await (const document of documents) read.push(document)
  return read
}

async function measure(name: SiteName, documents: readonly SourceDocument[]) {
  const pages = sitePages(name, documents)
  const site = makeSite(name, pages)
  const queries = siteQueries(pages, Number(flags.queries))
  const costs: BundleCost[] = []
  const visited: [SiteEngine, QueryVisits[]][] = []
  const edits: Table[] = []
  for (const engine of engines) {
    const bundle = await makeBundle(site, name, engine, flags.fresh)
    if (bundle === null) continue
    costs.push(bundle.cost)
    if (!isBundleComplete(engine, bundle)) {
      console.log(`SKIPPED ${engine}: its bundle has no script for a page.`)
      continue
    }
    if (flags.edit && engine === 'wenxun') edits.push(await editTable(name, pages, bundle))
    const visits = await visitSite(engine, bundle, queries, host!)
    if (visits !== null) visited.push([engine, visits])
  }
  const failed = failureTable(name, visited)
  return {
    tables: [
      costTable(name, site.textBytes, costs),
      visitTable(name, visited),
      ...edits,
      ...(failed === null ? [] : [failed]),
    ],
    figures: {
      pages: pages.length,
      textBytes: site.textBytes,
      costs,
      visits: visited.map(([engine, visits]) => ({ engine, queries: visits.map(visitFigures) })),
    },
  }
}

/** Without the texts of the laws' pages: their number says enough. */
function visitFigures({ query, cold, warm }: QueryVisits) {
  const { found: coldFound, ...coldCost } = cold
  const { found: warmFound, ...warmCost } = warm
  return {
    kind: query.kind,
    pagesWithIt: query.truth?.size ?? null,
    cold: coldCost,
    warm: warmCost,
    ...qualityOf(query, cold),
    found: coldFound.length,
    sameWarm: JSON.stringify(coldFound) === JSON.stringify(warmFound),
  }
}
