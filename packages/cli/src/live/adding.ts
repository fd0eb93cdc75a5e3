/** Documents on their way from the reader into a live index. */
import { IndexError } from '@wenxun/core'
import { type Problem, type ReadOptions, readPath } from '@wenxun/ingest'
import type { LiveIndex } from '@wenxun/node'
import type { Progress } from '../output/progress.js'

/** Text that waits in memory, in UTF-16 units; what is more goes to the disk, uncommitted. */
const MOST_PENDING = 1 << 22

export class Adding {
  readonly problems: Problem[] = []
  /** Ids of the documents that were read, by path of their file. */
  readonly idsByPath = new Map<string, string[]>()
  documents = 0
  readonly #live: LiveIndex
  readonly #progress: Progress | null

  constructor(live: LiveIndex, progress: Progress | null) {
    this.#live = live
    this.#progress = progress
  }

  /** Reads to the end. Paths that are not there are known first, and end it before a document. */
  async read(paths: readonly string[], options: ReadOptions): Promise<void> {
    const reading = readPath(paths, {
      ...options,
      onProgress: ({ bytesRead, totalBytes }) => {
        const state = { bytesDone: bytesRead, bytesTotal: totalBytes, documents: this.documents }
        this.#progress?.update(state)
      },
    })
    for await (const { document, source, problem } of reading) {
      if (problem) this.problems.push(problem)
      else if (this.documents === 0 && this.#missing(paths).length > 0) return
      else {
        this.#take(document, source)
        if (this.#live.status.pendingUnits > MOST_PENDING) await this.#live.flush()
      }
    }
  }

  /** Problems with the paths of the command line itself. */
  #missing(paths: readonly string[]): Problem[] {
    return this.problems.filter(({ code, path }) => code === 'not-found' && paths.includes(path))
  }

  missingMessage(paths: readonly string[]): string {
    return this.#missing(paths)
      .map(({ message }) => message)
      .join('\n')
  }

  #take(document: Parameters<LiveIndex['upsert']>[0] & { id: string }, source: { path: string }) {
    try {
      this.#live.upsert(document)
    } catch (error) {
      if (!(error instanceof IndexError) || error.code !== 'BAD_DOCUMENT') throw error
      const message = `${source.path}: ${error.message}`
      this.problems.push({ path: source.path, code: 'record', message })
      return
    }
    this.documents++
    const ids = this.idsByPath.get(source.path)
    if (ids === undefined) this.idsByPath.set(source.path, [document.id])
    else ids.push(document.id)
  }
}
