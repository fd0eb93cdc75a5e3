/**
 * `npm run demo`: a small site from the five reports in `seeds/`, a page per report, with its
 * search bundle, served on this machine.
 *
 *   npm run demo -- --no-serve        only build it
 *   npm run demo -- --port 8080       serve it there
 *   npm run demo -- --folder <path>   put it there (default: .wenxun/demo)
 *   npm run demo -- --no-build        take the packages as they were built last
 */
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build, install, root, runNode } from './workspace.mjs'

const { values } = parseArgs({
  options: {
    'no-serve': { type: 'boolean' },
    'no-build': { type: 'boolean' },
    port: { type: 'string' },
    folder: { type: 'string' },
  },
})

const wenxun = (...args) => runNode('packages/cli/bin/wenxun.js', args)

async function demo() {
  if (!values['no-build'] && !(install() && build())) return 1
  // Programs run in the repository, so its own folder is named as a reader would.
  const site = values.folder === undefined ? join('.wenxun', 'demo') : resolve(values.folder)
  // Only now: it reads the reports with what was built.
  const { writeDemo } = await import('./demo-pages.mjs')
  await writeDemo(resolve(root, site))
  console.log(`$ npx wenxun site ${site}\n`)
  const code = wenxun('site', site)
  if (code !== 0 || values['no-serve']) return code
  console.log(`\n$ npx wenxun serve ${site}\n`)
  return wenxun('serve', site, ...(values.port === undefined ? [] : ['--port', values.port]))
}

process.exitCode = await demo()
