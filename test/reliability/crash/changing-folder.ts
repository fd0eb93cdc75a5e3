/**
 * A folder of documents that changes under a watcher, and what each of its files has ever held: so
 * an index can be told from one that lost a commit, holds half a file, or has what never was.
 */

import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Random } from '../../support/random.js'

/** Even ones are texts, odd ones are lists of documents. */
const FILES = 12
/** Of every file, whatever its kind. */
const PARAGRAPHS = 6
const DOCUMENTS = 3

/** What an index holds of the folder: versions of the paragraphs, by name of their file. */
export type Held = ReadonlyMap<string, readonly number[]>

/** A text that stands in every paragraph. */
export const MARK = '版本'

export class ChangingFolder {
  readonly path: string
  /** By name: versions in order, and whether the file was there then. Numbers are never used twice. */
  readonly #history = new Map<string, { readonly version: number; readonly isThere: boolean }[]>()
  /** By name: the latest version that an index was seen to hold. */
  readonly #committed = new Map<string, number>()
  #version = 0

  constructor(path: string) {
    this.path = path
    mkdirSync(path, { recursive: true })
    for (let i = 0; i < FILES; i++) this.#write(i)
  }

  /** A file comes, changes or goes. */
  change(random: Random): void {
    const number = random.int(0, FILES)
    const name = nameOf(number)
    const isThere = this.#history.get(name)?.at(-1)?.isThere
    if (!isThere || random.chance(0.8)) {
      this.#write(number)
    } else {
      rmSync(join(this.path, name))
      this.#note(name, false)
    }
  }

  /** In one step, so that no reader sees half a file. */
  #write(number: number): void {
    const name = nameOf(number)
    this.#note(name, true)
    const line = `第${number}号文件${MARK}${this.#version}完，法治政府建设与行政复议。`
    const temporary = join(this.path, `.${name}`)
    writeFileSync(temporary, number % 2 === 0 ? textOf(line) : documentsOf(name, line))
    renameSync(temporary, join(this.path, name))
  }

  #note(name: string, isThere: boolean): void {
    const versions = this.#history.get(name) ?? []
    versions.push({ version: ++this.#version, isThere })
    this.#history.set(name, versions)
  }

  /**
   * Throws for half a file, one that never was, and one older than what was committed before.
   * Tells whether the index has caught up with the folder.
   */
  check(held: Held): boolean {
    let isLatest = true
    for (const name of held.keys()) {
      if (!this.#history.has(name)) throw new Error(`${name} never was in the folder`)
    }
    for (const [name, history] of this.#history) {
      const version = this.#heldVersion(name, held.get(name) ?? [])
      this.#committed.set(name, version)
      const { version: last, isThere } = history.at(-1)!
      if (isThere ? version !== last : held.has(name)) isLatest = false
    }
    return isLatest
  }

  /** The version of a file that an index holds, be it that it is gone. */
  #heldVersion(name: string, versions: readonly number[]): number {
    const history = this.#history.get(name)!
    const before = this.#committed.get(name) ?? 0
    const [found] = versions
    if (found === undefined) {
      const gone = history.find(({ version, isThere }) => version >= before && !isThere)
      if (gone === undefined && before > 0) throw new Error(`${name}: ${before} is lost`)
      return gone?.version ?? 0
    }
    if (versions.length !== PARAGRAPHS || versions.some((version) => version !== found)) {
      throw new Error(`${name} is there in part: ${versions.join(' ')}`)
    }
    if (!history.some(({ version, isThere }) => version === found && isThere)) {
      throw new Error(`${name}: ${found} never was`)
    }
    if (found < before) throw new Error(`${name}: ${before} was committed, ${found} is there`)
    return found
  }
}

/** The file that a document was read from, by its id. */
export const fileOf = (id: string): string => id.split('#')[0]!

const nameOf = (number: number) => `f${number}.${number % 2 === 0 ? 'txt' : 'jsonl'}`

const textOf = (line: string) => `${line}\n`.repeat(PARAGRAPHS)

function documentsOf(name: string, line: string): string {
  const text = textOf(line).slice(0, ((line.length + 1) * PARAGRAPHS) / DOCUMENTS)
  return Array.from({ length: DOCUMENTS }, (_, i) =>
    JSON.stringify({ id: `${name}#${i}`, text }),
  ).join('\n')
}
