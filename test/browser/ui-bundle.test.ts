/** What the search box costs, what it needs, and that it can be imported where there is no page. */

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'

const dist = (name: string) =>
  fileURLToPath(new URL(`../../packages/ui/dist/${name}`, import.meta.url))

/** Beyond the core and the framework, minified, with gzip. */
const MOST_KILOBYTES = 12

async function bundle(
  entry: string,
  external: string[],
): Promise<{ text: string; used: string[] }> {
  const { outputFiles, metafile } = await build({
    entryPoints: [dist(entry)],
    bundle: true,
    minify: true,
    format: 'esm',
    charset: 'utf8',
    platform: 'browser',
    target: 'es2022',
    external,
    metafile: true,
    write: false,
    logLevel: 'silent',
  })
  return { text: outputFiles[0]!.text, used: Object.keys(metafile.inputs) }
}

const kilobytes = (text: string | Uint8Array) => gzipSync(text, { level: 9 }).length / 1000

describe('the search box', () => {
  it(`fits into ${MOST_KILOBYTES} kB beyond the core and its framework`, async () => {
    const { text } = await bundle('index.js', ['@wenxun/core', 'lit'])
    console.log(`search box: ${text.length} B minified, ${kilobytes(text)} kB with gzip`)
    expect(kilobytes(text)).toBeLessThanOrEqual(MOST_KILOBYTES)
  })

  it('is shipped as one file that asks for nothing else and evaluates nothing', () => {
    const shipped = readFileSync(dist('wenxun-search.js'), 'utf8')
    console.log(
      `with core and Lit: ${shipped.length} B minified, ${kilobytes(shipped)} kB with gzip`,
    )
    // Whether it matches, not what: a failure should not print the bundle.
    const holds = (pattern: RegExp) => pattern.test(shipped)
    expect(holds(/export\s*\{/)).toBe(true)
    expect(holds(/\bimport\s*[("'{*]|\bfrom\s*["']/)).toBe(false)
    expect(holds(/\beval\s*\(|new Function\b/)).toBe(false)
  })

  it('has a headless half without Lit and without a document', async () => {
    const { text, used } = await bundle('headless.js', [])
    expect(used.filter((path) => /node_modules\/(@?lit)/.test(path))).toEqual([])
    expect(/\b(document\.[a-z]+\(|window\.|customElements)/.test(text)).toBe(false)
  })

  it.each(['index.js', 'headless.js'])('%s can be imported in Node', (name) => {
    const script = `
      const names = Object.keys(await import(${JSON.stringify(new URL(`file://${dist(name)}`).href)}))
      console.log(names.includes('createSearchController'), typeof document)`
    const args = ['--input-type=module', '-e', script]
    expect(execFileSync(process.execPath, args, { encoding: 'utf8' }).trim()).toBe('true undefined')
  })
})
