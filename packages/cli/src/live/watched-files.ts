/**
 * Which documents came from which file of a watched folder, kept beside the index, so that a
 * watcher that starts again knows what changed and what went meanwhile.
 *
 * Written before a commit, with the files that it changes marked as unread, and again after it: a
 * watcher killed in between reads those files once more.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeFileAtomically } from '../output/atomic-file.js'

export interface WatchedFile {
  /** Milliseconds since 1970, and bytes, when the file was read; −1 for a file to read again. */
  readonly changed: number
  readonly bytes: number
  readonly ids: readonly string[]
}

const NAME = 'watched.json'

export class WatchedFiles {
  /** By path below the folder. */
  readonly files: Map<string, WatchedFile>
  readonly #path: string

  private constructor(path: string, files: Map<string, WatchedFile>) {
    this.#path = path
    this.files = files
  }

  /** What an earlier watcher knew; nothing where there was none, or its file makes no sense. */
  static read(directory: string): WatchedFiles {
    const path = join(directory, NAME)
    try {
      const value = JSON.parse(readFileSync(path, 'utf8')) as [string, WatchedFile][]
      const isSound = ([name, { ids }]: [string, WatchedFile]) =>
        typeof name === 'string' && Array.isArray(ids)
      if (value.every(isSound)) return new WatchedFiles(path, new Map(value))
    } catch {
      // All files are read again.
    }
    return new WatchedFiles(path, new Map())
  }

  /** Keeps this state, with the named files marked as unread. */
  write(unread: ReadonlySet<string> = new Set()): void {
    const entries = Array.from(this.files, ([name, file]) => {
      return [name, unread.has(name) ? { ...file, changed: -1 } : file]
    })
    writeFileAtomically(this.#path, new TextEncoder().encode(JSON.stringify(entries)))
  }
}
