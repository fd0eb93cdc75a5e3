/** `wenxun watch` while files come, change and go: what was committed stays, no file is there in part. */

import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { openLiveSnapshot, verifyLiveIndex } from '../../../packages/node/src/index.js'
import type { Random } from '../../support/random.js'
import { ChangingFolder, fileOf, type Held, MARK } from './changing-folder.js'
import { namedFiles } from './live-scenarios.js'
import type { Found, Scenario } from './scenario.js'

const DIRECTORY = 'live'
/** Longest that files stay as they are, in milliseconds. */
const LONGEST_REST = 60

/** Every kill strikes the index that the last one left. */
export class WatchScenario implements Scenario {
  readonly name = 'watch'
  readonly cleansUp = true
  readonly goesOn = 1500
  #folder: ChangingFolder | null = null
  /** What was wrong with the index while the watcher ran. */
  #fault: unknown = null

  prepare(folder: string): void {
    mkdirSync(join(folder, DIRECTORY), { recursive: true })
    this.#folder ??= new ChangingFolder(join(folder, 'texts'))
    this.#fault = null
  }

  command(folder: string): readonly string[] {
    const directory = join(folder, DIRECTORY)
    return ['watch', this.#folder!.path, '-o', directory, '--wait', '5', '--quiet']
  }

  endingCommand(folder: string): readonly string[] {
    return [...this.command(folder), '--once']
  }

  writesIn(folder: string): string {
    return join(folder, DIRECTORY)
  }

  /** Changes files, and reads along: what a reader has seen must never go again. */
  meanwhile(folder: string, random: Random): () => void {
    this.#folder!.change(random)
    const step = () => {
      this.#folder!.change(random)
      try {
        this.#look(join(folder, DIRECTORY))
      } catch (error) {
        this.#fault ??= error
      }
      timer = setTimeout(step, random.int(0, LONGEST_REST))
    }
    let timer = setTimeout(step, random.int(0, LONGEST_REST))
    return () => clearTimeout(timer)
  }

  check(folder: string): Found {
    if (this.#fault !== null) throw this.#fault
    const directory = join(folder, DIRECTORY)
    if (existsSync(join(directory, 'manifest.json'))) verifyLiveIndex(directory)
    return this.#look(directory) ? 'new' : 'old'
  }

  /** Whether the index is what the folder is. */
  #look(directory: string): boolean {
    return this.#folder!.check(heldBy(directory))
  }

  leftovers(folder: string): string[] {
    const directory = join(folder, DIRECTORY)
    const isThere = existsSync(join(directory, 'manifest.json'))
    const known = new Set([...(isThere ? namedFiles(directory) : []), 'manifest.json'])
    // A lock, or a file beside `watched.json`, goes when it is old.
    const isOther = (name: string) => /^writer\.lock|^\.?watched\.json/.test(name)
    return readdirSync(directory).filter((name) => !known.has(name) && !isOther(name))
  }
}

/** Nothing where no index has been made yet. */
function heldBy(directory: string): Held {
  const held = new Map<string, number[]>()
  if (!existsSync(join(directory, 'manifest.json'))) return held
  const { index } = openLiveSnapshot(directory)
  for (const { document, text } of index.search(`"${MARK}"`, { limit: 10_000 }).hits) {
    const name = fileOf(document.id)
    const version = Number(/版本(\d+)完/.exec(text)?.[1])
    const versions = held.get(name)
    if (versions === undefined) held.set(name, [version])
    else versions.push(version)
  }
  return held
}
