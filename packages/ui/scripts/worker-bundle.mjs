/** dist/worker-script.js with all it imports → dist/wenxun-worker.js, one file for a worker. */
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const dist = (name) => fileURLToPath(new URL(`../dist/${name}`, import.meta.url))

/** It runs as a classic script and as a module. */
export const bundleWorker = () =>
  build({
    entryPoints: [dist('worker-script.js')],
    outfile: dist('wenxun-worker.js'),
    bundle: true,
    minify: true,
    format: 'iife',
    charset: 'utf8',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'warning',
  })
