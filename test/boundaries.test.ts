/** What a browser gets, and who may import whom inside the core. */

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Metafile } from 'esbuild'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const source = join(root, 'packages/core/src')

/** Holds the line at what they are; the aim is 12 each. */
const MOST_KILOBYTES = [
  ['openIndex', 43],
  ['openIndex, openRemoteIndex', 52],
] as const

/** The query core as a web page would bundle it, from what the package ships. */
async function bundle(minify: boolean, names = '*'): Promise<{ text: string; metafile: Metafile }> {
  const contents = `export ${names === '*' ? names : `{ ${names} }`} from './index.js'`
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: join(root, 'packages/core/dist') },
    absWorkingDir: root,
    bundle: true,
    minify,
    format: 'esm',
    charset: 'utf8',
    platform: 'browser',
    target: 'es2022',
    metafile: true,
    write: false,
    logLevel: 'silent',
  })
  return { text: outputFiles[0]!.text, metafile }
}

describe('the query core in a browser', async () => {
  const { text, metafile } = await bundle(false)
  const used = Object.entries(Object.values(metafile.outputs)[0]!.inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path)

  it('is all there', () => {
    expect(used).toContain('packages/core/dist/search/search-index.js')
    expect(text).toContain('openIndex')
  })

  it('holds no builder and no dictionary', () => {
    const building = /\/build\/|-writer\.js|-builder|-pool|dictionary\/|segmenters/
    expect(used.filter((path) => building.test(path))).toEqual([])
    expect(text).not.toMatch(/class \w*(Writer|Builder)\b/)
  })

  it('holds one library, which finds stems', () => {
    const packages = used.map((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1])
    expect([...new Set(packages)].filter((name) => name !== undefined)).toEqual(['stemmer'])
  })

  it('asks for nothing that a browser or a strict page lacks', () => {
    expect(metafile.outputs[Object.keys(metafile.outputs)[0]!]!.imports).toEqual([])
    expect(text).not.toMatch(/\beval\s*\(|new Function\b|\bFunction\s*\(|['"`]node:|\brequire\s*\(/)
    expect(text).not.toMatch(/(?<![.\w#$])(process|Buffer|globalThis)\b/)
    expect(text).not.toMatch(/Intl\.Segmenter|Math\.random|Date\.now|performance\.now/)
  })

  it.each(MOST_KILOBYTES)('%s: fits into %d kB', async (names, most) => {
    const minified = (await bundle(true, names)).text
    const bytes = gzipSync(minified, { level: 9 }).length
    console.log(`${names}: ${minified.length} B minified, ${bytes} B with gzip`)
    expect(bytes).toBeLessThanOrEqual(most * 1000)
  })
})

/**
 * From the bottom up; a file may import from its own folder and from lower layers. A file is
 * named where it stands above its folder.
 */
const LAYERS = [
  ['model', 'errors'],
  ['bytes', 'ranking'],
  ['segment'],
  ['postings', 'terms', 'store', 'columns', 'pinyin', 'synonyms', 'counts'],
  ['field', 'shards'],
  ['query', 'build'],
  ['highlight'],
  ['search'],
  ['remote', 'multi'],
  ['open-index'],
  ['open-whole'],
  ['open-remote-index'],
  ['index', 'build-entry', 'explain'],
] as const

function layerOf(file: string): number {
  const path = file.replace(/\.ts$/, '')
  const name = path === 'build' ? 'build-entry' : path
  const own = LAYERS.findIndex((layer) => (layer as readonly string[]).includes(name))
  const folder = posix.dirname(name)
  return own >= 0 ? own : LAYERS.findIndex((layer) => (layer as readonly string[]).includes(folder))
}

interface Import {
  readonly from: string
  readonly to: string
  readonly isType: boolean
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(sep).join('/'))
  .filter((file) => /\.ts$/.test(file) && !/\.(test|cases|d)\.ts$/.test(file))

const imports: Import[] = files.flatMap((from) => {
  const text = readFileSync(join(source, from), 'utf8')
  const pattern = /^(?:import|export)(?<type> type)?\b(?:[^;'"]*?from )?\s*'(?<to>[^']+)'/gm
  return [...text.matchAll(pattern)].map(({ groups }) => ({
    from,
    to: groups!['to']!,
    isType: groups!['type'] !== undefined,
  }))
})

const inside = imports
  .filter(({ to }) => to.startsWith('.'))
  .map(({ from, to, isType }) => {
    const path = relative(source, join(source, dirname(from), to))
      .split(sep)
      .join('/')
    return { from, to: path.replace(/\.js$/, '.ts'), isType }
  })

describe('inside the core', () => {
  it('every file has a layer, and every import a file', () => {
    expect(files.length).toBeGreaterThan(40)
    expect(files.filter((file) => layerOf(file) < 0)).toEqual([])
    expect(inside.length).toBeGreaterThan(100)
    expect(inside.filter(({ to }) => !files.includes(to))).toEqual([])
  })

  it('imports go down, or stay in their folder', () => {
    const up = inside.filter(
      ({ from, to }) =>
        layerOf(to) >= layerOf(from) &&
        !(layerOf(to) === layerOf(from) && posix.dirname(to) === posix.dirname(from)),
    )
    expect(up.map(({ from, to }) => `${from} → ${to}`)).toEqual([])
  })

  it('no way but types leads from the query core to what writes', () => {
    const reached = new Set(['index.ts'])
    for (const file of reached) {
      for (const { from, to, isType } of inside) if (from === file && !isType) reached.add(to)
    }
    expect(reached.size).toBeGreaterThan(30)
    expect([...reached].filter((file) => /^build\b|-writer|-builder|-pool/.test(file))).toEqual([
      // Its two writers, text store and chunks share their files with the readers.
      'bytes/byte-writer.ts',
    ])
  })

  it('packages are asked for by name, and only these', () => {
    const named = imports.filter(({ to }) => !to.startsWith('.'))
    const isOurs = (to: string) => /^@wenxun\/tokenizer(\/\w+)?$/.test(to)
    const others = new Set(named.map(({ to }) => to).filter((to) => !isOurs(to)))
    expect([...others].sort()).toEqual(['#deflate', 'fflate', 'msgpackr', 'node:zlib'])
    // The analyzer itself is injected: outside of the builder it is no more than a type.
    const analyzer = named.filter(({ to, isType }) => to === '@wenxun/tokenizer' && !isType)
    expect(analyzer.filter(({ from }) => !from.startsWith('build/'))).toEqual([])
  })
})
