/**
 * dist/page.js with all it imports → dist/page/: what the folder of a static site's bundle holds.
 *
 *   wenxun-search.js           the element and its framework, under the name that pages load
 *   wenxun-core-<hash>.js      the query core and the reader of bundles: with the first query
 *   wenxun-<group>-<hash>.js   what few queries need; see late-code.mjs
 */
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { lateCode } from './late-code.mjs'
import { smallTemplates } from './templates.mjs'

const dist = (name) => fileURLToPath(new URL(`../dist/${name}`, import.meta.url))

const options = {
  platform: 'browser',
  logLevel: 'warn',
  // What includeDependenciesRecursively asks for.
  preserveEntrySignatures: 'allow-extension',
  // The tokenizer marks some calls as pure where other bundlers read it.
  checks: { invalidAnnotation: false },
  plugins: [{ name: 'templates', load: smallTemplates }, lateCode],
}

/** What the reader needs at its start: without this list, shared modules would be files of their own. */
async function modulesOfReader() {
  const bundle = await rolldown({
    ...options,
    input: fileURLToPath(import.meta.resolve('@wenxun/core/remote')),
  })
  const { output } = await bundle.generate()
  const files = new Map(output.map((chunk) => [chunk.fileName, chunk]))
  const reached = new Set([output.find(({ isEntry }) => isEntry).fileName])
  for (const name of reached) for (const next of files.get(name).imports) reached.add(next)
  return new Set([...reached].flatMap((name) => files.get(name).moduleIds))
}

export async function bundlePage() {
  const reader = await modulesOfReader()
  rmSync(dist('page'), { recursive: true, force: true })
  const bundle = await rolldown({ ...options, input: { 'wenxun-search': dist('page.js') } })
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
      groups: [{ name: 'core', test: (id) => reader.has(id) }],
    },
  })
}
