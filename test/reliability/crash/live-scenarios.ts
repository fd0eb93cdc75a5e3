/** `wenxun add`, `delete` and `merge` on a live index: what is committed stays, whole. */

import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { openLiveSnapshot, verifyLiveIndex } from '../../../packages/node/src/index.js'
import { runToEnd, seedFolder } from './killed-process.js'
import type { Found, Scenario } from './scenario.js'

const DIRECTORY = 'live'
/** Documents of one batch, and lines of each. */
const BATCH = 40
const LINES = 6
/** Between them they meet every document; their hits tell one state from another. */
const QUERIES = ['的', '法治政府', '"行政"', '建设']

/** Indexes to start from and to compare with; made once. */
export async function liveScenarios(workFolder: string): Promise<Scenario[]> {
  mkdirSync(workFolder, { recursive: true })
  const batches = [0, 1, 2].map((i) => writeBatch(workFolder, i))
  const at = (name: string) => join(workFolder, name)
  const [first, second, third] = batches as [string, string, string]
  await runToEnd(['add', at('one'), first, '--quiet'])
  await grown(at('one'), at('two'), ['add', second])
  const gone = Array.from({ length: 10 }, (_, i) => `d0-${i * 3}`)
  await grown(at('two'), at('less'), ['delete'], gone)
  await grown(at('less'), at('three'), ['add', third])
  await grown(at('three'), at('merged'), ['merge'])
  return [
    new LiveScenario('add', at('one'), at('two'), ['add'], [second]),
    new LiveScenario('delete', at('two'), at('less'), ['delete'], gone),
    new LiveScenario('merge', at('three'), at('merged'), ['merge'], []),
  ]
}

/** Lines of the seeds as documents of their own. */
function writeBatch(folder: string, batch: number): string {
  const names = readdirSync(seedFolder)
    .filter((name) => name.endsWith('.txt'))
    .sort()
  const texts = names.map((name) => readFileSync(join(seedFolder, name), 'utf8'))
  const lines = texts
    .join('\n')
    .split('\n')
    .filter((line) => line.length > 10)
  const documents = Array.from({ length: BATCH }, (_, i) => {
    const start = (batch * BATCH + i) * LINES
    const own = Array.from({ length: LINES }, (_item, k) => lines[(start + k) % lines.length]!)
    return JSON.stringify({ id: `d${batch}-${i}`, text: `的第${batch}批\n${own.join('\n')}` })
  })
  const path = join(folder, `batch-${batch}.jsonl`)
  writeFileSync(path, `${documents.join('\n')}\n`)
  return path
}

async function grown(
  from: string,
  to: string,
  [command = '', ...paths]: readonly string[],
  ids: readonly string[] = [],
): Promise<void> {
  cpSync(from, to, { recursive: true })
  await runToEnd([command, to, ...paths, ...ids, '--quiet'])
}

class LiveScenario implements Scenario {
  readonly name: string
  readonly cleansUp = true
  readonly #before: string
  readonly #command: string
  readonly #rest: readonly string[]
  readonly #old: string
  readonly #new: string
  readonly #segmentsAfter: number

  constructor(
    name: string,
    before: string,
    after: string,
    [command = '']: readonly string[],
    rest: readonly string[],
  ) {
    this.name = name
    this.#before = before
    this.#command = command
    this.#rest = rest
    this.#old = contentOf(before)
    this.#new = contentOf(after)
    this.#segmentsAfter = namedFiles(after).length
  }

  prepare(folder: string): void {
    const directory = join(folder, DIRECTORY)
    rmSync(directory, { recursive: true, force: true })
    cpSync(this.#before, directory, { recursive: true })
  }

  command(folder: string): readonly string[] {
    return [this.#command, join(folder, DIRECTORY), ...this.#rest, '--quiet']
  }

  writesIn(folder: string): string {
    return join(folder, DIRECTORY)
  }

  check(folder: string): Found {
    const directory = join(folder, DIRECTORY)
    for (const file of namedFiles(directory)) {
      if (!existsSync(join(directory, file))) throw new Error(`${file} is gone`)
    }
    verifyLiveIndex(directory)
    const content = contentOf(directory)
    // A merge changes no answer.
    if (this.#old === this.#new && content === this.#new) {
      return namedFiles(directory).length === this.#segmentsAfter ? 'new' : 'old'
    }
    if (content === this.#new) return 'new'
    if (content === this.#old) return 'old'
    throw new Error('it holds neither what was committed before nor what should be there')
  }

  leftovers(folder: string): string[] {
    const directory = join(folder, DIRECTORY)
    const known = new Set([...namedFiles(directory), 'manifest.json', 'writer.lock'])
    // A writer takes a name for itself first; left ones go when they are old.
    const isLock = (name: string) => name.startsWith('writer.lock.')
    return readdirSync(directory).filter((name) => !known.has(name) && !isLock(name))
  }
}

/** Every document with its text, by what a search says of it. */
function contentOf(directory: string): string {
  const { index } = openLiveSnapshot(directory)
  const found = QUERIES.map((query) =>
    index
      .search(query, { limit: 100_000 })
      .hits.map(({ document, paragraph, text, score }) => [document.id, paragraph, text, score]),
  )
  return JSON.stringify([index.metadata.counts.documents, found])
}

/** Files that the manifest names. */
export function namedFiles(directory: string): string[] {
  interface Named {
    readonly file: string
    readonly deletions: readonly { readonly file: string }[]
  }
  const text = readFileSync(join(directory, 'manifest.json'), 'utf8')
  const { segments } = JSON.parse(text) as { segments: readonly Named[] }
  return segments.flatMap(({ file, deletions }) => [file, ...deletions.map((item) => item.file)])
}
