/**
 * Which code a visitor of a static site loads, in Chromium: a plain search takes two files, another
 * follows when a query needs it, once; and the results are those of the whole core in Node.
 */

import { openIndex, type SearchOptions, type SearchResult } from '@wenxun/core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findChromium } from './chromium.js'
import { openSite, type Site } from './ui/site.js'

const chromiumPath = findChromium()
const title = chromiumPath ?? 'SKIPPED: no Chromium on the PATH or in CHROMIUM_PATH'
if (chromiumPath === null) console.log(title)

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking']
const code = /\/wenxun-([a-z]+)(?:-[0-9a-f]{8})?\.js$/

/** Queries by the code that they need beyond the element and the core. */
const needs: [query: string, options: SearchOptions, groups: string[]][] = [
  ['依法行政', {}, []],
  ['行政 复议', { group: 'document' }, []],
  ['一般规定（试行）', {}, []],
  ['法治政府建设的主要负责人有哪些', {}, []],
  ['2024年', {}, ['tokens']],
  ['第三条 二〇二四年', {}, ['tokens']],
  ['luoyang', {}, ['pinyin', 'tokens']],
  ['luoy政府 app', {}, ['pinyin', 'tokens']],
  ['行政', { facets: ['city', 'year'] }, []],
  ['行政 OR 司法', {}, ['language']],
  ['"依法行政" -复议', {}, ['language']],
  ['行政', { facets: ['city'], filter: { year: 2024 }, sort: 'year:desc' }, ['language']],
  ['city:洛阳市 +政务', {}, ['language']],
  ['法治 2023..2025 luoy', {}, ['language', 'pinyin', 'tokens']],
]

describe.skipIf(chromiumPath === null)(`the code of a static site (${title})`, () => {
  let site: Site
  let browser: Browser
  let page: Page
  /** Groups in order of their requests. */
  let loaded: string[]

  beforeAll(async () => {
    site = await openSite()
    browser = await chromium.launch({ executablePath: chromiumPath!, args: flags })
  })

  afterAll(async () => {
    await browser?.close()
    site?.close()
  })

  beforeEach(async () => {
    page = await (await browser.newContext()).newPage()
    loaded = []
    page.on('request', (request) => {
      const [, group] = code.exec(new URL(request.url()).pathname) ?? []
      if (group !== undefined) loaded.push(group)
    })
    await page.goto(`${site.origin}/reports/0.html`)
  })

  afterEach(() => page.context().close())

  /** Runs in the page; `index` is a bundle opened there. */
  async function ask(query: string, options: SearchOptions, script = '/wenxun-search.js') {
    const source = `(async ([query, options, script, folder]) => {
      const { openBundle } = await import(script)
      globalThis.index ??= await openBundle(folder)
      return JSON.stringify(await globalThis.index.search(query, options))
    })(${JSON.stringify([query, options, script, `${site.origin}/wenxun/`])})`
    return JSON.parse((await page.evaluate(source)) as string) as SearchResult
  }

  /** All but suggestions, which a bundle looks for in other cases. */
  function comparable({ suggestions: _, ...rest }: SearchResult) {
    return JSON.parse(JSON.stringify(rest))
  }

  it.each(needs)('%s %j: needs %j', async (query, options, groups) => {
    const here = openIndex(site.index).search(query, options)
    expect(here.hits.length).toBeGreaterThan(0)
    expect(comparable(await ask(query, options))).toEqual(comparable(here))
    expect(loaded.slice(0, 2)).toEqual(['search', 'core'])
    expect(loaded.slice(2).sort()).toEqual(groups)
    await ask(query, options)
    expect(loaded.length).toBe(2 + groups.length)
  })

  it('looks for words that sound alike as elsewhere', async () => {
    const { suggestions } = openIndex(site.index).search('洛羊')
    expect(suggestions).toEqual(['洛阳'])
    expect((await ask('洛羊', {})).suggestions).toEqual(suggestions)
    expect(loaded).toEqual(['search', 'core', 'pinyin'])
  })

  it('comes from wherever its first file lies', async () => {
    await ask('行政 OR 司法', {}, '/some/sub-folder/wenxun-search.js')
    expect(loaded).toEqual(['search', 'core', 'language'])
  })

  it('is that of the element, too: nothing before the box is used, then what the query needs', async () => {
    await page.goto(site.page({ tag: '<wenxun-search src="/wenxun/"></wenxun-search>' }))
    // The script of this page opens an index of its own.
    await page.waitForSelector('html[data-ready]')
    const before = [...loaded]
    expect(before).toEqual(['search', 'core', 'memory'])
    await page.getByRole('combobox').fill('luoyang')
    await page.getByRole('option').first().waitFor()
    expect(loaded.slice(before.length).sort()).toEqual(['pinyin', 'tokens'])
  })

  it('is asked for again when it did not come', async () => {
    await ask('行政', {})
    await page.route('**/wenxun-language-*.js', (route) => route.abort(), { times: 1 })
    await expect(ask('行政 OR 司法', {})).rejects.toThrow(
      /The code for language of the search index could not be loaded: .*wenxun-language-/,
    )
    const here = openIndex(site.index).search('行政 OR 司法')
    expect(comparable(await ask('行政 OR 司法', {}))).toEqual(comparable(here))
  })

  it('of an index that is one file answers the same', async () => {
    const source = (query: string, options: SearchOptions) => `(async () => {
      const { openIndex } = await import('/wenxun-search.js')
      const bytes = new Uint8Array(await (await fetch('/index.wx')).arrayBuffer())
      globalThis.whole ??= await openIndex(bytes)
      return JSON.stringify(await whole.search(${JSON.stringify(query)}, ${JSON.stringify(options)}))
    })()`
    for (const [query, options] of needs) {
      const here = JSON.parse(JSON.stringify(openIndex(site.index).search(query, options)))
      expect(JSON.parse((await page.evaluate(source(query, options))) as string)).toEqual(here)
    }
    expect(loaded.filter((group, i) => loaded.indexOf(group) < i)).toEqual([])
  })
})
