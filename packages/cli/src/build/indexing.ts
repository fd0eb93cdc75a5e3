/** Documents on their way from the reader into the builder, and what there is to say of them. */
import { IndexError } from '@wenxun/core'
import { IndexBuilder, type IndexBuilderOptions } from '@wenxun/core/build'
import {
  type Problem,
  type ReadItem,
  type ReadOptions,
  type ReadProgress,
  readPath,
} from '@wenxun/ingest'
import type { Analyzer } from '@wenxun/tokenizer'
import type { Progress } from '../output/progress.js'
import type { Cleaning } from './cleaning.js'
import type { BuildReport, DocumentRow } from './report.js'

/** A longer list of documents says less than their number. */
const listedDocuments = 20

export class Indexing {
  readonly problems: Problem[] = []
  /** What reading took out of each document or changed in it, where it did. */
  readonly cleanings: Cleaning[] = []
  readonly #builder: IndexBuilder
  readonly #paths: readonly string[]
  readonly #progress: Progress | null
  #keepCleanings = false
  readonly #rows: DocumentRow[] = []
  #sourceBytes = 0

  constructor(
    paths: readonly string[],
    progress: Progress | null,
    analyzer: Analyzer,
    options: Omit<IndexBuilderOptions, 'analyzer'> = {},
  ) {
    this.#builder = new IndexBuilder({ analyzer, ...options })
    this.#paths = paths
    this.#progress = progress
  }

  /** Documents indexed so far. */
  get documents(): number {
    return this.#builder.documentCount
  }

  /** Problems with the paths of the command line itself. */
  get missing(): Problem[] {
    return this.problems.filter(
      ({ code, path }) => code === 'not-found' && this.#paths.includes(path),
    )
  }

  /** Keeps what reading takes out in `cleanings`, at the cost of memory for every such line. */
  keepCleanings(): void {
    this.#keepCleanings = true
  }

  /** Reads to the end; missing paths are known before the first document, and end it early. */
  async readAll(options: ReadOptions): Promise<void> {
    const onProgress = (state: ReadProgress) => this.#onProgress(state)
    for await (const item of readPath(this.#paths, { ...options, onProgress })) {
      if (item.problem) this.problems.push(item.problem)
      else if (this.documents === 0 && this.missing.length > 0) return
      else this.#add(item)
    }
  }

  /** The bytes of the index; nothing can be added afterwards. */
  finish(): Uint8Array {
    return this.#builder.finish()
  }

  /** The same, given to `write` in parts; returns how many bytes they were. */
  finishTo(write: (bytes: Uint8Array) => void): number {
    let length = 0
    this.#builder.finishTo(write, (bytes) => {
      length = bytes
    })
    return length
  }

  /** `bytes` is the size of the index, `took` the milliseconds of the whole build. */
  report(path: string, bytes: number, took: number): BuildReport {
    return {
      path,
      documents: this.documents,
      paragraphs: this.#builder.paragraphCount,
      sourceBytes: this.#sourceBytes,
      bytes,
      took,
      problems: this.problems,
      rows: this.documents <= listedDocuments ? this.#rows : [],
    }
  }

  #onProgress({ bytesRead, totalBytes }: ReadProgress): void {
    this.#sourceBytes = bytesRead
    this.#progress?.update({
      bytesDone: bytesRead,
      bytesTotal: totalBytes,
      documents: this.documents,
    })
  }

  /** A document that cannot be indexed, such as a second one of the same id, is a problem. */
  #add({ document, source }: Extract<ReadItem, { document: object }>): void {
    try {
      this.#builder.add(document)
    } catch (error) {
      if (!(error instanceof IndexError)) throw error
      const place = source.line === undefined ? source.path : `${source.path}:${source.line}`
      const message = `${place}: ${error.message}`
      this.problems.push({ path: source.path, code: 'record', message })
      return
    }
    const { path, profile, removed = [], repairs = [] } = source
    if (this.#keepCleanings && removed.length + repairs.length > 0) {
      this.cleanings.push({ path, profile: profile ?? 'plain', removed, repairs })
    }
    if (this.#rows.length > listedDocuments) return
    const region = document.meta?.['region']
    this.#rows.push({
      title: document.title || document.id,
      region: region === undefined ? '' : String(region),
      date: document.date ?? '',
      paragraphs: document.paragraphs.length,
    })
  }
}
