/**
 * dist/bundle.js with all it imports → dist/wenxun-search.js, one minified file for a page; and the
 * same in several, dist/page/, which static sites serve.
 */
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { bundlePage } from './page-bundle.mjs'
import { smallTemplates } from './templates.mjs'
import { bundleWorker } from './worker-bundle.mjs'

const dist = (name) => fileURLToPath(new URL(`../dist/${name}`, import.meta.url))

const templates = {
  name: 'templates',
  setup({ onLoad }) {
    onLoad({ filter: /ui[\\/]dist[\\/]/ }, async ({ path }) => {
      const contents = await smallTemplates(path)
      return contents === null ? null : { contents }
    })
  },
}

await build({
  entryPoints: [dist('bundle.js')],
  outfile: dist('wenxun-search.js'),
  bundle: true,
  minify: true,
  format: 'esm',
  charset: 'utf8',
  platform: 'browser',
  target: 'es2022',
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [templates],
})

await bundlePage()
await bundleWorker()
