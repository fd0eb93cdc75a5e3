/** `wenxun build` over an index that is there, and to a place where there is none. */

import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { IndexError, openIndex } from '@wenxun/core'
import { runToEnd, seedFolder } from './killed-process.js'
import type { Found, Scenario } from './scenario.js'

const INDEX = 'index.wx'
const seeds = readdirSync(seedFolder)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => join(seedFolder, name))

/** The two indexes between which a build is killed; made once. */
export async function buildScenarios(workFolder: string): Promise<Scenario[]> {
  mkdirSync(workFolder, { recursive: true })
  const oldIndex = join(workFolder, 'old.wx')
  const newIndex = join(workFolder, 'new.wx')
  await runToEnd(['build', ...seeds.slice(0, 2), '-o', oldIndex, '--quiet'])
  await runToEnd(['build', seedFolder, '-o', newIndex, '--quiet'])
  return [
    new BuildScenario('build over an index', oldIndex, newIndex),
    new BuildScenario('build where there is none', null, newIndex),
  ]
}

class BuildScenario implements Scenario {
  readonly name: string
  readonly cleansUp = false
  readonly #oldFile: string | null
  readonly #old: Uint8Array | null
  readonly #new: Uint8Array

  constructor(name: string, oldFile: string | null, newFile: string) {
    this.name = name
    this.#oldFile = oldFile
    this.#old = oldFile === null ? null : readFileSync(oldFile)
    this.#new = readFileSync(newFile)
  }

  prepare(folder: string): void {
    if (this.#oldFile !== null) copyFileSync(this.#oldFile, join(folder, INDEX))
    else rmSync(join(folder, INDEX), { force: true })
  }

  command(folder: string): readonly string[] {
    return ['build', seedFolder, '-o', join(folder, INDEX), '--quiet']
  }

  writesIn(folder: string): string {
    return folder
  }

  check(folder: string): Found {
    for (const name of this.leftovers(folder)) this.#checkHalf(join(folder, name))
    const path = join(folder, INDEX)
    if (!existsSync(path)) {
      if (this.#old === null) return 'old'
      throw new Error('the index is gone')
    }
    const bytes = readFileSync(path)
    openIndex(bytes).verify()
    if (bytes.equals(this.#new)) return 'new'
    if (this.#old !== null && bytes.equals(this.#old)) return 'old'
    throw new Error('the index is neither the old one nor the new one')
  }

  /** What was not finished must not open. */
  #checkHalf(path: string): void {
    const bytes = readFileSync(path)
    if (bytes.equals(this.#new)) return
    try {
      openIndex(bytes)
    } catch (error) {
      if (error instanceof IndexError) return
      throw error
    }
    throw new Error(`${path} is half an index and opens`)
  }

  leftovers(folder: string): string[] {
    return readdirSync(folder).filter((name) => name !== INDEX)
  }
}
