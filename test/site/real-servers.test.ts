/**
 * The web servers that are installed here (nginx, Apache, Caddy, lighttpd), asked as a page asks
 * them: every search finds the same as in memory, and each sends several ranges in one answer unless
 * it is told not to, whatever it compresses.
 */

import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openIndex } from '@wenxun/core'
import { writeBundle } from '@wenxun/core/build'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { openBundle } from '../../packages/ui/src/remote-index.js'
import { findChromium } from '../browser/chromium.js'
import { plain } from '../support/bundle-host.js'
import { build } from '../support/notation.js'
import { Random } from '../support/random.js'
import { findProgram, startServer, versionOf } from '../support/real-servers.js'
import { hanSubstrings, openSeeds } from '../support/seeds.js'
import { canBe, PROGRAMS, type Program, type Setting } from '../support/server-configs.js'

const shipped = fileURLToPath(new URL('../../packages/ui/dist/page', import.meta.url))
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking']
const PAGE = `<!doctype html><script type="module">
  import { openBundle } from './wenxun-search.js'
  const index = await openBundle(new URL('.', location.href).href)
  const find = async (query) => (await index.search(query, {})).hits.map(({ text }) => text)
  globalThis.findAll = async (queries) => {
    const found = []
    for (const query of queries) found.push(await find(query))
    return found
  }
</script>`

const { paragraphs } = await openSeeds()
const random = new Random(41)
const texts = paragraphs.map(({ text }) => text)
const PAGES = Array.from({ length: 300 }, (_, i) => ({
  id: `page-${i}`,
  title: `第${i}页`,
  paragraphs: [1, 2, 3, 4].map(() => ({ text: random.pick(texts) })),
}))
const INDEX = build(PAGES)
const local = openIndex(INDEX)
const BUNDLE = writeBundle(INDEX, { singleFileBytes: 0, pieceBytes: 400 })

const words = hanSubstrings(texts, 2, 4)
const QUERIES = Array.from({ length: 100 }, () =>
  Array.from({ length: random.int(1, 3) }, () => random.pick(words)).join(' '),
)
const FEWER = QUERIES.slice(0, 12)
const FEWEST = QUERIES.slice(0, 6)
/** Takes more than ten texts, which is more than lighttpd sends in one answer. */
const MANY = { limit: 40 }

const path = findChromium()
let root = ''
let browser: Browser | undefined

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'wenxun-servers-'))
  // Servers may run as another user.
  chmodSync(root, 0o755)
  for (const [name, bytes] of BUNDLE) writeFileSync(join(root, name), bytes)
  for (const name of readdirSync(shipped)) {
    writeFileSync(join(root, name), readFileSync(join(shipped, name)))
  }
  writeFileSync(join(root, 'page.html'), PAGE)
  if (path !== null) browser = await chromium.launch({ executablePath: path, args: flags })
})

afterAll(async () => {
  await browser?.close()
  rmSync(root, { recursive: true })
})

afterEach(() => {
  vi.unstubAllGlobals()
})

interface Asked {
  /** Ranges of the request; 0 for a whole file. */
  readonly ranges: number
  readonly status: number
  readonly isCoded: boolean
}

const expected = new Map<string, string>()

/** The hits of the index in memory. */
function rightHits(query: string, options: object): string {
  const key = query + JSON.stringify(options)
  const known = expected.get(key) ?? JSON.stringify(plain(local.search(query, options)))
  expected.set(key, known)
  return known
}

/** Searches from Node, expects the hits of the index in memory, and returns what was asked. */
async function search(source: string, queries: readonly string[], headers = {}): Promise<Asked[]> {
  const asked: Asked[] = []
  const real = globalThis.fetch
  vi.stubGlobal('fetch', async (url: URL, request: RequestInit) => {
    const all: Record<string, string> = { ...headers, ...(request.headers as object) }
    const response = await real(url, { ...request, headers: all })
    const ranges = all['range']?.split(',').length ?? 0
    const isCoded = response.headers.has('content-encoding')
    asked.push({ ranges, status: response.status, isCoded })
    return response
  })
  const opened = await openBundle(source)
  for (const [i, query] of queries.entries()) {
    const options = i % 10 === 9 ? MANY : {}
    const found = JSON.stringify(plain(await opened.search(query, options)))
    expect(found, query).toBe(rightHits(query, options))
  }
  return asked
}

/** Runs a server for as long as `use` takes. */
async function served<T>(
  program: Program,
  setting: Setting,
  use: (source: string) => Promise<T>,
): Promise<T> {
  const server = await startServer(program, root, setting)
  try {
    return await use(server.source)
  } finally {
    await server.stop()
  }
}

const LIMITED: readonly Setting[] = ['single', 'none']

const several = (asked: readonly Asked[]) => asked.filter(({ ranges }) => ranges > 1)

/** Several ranges come whenever they are asked for, and that saves requests. */
function expectSeveral(asked: readonly Asked[]): void {
  expect(new Set(several(asked).map(({ status }) => status))).toEqual(new Set([206]))
  const alone = asked.reduce((sum, { ranges }) => sum + Math.max(1, ranges), 0)
  expect(asked.length).toBeLessThan(alone * 0.8)
}

function describeProgram(program: Program): void {
  const isThere = findProgram(program) !== null
  console.log(isThere ? versionOf(program) : `SKIPPED: no ${program} on this machine.`)
  const packs = it.skipIf(!canBe(program, 'packs'))

  describe.skipIf(!isThere)(program, () => {
    it('sends several ranges in one answer', async () => {
      const asked = await served(program, 'plain', (source) => search(source, QUERIES))
      expectSeveral(asked)
      expect(Math.max(...asked.map(({ ranges }) => ranges))).toBe(10)
    })

    packs('sends them as they are, where it compresses all it can', async () => {
      const asked = await served(program, 'packs', (source) => search(source, FEWER))
      expectSeveral(asked)
      expect(asked.filter(({ isCoded }) => isCoded).length).toBeGreaterThan(0)
      expect(several(asked).some(({ isCoded }) => isCoded)).toBe(false)
    })

    packs('answers a client that takes compressed ranges, too', async () => {
      const headers = { 'accept-encoding': 'gzip' }
      const asked = await served(program, 'packs', (source) => search(source, FEWER, headers))
      expect(asked.some(({ ranges, isCoded }) => ranges > 0 && isCoded)).toBe(true)
    })

    it.each(LIMITED.filter((setting) => canBe(program, setting)))(
      'is not asked for several again when it is set to %s',
      async (setting) => {
        const asked = await served(program, setting, (source) => search(source, FEWER))
        expect(several(asked).length).toBeLessThan(10)
      },
    )

    it.skipIf(path === null)('answers Chromium the same', async () => {
      const found = await served(program, 'packs', async (source) => {
        const page = await browser!.newPage()
        await page.goto(`${source}page.html`)
        await page.waitForFunction('globalThis.findAll !== undefined')
        return page.evaluate(`findAll(${JSON.stringify(FEWEST)})`).finally(() => page.close())
      })
      expect(found).toEqual(FEWEST.map((query) => local.search(query).hits.map(({ text }) => text)))
    })
  })
}

for (const program of PROGRAMS) describeProgram(program)
