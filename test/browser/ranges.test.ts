/**
 * What Chromium makes of several ranges in one answer: the files that `wenxun site` ships, on a host
 * that sends them, on one that sends the whole file instead, and with the search given up.
 */

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeBundle } from '@wenxun/core/build'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CountingServer, type Host } from '../../bench/site/server.js'
import { build } from '../support/notation.js'
import { openSeeds } from '../support/seeds.js'
import { findChromium } from './chromium.js'

const shipped = fileURLToPath(new URL('../../packages/ui/dist/page', import.meta.url))
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking']
const QUERIES = ['法治政府建设', '行政复议 公开', '优化营商环境']
const PAGE = `<!doctype html><script type="module">
  import { openBundle } from '/wenxun-search.js'
  const index = await openBundle(location.href)
  globalThis.find = async (query) => (await index.search(query, {})).hits.map(({ text }) => text)
  globalThis.giveUp = async (query) => {
    const control = new AbortController()
    const found = index.search(query, { signal: control.signal })
    control.abort(new Error('typed on'))
    return found.then(() => 'found', String)
  }
</script>`

const path = findChromium()
if (path === null) console.log('SKIPPED: no Chromium on the PATH or in CHROMIUM_PATH.')

describe.skipIf(path === null)('in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wenxun-ranges-'))
  const expected: string[][] = []
  let browser: Browser

  beforeAll(async () => {
    const { documents, index } = await openSeeds()
    const options = { singleFileBytes: 0, pieceBytes: 400 }
    for (const [name, bytes] of writeBundle(build(documents), options)) {
      writeFileSync(join(folder, name), bytes)
    }
    for (const name of readdirSync(shipped)) {
      writeFileSync(join(folder, name), readFileSync(join(shipped, name)))
    }
    for (const query of QUERIES) expected.push(index.search(query).hits.map(({ text }) => text))
    browser = await chromium.launch({ executablePath: path!, args: flags })
  })

  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true })
  })

  /** Runs every query; returns how many requests for ranges were answered, and hits. */
  async function visit(host: Host) {
    const server = await CountingServer.start(folder, PAGE, host)
    const page = await browser.newPage()
    try {
      await page.goto(server.origin)
      await page.waitForFunction('globalThis.giveUp !== undefined')
      expect(await page.evaluate(`giveUp('渔业船舶登记')`)).toBe('Error: typed on')
      server.take()
      const found: string[][] = []
      for (const query of QUERIES) {
        found.push((await page.evaluate(`find(${JSON.stringify(query)})`)) as string[])
      }
      return { found, ranges: server.take().filter(({ status }) => status === 206).length }
    } finally {
      await page.close()
      server.stop()
    }
  }

  it('several ranges come in one request, and the hits are the same everywhere', async () => {
    const several = await visit('several')
    const one = await visit('one')
    expect(several.found).toEqual(expected)
    expect(one.found).toEqual(expected)
    expect((await visit('none')).found).toEqual(expected)
    expect(several.ranges).toBeGreaterThan(0)
    expect(several.ranges).toBeLessThan(one.ranges * 0.7)
  })
})
