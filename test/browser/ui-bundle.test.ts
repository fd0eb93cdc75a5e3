/** What the search box costs, what it needs, and that it can be imported where there is no page. */

import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { rolldown } from 'rolldown'
import { describe, expect, it } from 'vitest'

const dist = (name: string) =>
  fileURLToPath(new URL(`../../packages/ui/dist/${name}`, import.meta.url))

/** Beyond the core, minified, with gzip; it has no framework. */
const MOST_KILOBYTES = 12

async function bundle(entry: string): Promise<{ text: string; used: string[] }> {
  const { outputFiles, metafile } = await build({
    entryPoints: [dist(entry)],
    bundle: true,
    minify: true,
    format: 'esm',
    charset: 'utf8',
    platform: 'browser',
    target: 'es2022',
    metafile: true,
    write: false,
    logLevel: 'silent',
  })
  return { text: outputFiles[0]!.text, used: Object.keys(metafile.inputs) }
}

const kilobytes = (text: string | Uint8Array) => gzipSync(text, { level: 9 }).length / 1000

describe('the search box', () => {
  it(`fits into ${MOST_KILOBYTES} kB beyond the core`, async () => {
    // Minified as pages get it.
    const script = new URL('../../packages/ui/scripts/templates.mjs', import.meta.url).href
    const { smallTemplates } = (await import(script)) as {
      smallTemplates(path: string): Promise<string | null>
    }
    const bundled = await rolldown({
      input: dist('index.js'),
      external: [/^@wenxun\/core/],
      logLevel: 'silent',
      platform: 'browser',
      plugins: [{ name: 'templates', load: smallTemplates }],
    })
    const { output } = await bundled.generate({ minify: true, comments: false })
    const text = output[0].code
    console.log(`search box: ${text.length} B minified, ${kilobytes(text)} kB with gzip`)
    expect(kilobytes(text)).toBeLessThanOrEqual(MOST_KILOBYTES)
  })

  it('is also there as one file that asks for nothing else and evaluates nothing', () => {
    const shipped = readFileSync(dist('wenxun-search.js'), 'utf8')
    console.log(`with core: ${shipped.length} B minified, ${kilobytes(shipped)} kB with gzip`)
    // Whether it matches, not what: a failure should not print the bundle.
    const holds = (pattern: RegExp) => pattern.test(shipped)
    expect(holds(/export\s*\{/)).toBe(true)
    expect(holds(/\bimport\s*[("'{*]|\bfrom\s*["']/)).toBe(false)
    expect(holds(/\beval\s*\(|new Function\b/)).toBe(false)
  })

  it('has a headless half without views and without a document', async () => {
    const { text, used } = await bundle('headless.js')
    expect(used.filter((path) => /-view\.js$|element/.test(path))).toEqual([])
    expect(/\b(document\.[a-z]+\(|window\.|customElements)/.test(text)).toBe(false)
  })

  it.each(['index.js', 'headless.js', 'wenxun-search.js', 'page/wenxun-search.js'])(
    '%s can be imported in Node',
    (name) => {
      const script = `
      const names = Object.keys(await import(${JSON.stringify(new URL(`file://${dist(name)}`).href)}))
      console.log(names.includes('createSearchController'), typeof document)`
      const args = ['--input-type=module', '-e', script]
      expect(execFileSync(process.execPath, args, { encoding: 'utf8' }).trim()).toBe(
        'true undefined',
      )
    },
  )
})

/** Kilobytes with gzip of each file that pages of a static site load; the first two with any search. */
const PAGE_KILOBYTES = {
  search: 11.5,
  core: 30,
  fields: 2.5,
  language: 2.6,
  memory: 6.5,
  pinyin: 3.3,
  texts: 2,
  tokens: 4.8,
  translations: 1,
}

describe('the search box on a static site', () => {
  const folder = dist('page')
  const texts = new Map(
    readdirSync(folder).map((name) => [name, readFileSync(`${folder}/${name}`, 'utf8')]),
  )
  const groupOf = (name: string) => /^wenxun-([a-z]+)/.exec(name)![1]!
  const textOf = (group: string) => [...texts].find(([name]) => groupOf(name) === group)![1]

  it('is one file under a name that stays, and others named by their content', () => {
    expect([...texts.keys()].map(groupOf).sort()).toEqual(Object.keys(PAGE_KILOBYTES).sort())
    for (const name of texts.keys()) {
      expect(name).toMatch(/^wenxun-(search|[a-z]+-[0-9a-f]{8})\.js$/)
    }
  })

  it.each(Object.entries(PAGE_KILOBYTES))('%s: fits into %d kB', (group, most) => {
    const size = kilobytes(textOf(group))
    console.log(`${group}: ${textOf(group).length} B minified, ${size} kB with gzip`)
    expect(size).toBeLessThanOrEqual(most)
  })

  it('waits for no file that a plain search does not need', () => {
    const imported = (group: string) =>
      [...textOf(group).matchAll(/\bfrom\s*["'`]([^"'`]+)/g)].map(([, name]) => name)
    // These import nothing; what else follows later imports the core, which is there.
    for (const group of Object.keys(PAGE_KILOBYTES)) {
      const isAlone = ['search', 'core', 'texts', 'translations'].includes(group)
      const expected = isAlone ? [] : [expect.stringMatching(/^\.\/wenxun-core-[0-9a-f]{8}\.js$/)]
      expect(imported(group), group).toEqual(expected)
    }
    const later = (group: string) =>
      [...textOf(group).matchAll(/\bimport\(["'`]([^"'`]+)/g)].map(([, name]) => name!)
    const all = [...texts.keys()].flatMap((name) => later(groupOf(name)))
    expect(all.every((name) => name.startsWith('./') && texts.has(name.slice(2)))).toBe(true)
    expect(new Set(later('search').map((name) => groupOf(name.slice(2))))).toEqual(
      new Set(['core', 'fields', 'translations']),
    )
  })

  it('evaluates nothing, and names nothing of where it was built', () => {
    for (const [name, text] of texts) {
      // Whether it matches, not what: a failure should not print the bundle.
      expect(/\beval\s*\(|new Function\b/.test(text), name).toBe(false)
      expect(/node_modules|packages\/|file:\/\//.test(text), name).toBe(false)
    }
  })
})
