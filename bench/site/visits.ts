/**
 * Visitors of a site with one engine's bundle: each opens a page of its own with an empty cache,
 * asks one query (cold: code and all), then another (warm). In headless Chromium with the files
 * that the engine ships; without one, in Node, our engine alone.
 */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page as Tab } from 'playwright-core'
import { findChromium } from '../../test/browser/chromium.js'
import type { Bundle, SiteEngine } from './bundle.js'
import type { SiteQuery } from './queries.js'
import { CountingServer, type Host, type Sent } from './server.js'

export interface Visit {
  /** Paths of the pages found, best first, at most ten. */
  readonly found: readonly string[]
  /** From before the engine is loaded, or asked, until ten results can be shown. */
  readonly milliseconds: number
  readonly requests: number
  readonly bytes: number
  /** Of these, programs: .js, .wasm and Pagefind's wasm. */
  readonly codeBytes: number
  /** Why there was no answer, where there was none. */
  readonly failure: string | null
}

export interface QueryVisits {
  readonly query: SiteQuery
  readonly cold: Visit
  readonly warm: Visit
}

interface Answer {
  readonly found: readonly string[]
  readonly milliseconds: number
}

/** What a visitor's page can do. */
interface Visitor {
  ask(query: string): Promise<Answer>
  leave(): Promise<void>
}

/** Pages shown for a query. */
const SHOWN = 10
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
/** Requests that come after the answer still belong to it (fetched ahead, not awaited). */
const SETTLE_MS = 100

/** Each engine's own way from a query to the paths of its best ten pages. */
const SEARCHES: Readonly<Record<SiteEngine, string>> = {
  pagefind: `async (query) => {
    const pagefind = await import('/pagefind.js')
    const { results } = await pagefind.search(query)
    const shown = await Promise.all(results.slice(0, ${SHOWN}).map((result) => result.data()))
    return shown.map(({ url }) => url)
  }`,
  wenxun: `async (query) => {
    const { openBundle } = await import('/wenxun-search.js')
    globalThis.opened ??= openBundle(new URL('/', location.href).href)
    const index = await globalThis.opened
    const { groups } = await index.search(query, { limit: ${SHOWN}, group: 'document', groupSize: 1 })
    return groups.map(({ document, hits }) => {
      if (hits[0].snippet.length === 0) throw new Error('A hit has no snippet.')
      return document.url ?? document.id
    })
  }`,
}

/** Every query cold and warm; null after a visible line when this cannot be done here. */
export async function visitSite(
  engine: SiteEngine,
  { folder }: Bundle,
  queries: readonly SiteQuery[],
  host: Host,
): Promise<QueryVisits[] | null> {
  const path = findChromium()
  if (path === null && engine === 'pagefind') {
    console.log('SKIPPED pagefind: no Chromium on the PATH or in CHROMIUM_PATH.')
    return null
  }
  if (path === null) console.log('No Chromium: wenxun is asked in Node, without a browser cache.')
  const server = await CountingServer.start(folder, pageFor(engine), host)
  const browser = path === null ? null : await openBrowser(path)
  try {
    const enter = () =>
      browser === null ? enterInNode(folder, server) : enterInBrowser(browser, server)
    return await visitAll(queries, server, enter)
  } finally {
    await browser?.close()
    server.stop()
  }
}

/** Visitor `i` asks query `i` cold and the next one warm, so that each is asked both ways. */
async function visitAll(
  queries: readonly SiteQuery[],
  server: CountingServer,
  enter: () => Promise<Visitor>,
): Promise<QueryVisits[]> {
  const cold: Visit[] = []
  const warm: Visit[] = []
  for (const [i, query] of queries.entries()) {
    const next = (i + 1) % queries.length
    const visitor = await enter()
    server.take()
    cold[i] = await visit(visitor, query.text, server)
    warm[next] = await visit(visitor, queries[next]!.text, server)
    await visitor.leave()
  }
  return queries.map((query, i) => ({ query, cold: cold[i]!, warm: warm[i]! }))
}

async function visit(visitor: Visitor, query: string, server: CountingServer): Promise<Visit> {
  let failure: string | null = null
  const { found, milliseconds } = await visitor.ask(query).catch((error: unknown) => {
    failure = error instanceof Error ? firstLine(error.message) : String(error)
    return { found: [], milliseconds: Number.NaN }
  })
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  const sent = server.take()
  const missing = sent.find(({ status }) => status >= 400)
  if (missing !== undefined) failure ??= `The bundle lacks ${missing.path}.`
  return {
    found: found.map(pathOf),
    milliseconds,
    requests: sent.length,
    bytes: sum(sent),
    codeBytes: sum(sent.filter(({ path }) => /\.js$|\.wasm$|\/wasm\.[^/]*\.pagefind$/.test(path))),
    failure,
  }
}

async function openBrowser(executablePath: string): Promise<Browser> {
  const browser = await chromium.launch({ executablePath, args: FLAGS })
  // The first page of a browser takes longest.
  const page = await browser.newPage()
  await page.close()
  return browser
}

async function enterInBrowser(browser: Browser, { origin }: CountingServer): Promise<Visitor> {
  const context = await browser.newContext()
  const tab: Tab = await context.newPage()
  await tab.goto(origin)
  return {
    ask: (query) => tab.evaluate(`globalThis.ask(${JSON.stringify(query)})`) as Promise<Answer>,
    leave: () => context.close(),
  }
}

/** The bundle's own module, run here; the files of a plain search are fetched once, to be counted. */
async function enterInNode(folder: string, { origin }: CountingServer): Promise<Visitor> {
  const { openBundle } = (await import(pathToFileURL(join(folder, 'wenxun-search.js')).href)) as {
    openBundle(source: string): Promise<RemoteIndex>
  }
  const code = readdirSync(folder).filter((name) => /^wenxun-(search|core-.*)\.js$/.test(name))
  let opened: Promise<RemoteIndex> | undefined
  return {
    async ask(query) {
      const start = performance.now()
      for (const name of opened === undefined ? code : []) {
        await (await fetch(`${origin}/${name}`)).arrayBuffer()
      }
      opened ??= openBundle(`${origin}/`)
      const index = await opened
      const { groups } = await index.search(query, {
        limit: SHOWN,
        group: 'document',
        groupSize: 1,
      })
      const found = groups.map(({ document }) => document.url ?? document.id)
      return { found, milliseconds: performance.now() - start }
    },
    leave: async () => {},
  }
}

interface RemoteIndex {
  search(
    query: string,
    options: object,
  ): Promise<{ groups: readonly { document: { id: string; url: string | null } }[] }>
}

function pageFor(engine: SiteEngine): string {
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>${engine}</title>
<script type="module">
const search = ${SEARCHES[engine]}
globalThis.ask = async (query) => {
  const start = performance.now()
  const found = await search(query)
  return { found, milliseconds: performance.now() - start }
}
</script></html>`
}

/** Whether the bundle holds what its page loads. */
export function isBundleComplete(engine: SiteEngine, { folder }: Bundle): boolean {
  return existsSync(join(folder, engine === 'wenxun' ? 'wenxun-search.js' : 'pagefind.js'))
}

function pathOf(url: string): string {
  return decodeURIComponent(new URL(url, 'http://localhost/').pathname).replace(/^\/+/, '')
}

function firstLine(message: string): string {
  return message.replace(/^page\.evaluate: /, '').split('\n')[0] ?? ''
}

function sum(sent: readonly Sent[]): number {
  return sent.reduce((bytes, { bytes: more }) => bytes + more, 0)
}
