/** The demo of `npm run demo`: its pages, and what is found on them. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openRemoteIndex } from '@wenxun/core'
import { readSite, type SiteDocument } from '@wenxun/ingest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../cli/wenxun.js'

describe('the demo', () => {
  let site = ''
  beforeAll(() => {
    site = mkdtempSync(join(tmpdir(), 'wenxun-demo-'))
    const script = join(root, 'scripts/demo.mjs')
    const args = [script, '--no-serve', '--no-build', '--folder', site]
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain('Indexed 5 pages')
  })
  afterAll(() => rmSync(site, { recursive: true, force: true }))

  it('has a page per report, with its text under headings, and places to link to', async () => {
    const pages: SiteDocument[] = []
    for await (const { document } of readSite(site)) if (document) pages.push(document)
    expect(pages.map(({ id }) => id)).toEqual(
      ['000', '001', '002', '003', '004'].map((name) => `reports/${name}.html`),
    )
    expect(pages[0]).toMatchObject({
      date: '2025-03-12',
      meta: { 地区: '洛阳市', 年份: 2024 },
    })
    for (const { title, paragraphs } of pages) {
      const unlinked = paragraphs.filter(({ anchor }) => anchor === undefined)
      expect(unlinked.map(({ text }) => text)).toEqual([title])
      expect(paragraphs.filter(({ heading }) => heading !== undefined).length).toBeGreaterThan(8)
    }
  })

  it('is searched in both scripts', async () => {
    const index = await openRemoteIndex((name) =>
      Promise.resolve(new Uint8Array(readFileSync(join(site, 'wenxun', name)))),
    )
    const pagesOf = async (query: string) =>
      new Set((await index.search(query, { limit: 50 })).hits.map(({ document }) => document.url))
    expect(await pagesOf('"一网通办"')).toEqual(
      new Set(['000', '001', '002'].map((name) => `reports/${name}.html`)),
    )
    expect(await pagesOf('"楓橋經驗"')).toEqual(new Set(['reports/004.html']))
  })
})
