/**
 * A bundle searched in a worker of headless Chromium, under a policy that allows no evaluated code:
 * the same hits as on the page and in Node, the same errors, searches that can be given up.
 */

import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { openIndex, type SearchOptions } from '@wenxun/core'
import { writeBundle } from '@wenxun/core/build'
import { build as bundle } from 'esbuild'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plain } from '../support/bundle-host.js'
import { build } from '../support/notation.js'
import { openSeeds } from '../support/seeds.js'
import { findChromium } from './chromium.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const workerFile = new URL('../../packages/ui/dist/wenxun-worker.js', import.meta.url)
const POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking']

type Query = readonly [query: string, options?: SearchOptions]
const queries: Query[] = [
  ...[
    '法治政府建设',
    '行政複議',
    'fazhizhengfu',
    '"建设工作会议"',
    '法治 -洛阳',
    '2024年',
    '龘',
    '',
  ].map((query) => [query] as const),
  ['行政执法', { limit: 30, offset: 5, snippetLength: 40 }],
  ['政府', { group: 'document', limit: 5, facets: ['date'] }],
]

/** The page's script: the same bundles near and in a worker. */
const script = `
  import { openBundle } from './packages/ui/dist/remote-index.js'
  import { openWorkerIndex } from './packages/ui/dist/worker-index.js'
  const at = (folder) => new URL(folder, document.baseURI).href
  const start = (file = '/wenxun-worker.js') => new Worker(file)
  const failure = ({ name, code, message }) => ({ name, code: code ?? null, message })
  const caught = (promise) => promise.then(() => 'no error', failure)
  const all = async (index, queries) => {
    const results = []
    for (const query of queries) results.push(await index.search(...query))
    return results
  }
  const api = {
    near: async (folder, queries) => all(await openBundle(at(folder)), queries),
    far: async (folder, queries) => {
      const index = await openWorkerIndex(start(), folder)
      const results = await all(index, queries)
      index.close()
      return { results, documents: index.metadata.counts.documents }
    },
    errors: async () => {
      const index = await openWorkerIndex(start(), '/shards/')
      const abort = new AbortController()
      const given = caught(index.search('法治政府', { signal: abort.signal }))
      const other = index.search('法治政府')
      abort.abort(new Error('typed on'))
      const found = {
        missing: await caught(openWorkerIndex(start(), '/nowhere/')),
        option: await caught(index.search('法治', { limit: -1 })),
        given: await given,
        early: await caught(index.search('法治', { signal: AbortSignal.abort(new Error('early')) })),
        other: (await other).hits.length,
        noScript: await caught(openWorkerIndex(start('/no-such-script.js'), '/shards/')),
      }
      const last = caught(index.search('从未问过的词'))
      index.close()
      return { ...found, last: await last, later: await caught(index.search('法治')) }
    },
  }
  // In a task of their own: the debugger's calls are exempt from the page's policy.
  globalThis.wenxun = (name, values) =>
    new Promise((resolve) => setTimeout(resolve)).then(() => api[name](...values))
`

const chromiumPath = findChromium()
const title = chromiumPath ?? 'SKIPPED: no Chromium on the PATH or in CHROMIUM_PATH'
if (chromiumPath === null) console.log(title)

describe.skipIf(chromiumPath === null)(`a bundle in a worker (${title})`, () => {
  let server: Server
  let browser: Browser
  let page: Page
  let index: Uint8Array

  beforeAll(async () => {
    const { documents } = await openSeeds()
    index = build(documents)
    server = await serve({
      '/shards/': writeBundle(index, { singleFileBytes: 0 }),
      '/whole/': writeBundle(index, { singleFileBytes: index.length }),
    })
    browser = await chromium.launch({ executablePath: chromiumPath!, args: flags })
    page = await browser.newPage()
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`)
  })

  afterAll(async () => {
    await browser?.close()
    server?.closeAllConnections()
    server?.close()
  })

  const ask = <T>(name: string, ...values: unknown[]): Promise<T> =>
    page.evaluate(
      ([method, given]) => {
        const { wenxun } = globalThis as unknown as Record<string, CallableFunction>
        return wenxun!(method, given)
      },
      [name, values] as const,
    )

  it.each(['/shards/', '/whole/'])(
    '%s has the same hits in a worker as on the page',
    async (at) => {
      const near = await ask('near', at, queries)
      const far = await ask<{ results: never[]; documents: number }>('far', at, queries)
      expect(far.results).toEqual(near)
      const local = openIndex(index)
      const inNode = queries.map(([query, options]) => plain(local.search(query, options)))
      expect(far.results.map(plain)).toEqual(JSON.parse(JSON.stringify(inNode)))
      expect(far.documents).toBe(local.metadata.counts.documents)
      expect(inNode.filter(({ total }) => total > 0).length).toBeGreaterThan(queries.length / 2)
    },
  )

  it('errors keep their codes, and a search that is given up spoils no other', async () => {
    expect(await ask('errors')).toMatchObject({
      missing: { name: 'IndexError', code: 'SHARD_UNAVAILABLE' },
      option: { name: 'IndexError', code: 'BAD_OPTION' },
      given: { message: 'typed on' },
      early: { message: 'early' },
      other: 10,
      noScript: { message: expect.stringContaining('The search worker failed') },
      last: { code: 'CLOSED' },
      later: { code: 'CLOSED' },
    })
  })
})

/** Serves the page, its script, the worker and bundles; everything under the policy. */
async function serve(
  bundles: Readonly<Record<string, ReadonlyMap<string, Uint8Array>>>,
): Promise<Server> {
  const { outputFiles } = await bundle({
    stdin: { contents: script, resolveDir: root },
    bundle: true,
    format: 'iife',
    platform: 'browser',
    write: false,
  })
  const files = new Map<string, [type: string, body: string | Uint8Array]>([
    ['/', ['text/html', '<!doctype html><meta charset="utf-8"><script src="/script.js"></script>']],
    ['/script.js', ['text/javascript', outputFiles[0]!.text]],
    ['/wenxun-worker.js', ['text/javascript', readFileSync(workerFile)]],
  ])
  for (const [folder, shards] of Object.entries(bundles)) {
    for (const [name, bytes] of shards)
      files.set(folder + name, ['application/octet-stream', bytes])
  }
  const server = createServer((request, response) => {
    const found = files.get(new URL(request.url ?? '/', 'http://localhost').pathname)
    response.setHeader('content-security-policy', POLICY)
    response.statusCode = found === undefined ? 404 : 200
    if (found !== undefined) response.setHeader('content-type', `${found[0]}; charset=utf-8`)
    response.end(found?.[1] ?? 'not found')
  })
  return new Promise((resolve) => server.listen(0, 'localhost', () => resolve(server)))
}
