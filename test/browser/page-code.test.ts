/**
 * Which code a visitor of a static site loads, in Chromium: a plain search takes two files, another
 * follows when a query needs it, once; and the results are those of the whole core in Node.
 */

import {
  type IndexError,
  type LoadShard,
  openIndex,
  openRemoteIndex,
  type SearchOptions,
  type SearchResult,
} from '@wenxun/core'
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
  ['行政', { facets: ['city', 'year'] }, ['fields']],
  ['行政 OR 司法', {}, ['language']],
  ['"依法行政" -复议', {}, ['language']],
  ['行政', { facets: ['city'], filter: { year: 2024 }, sort: 'year:desc' }, ['fields']],
  ['city:洛阳市 +政务', {}, ['fields', 'language']],
  ['法治 2023..2025 luoy', {}, ['fields', 'language', 'pinyin', 'tokens']],
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

  it('speaks another language than simplified Chinese with a file more', async () => {
    const tag = '<wenxun-search src="/wenxun/"></wenxun-search>'
    await page.goto(site.page({ tag, lang: 'en' }))
    await page.getByRole('combobox', { name: 'Search' }).waitFor()
    expect(loaded).toContain('translations')
    await page.route('**/wenxun-translations-*.js', (route) => route.abort())
    await page.goto(site.page({ tag, lang: 'zh-TW' }))
    await page.getByRole('combobox', { name: '搜索' }).waitFor()
  })

  it('shows values to filter by with the file that counts them', async () => {
    const tag = '<wenxun-search src="/wenxun/" facets="city,year"></wenxun-search>'
    await page.goto(site.page({ tag }))
    await page.waitForSelector('html[data-ready]')
    const before = [...loaded]
    await page.getByRole('combobox').fill('行政')
    await page.getByRole('group', { name: 'city' }).waitFor()
    expect(loaded.slice(before.length)).toEqual(['fields'])
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

  it('decompresses where the browser does not', async () => {
    await page.addInitScript('delete globalThis.DecompressionStream')
    await page.reload()
    const here = openIndex(site.index).search('依法行政')
    expect(comparable(await ask('依法行政', {}))).toEqual(comparable(here))
    expect(loaded).toEqual(['search', 'core', 'memory'])
  })

  /** What is wrong, which file it is done to in order of loading, and how. */
  const damages: [what: string, nth: number, damage: (bytes: Uint8Array) => void][] = [
    ['a manifest that is none', 0, (bytes) => bytes.fill(91, 0, 9)],
    ['a manifest of a later version', 0, (bytes) => bytes.fill(57, 10, 11)],
    ['a core that is another', 1, (bytes) => bytes.reverse()],
    ['pieces that are others', 2, (bytes) => bytes.reverse()],
  ]

  /** Of files asked for together, any may be the first that is found to be another. */
  const unnamed = (told: unknown) => JSON.stringify(told).replace(/\w+\.wx|\d+ bytes/g, '*')

  it.each(damages)('tells %s as elsewhere, with texts loaded then', async (_, nth, damage) => {
    /** Loads files with the fault; those from the third on are packs. */
    const faulty = (): LoadShard => {
      const names: string[] = []
      return async (name) => {
        if (!names.includes(name)) names.push(name)
        const answer = await fetch(`${site.origin}/wenxun/${name}`)
        const bytes = new Uint8Array(await answer.arrayBuffer())
        if (Math.min(2, names.indexOf(name)) === nth) damage(bytes)
        return bytes
      }
    }
    const here = await openRemoteIndex(faulty())
      .then((index) => index.search('行政复议'))
      .catch((error: IndexError) => ({ code: error.code, message: error.message }))
    expect(here).toMatchObject({ code: expect.stringMatching(/^[A-Z_]+$/) })
    const load = faulty()
    await page.exposeFunction('spoiled', async (name: string) => Array.from(await load(name)))
    const there = await page.evaluate(`(async () => {
      const { openRemoteIndex } = await import('/wenxun-search.js')
      const load = async (name) => Uint8Array.from(await spoiled(name))
      return openRemoteIndex(load)
        .then((index) => index.search('行政复议'))
        .catch(({ code, message }) => ({ code, message }))
    })()`)
    expect(unnamed(there)).toEqual(unnamed(here))
    expect(loaded).toContain('texts')
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
