/** The pages of a site on their way into the builder, and what there is to say of them. */
import { IndexError } from '@wenxun/core'
import { IndexBuilder } from '@wenxun/core/build'
import { type LeftOutReason, type Problem, readSite, SiteOptionError } from '@wenxun/ingest'
import type { Analyzer } from '@wenxun/tokenizer'
import { InputError } from '../errors.js'
import type { Progress } from '../output/progress.js'
import { FOR_VISITORS } from './for-visitors.js'
import type { SitePlan } from './site-config.js'

export interface LeftOutPage {
  readonly path: string
  readonly reason: LeftOutReason
}

export class SiteIndexing {
  readonly problems: Problem[] = []
  readonly leftOut: LeftOutPage[] = []
  /** Pages by their language; the empty one for pages that do not say. */
  readonly languages = new Map<string, number>()
  readonly #filters = new Set<string>()
  readonly #builder: IndexBuilder
  readonly #progress: Progress | null
  #weighted = 0
  #sourceBytes = 0

  constructor(progress: Progress | null, analyzer: Analyzer) {
    this.#builder = new IndexBuilder({ analyzer, ...FOR_VISITORS })
    this.#progress = progress
  }

  get pages(): number {
    return this.#builder.documentCount
  }

  get paragraphs(): number {
    return this.#builder.paragraphCount
  }

  /** Paragraphs with a weight of their own. */
  get weighted(): number {
    return this.#weighted
  }

  /** Bytes of the pages read. */
  get sourceBytes(): number {
    return this.#sourceBytes
  }

  /** Fields that pages or options declare as filters, by name. */
  get filters(): string[] {
    return [...this.#filters].sort()
  }

  /** @throws {InputError} for an option that cannot be used */
  async readAll({ site, options }: SitePlan): Promise<void> {
    try {
      for await (const item of readSite(site, { ...options, onProgress: this.#onProgress })) {
        if (item.leftOut) this.leftOut.push(item.leftOut)
        else {
          if (item.problem) this.problems.push(item.problem)
          if (item.document) this.#add(item)
        }
      }
    } catch (error) {
      throw error instanceof SiteOptionError ? new InputError(error.message) : error
    }
  }

  /** The bytes of the index; nothing can be added afterwards. */
  finish(): Uint8Array {
    return this.#builder.finish()
  }

  readonly #onProgress = ({ bytesRead, totalBytes }: { bytesRead: number; totalBytes: number }) => {
    this.#sourceBytes = bytesRead
    this.#progress?.update({ bytesDone: bytesRead, bytesTotal: totalBytes, documents: this.pages })
  }

  #add({ document, page }: Page): void {
    try {
      this.#builder.add(document)
    } catch (error) {
      if (!(error instanceof IndexError)) throw error
      const message = `${page.path}: ${error.message}`
      this.problems.push({ path: page.path, code: 'record', message })
      return
    }
    const language = page.language ?? ''
    this.languages.set(language, (this.languages.get(language) ?? 0) + 1)
    for (const name of page.filters) this.#filters.add(name)
    this.#weighted += page.weighted
  }
}

type Items = ReturnType<typeof readSite> extends AsyncGenerator<infer Item> ? Item : never
type Page = Extract<Items, { page: object }>
