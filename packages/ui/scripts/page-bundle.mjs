/**
 * dist/page.js with all it imports → dist/page/: what the folder of a static site's bundle holds.
 *
 *   wenxun-search.js           the element, under the name that pages load
 *   wenxun-core-<hash>.js      the query core and the reader of bundles: with the first query
 *   wenxun-<group>-<hash>.js   what few queries need; see late-code.mjs
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { core, lateCode } from './late-code.mjs'
import { CALL, lateTexts } from './late-texts.mjs'
import { plainCode } from './plain-code.mjs'
import { shortNames } from './short-names.mjs'
import { smallTemplates } from './templates.mjs'
import { unusedMethods } from './unused-methods.mjs'

const dist = (name) => fileURLToPath(new URL(`../dist/${name}`, import.meta.url))

const options = {
  platform: 'browser',
  logLevel: 'warn',
  // What includeDependenciesRecursively asks for.
  preserveEntrySignatures: 'allow-extension',
  // The tokenizer marks some calls as pure where other bundlers read it.
  checks: { invalidAnnotation: false },
  plugins: [{ name: 'templates', load: smallTemplates }, lateCode, plainCode, unusedMethods],
}

/** What the core shows to others: its results, options, errors and what a loader is asked. */
const SHOWN = [
  'model',
  'errors',
  'open-remote-index',
  'remote/bundle-search',
  'remote/load-shard',
  'segment/metadata',
]

/** The modules of a bundle: all that are read, and those in what is needed at its start. */
async function modulesOf(input) {
  const all = []
  const note = {
    name: 'note',
    moduleParsed({ id }) {
      all.push(id)
    },
  }
  const bundle = await rolldown({ ...options, plugins: [...options.plugins, note], input })
  const { output } = await bundle.generate()
  const files = new Map(output.map((chunk) => [chunk.fileName, chunk]))
  const reached = new Set([output.find(({ isEntry }) => isEntry).fileName])
  for (const name of reached) for (const next of files.get(name).imports) reached.add(next)
  return { all, first: new Set([...reached].flatMap((name) => files.get(name).moduleIds)) }
}

/** What changes the core's own modules. */
function changesOf(modules) {
  // Their order is that of reading, which is not always the same.
  const files = modules.filter((id) => !id.startsWith('\0')).sort()
  const isOwn = (id) => /[\\/](?:core|tokenizer)[\\/]dist[\\/]/.test(id)
  const own = files.filter(isOwn)
  const others = files.filter((id) => !isOwn(id))
  const shown = SHOWN.map((name) => join(core, `${name}.d.ts`))
  return [lateTexts(own), shortNames({ own, others, shown })]
}

export async function bundlePage() {
  // Without this list, modules that others share with the reader would be files of their own.
  const { first } = await modulesOf(dist('bundle-reader.js'))
  const { all } = await modulesOf(dist('page.js'))
  rmSync(dist('page'), { recursive: true, force: true })
  const plugins = [...changesOf(all), ...options.plugins]
  const bundle = await rolldown({
    ...options,
    plugins,
    input: { 'wenxun-search': dist('page.js') },
  })
  await bundle.write({
    dir: dist('page'),
    format: 'esm',
    minify: true,
    comments: false,
    hashCharacters: 'hex',
    entryFileNames: '[name].js',
    chunkFileNames: ({ name }) => `wenxun-${name.replace(/^_late_/, '')}-[hash].js`,
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [{ name: 'core', test: (id) => first.has(id) || id === CALL }],
    },
  })
}
