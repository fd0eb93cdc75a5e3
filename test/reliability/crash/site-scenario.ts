/**
 * `wenxun site`, and `wenxun build --shards`, over a bundle that is there: visitors get the old
 * search or the new one.
 */

import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openRemoteIndex } from '@wenxun/core'
import { runToEnd, seedFolder } from './killed-process.js'
import type { Found, Scenario } from './scenario.js'

const BUNDLE = 'wenxun'

export async function siteScenarios(workFolder: string): Promise<Scenario[]> {
  mkdirSync(workFolder, { recursive: true })
  const small = writeSite(join(workFolder, 'small'), 2)
  const large = writeSite(join(workFolder, 'large'), 5)
  const at = (name: string) => join(workFolder, name)
  return [
    await bundleScenario('site', at('site'), ['site', small], ['site', large]),
    await bundleScenario('build --shards', at('shards'), shards(small), shards(large)),
  ]
}

const shards = (folder: string) => ['build', '--shards', folder]

/** Between what two commands write. */
async function bundleScenario(
  name: string,
  workFolder: string,
  first: readonly string[],
  second: readonly string[],
): Promise<Scenario> {
  mkdirSync(workFolder)
  const before = join(workFolder, 'old')
  const after = join(workFolder, 'new')
  await runToEnd([...first, '-o', before, '--quiet'])
  cpSync(before, after, { recursive: true })
  await runToEnd([...second, '-o', after, '--quiet'])
  const states = { old: await answersOf(before), new: await answersOf(after) }
  return {
    name,
    cleansUp: false,
    prepare(folder) {
      rmSync(join(folder, BUNDLE), { recursive: true, force: true })
      cpSync(before, join(folder, BUNDLE), { recursive: true })
    },
    command: (folder) => [...second, '-o', join(folder, BUNDLE), '--quiet'],
    writesIn: (folder) => folder,
    async check(folder): Promise<Found> {
      const found = await answersOf(join(folder, BUNDLE))
      if (found === states.new) return 'new'
      if (found === states.old) return 'old'
      throw new Error('the bundle answers neither as the old one nor as the new one')
    },
    leftovers: (folder) => readdirSync(folder).filter((entry) => entry !== BUNDLE),
  }
}

/** The first seeds as pages. */
function writeSite(folder: string, pages: number): string {
  mkdirSync(folder, { recursive: true })
  const names = readdirSync(seedFolder)
    .filter((name) => name.endsWith('.txt'))
    .sort()
  for (const [i, name] of names.slice(0, pages).entries()) {
    const lines = readFileSync(join(seedFolder, name), 'utf8').split('\n')
    const body = lines.map((line) => `<p>${line.replace(/[<>&]/g, '')}</p>`).join('\n')
    const page = `<!doctype html><html lang="zh"><title>第${i}页</title><body>${body}</body></html>`
    writeFileSync(join(folder, `${i}.html`), page)
  }
  return folder
}

/** Answers with texts, so that every kind of file of the bundle is fetched and checked. */
async function answersOf(folder: string): Promise<string> {
  const remote = await openRemoteIndex((name: string) => readFile(join(folder, name)))
  const found: unknown[] = []
  for (const query of ['法治政府', '"行政复议"', '的', '第1页']) {
    const { hits } = await remote.search(query, { limit: 50 })
    found.push(hits.map(({ document, text, score }) => [document.id, text, score]))
  }
  return JSON.stringify(found)
}
