/** Keeps a live index the same as a folder: one round reads what changed and drops what is gone. */
import { stat } from 'node:fs/promises'
import { relative, resolve, sep } from 'node:path'
import { type ReadOptions, walk } from '@wenxun/ingest'
import type { LiveIndex } from '@wenxun/node'
import type { Progress } from '../output/progress.js'
import { Adding } from './adding.js'
import type { LiveReport } from './report.js'
import { type WatchedFile, WatchedFiles } from './watched-files.js'

/** A file as a walk finds it. */
interface FoundFile {
  readonly path: string
  readonly changed: number
  readonly bytes: number
}

export class FolderMirror {
  readonly #live: LiveIndex
  readonly #folder: string
  readonly #directory: string
  readonly #options: ReadOptions
  readonly #known: WatchedFiles

  constructor(live: LiveIndex, folder: string, directory: string, options: ReadOptions) {
    this.#live = live
    this.#folder = folder
    this.#directory = directory
    this.#options = { ...options, base: folder }
    this.#known = WatchedFiles.read(directory)
  }

  /** Takes changes over and commits them; null when there were none. */
  async round(progress: Progress | null): Promise<LiveReport | null> {
    const started = performance.now()
    const found = await this.#walk()
    const known = this.#known.files
    const changed = [...found].filter(([name, file]) => !isSame(known.get(name), file))
    const gone = [...known.keys()].filter((name) => !found.has(name))
    if (changed.length === 0 && gone.length === 0) return null
    const adding = new Adding(this.#live, progress)
    const touched = new Set<string>()
    for (const name of gone) {
      this.#live.delete(known.get(name)!.ids)
      touched.add(name)
    }
    for (const [name, { path }] of changed) {
      const before = known.get(name)?.ids ?? []
      this.#live.delete(before)
      await adding.read([path], this.#options)
      touched.add(name)
    }
    progress?.clear()
    this.#note(changed, adding, known)
    this.#known.write(touched)
    const commit = await this.#live.commit()
    for (const name of gone) known.delete(name)
    for (const [name, { changed: time, bytes }] of changed) {
      const ids = adding.idsByPath.get(found.get(name)!.path) ?? []
      known.set(name, { changed: time, bytes, ids })
    }
    this.#known.write()
    return {
      directory: this.#directory,
      commit,
      status: this.#live.status,
      problems: adding.problems,
      took: performance.now() - started,
    }
  }

  /** Until the commit, a file has its old documents and its new ones. */
  #note(
    changed: readonly (readonly [string, FoundFile])[],
    adding: Adding,
    known: Map<string, WatchedFile>,
  ): void {
    for (const [name, { path, bytes }] of changed) {
      const ids = [...(known.get(name)?.ids ?? []), ...(adding.idsByPath.get(path) ?? [])]
      known.set(name, { changed: -1, bytes, ids: [...new Set(ids)] })
    }
  }

  async #walk(): Promise<Map<string, FoundFile>> {
    const { files } = await walk([this.#folder], this.#options)
    const found = new Map<string, FoundFile>()
    for (const { path } of files) {
      // A file may go while the folder is walked.
      const status = await stat(path).catch(() => null)
      if (status === null) continue
      const name = relative(this.#folder, resolve(path)).split(sep).join('/')
      found.set(name, { path, changed: status.mtimeMs, bytes: status.size })
    }
    return found
  }
}

function isSame(known: WatchedFile | undefined, { changed, bytes }: FoundFile): boolean {
  return known !== undefined && known.changed === changed && known.bytes === bytes
}
