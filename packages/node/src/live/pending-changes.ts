/** What was asked of a live index since the last commit, in memory. */

import type { SourceDocument } from '@wenxun/core'
import { checkDocument } from '@wenxun/core/build'

export class PendingChanges {
  /** By id; null for a deletion. Later ones stand behind. */
  #changes = new Map<string, SourceDocument | null>()
  #units = 0

  /** Documents and deletions. */
  get count(): number {
    return this.#changes.size
  }

  /** UTF-16 units of text among them. */
  get units(): number {
    return this.#units
  }

  /** What becomes of an id: its document, null when it is deleted, undefined when nothing. */
  get(id: string): SourceDocument | null | undefined {
    return this.#changes.get(id)
  }

  /** Throws BAD_DOCUMENT. */
  upsert(document: SourceDocument): void {
    const checked = wellFormed(checkDocument(document))
    this.#put(checked.id, checked)
  }

  delete(id: string): void {
    this.#put(id, null)
  }

  /** All of it, to be written; nothing is pending afterwards. */
  take(): Map<string, SourceDocument | null> {
    const taken = this.#changes
    this.#changes = new Map()
    this.#units = 0
    return taken
  }

  /** Makes what was taken pending again, but for ids that were changed since. */
  giveBack(taken: ReadonlyMap<string, SourceDocument | null>): void {
    const since = this.take()
    for (const [id, document] of taken) if (!since.has(id)) this.#put(id, document)
    for (const [id, document] of since) this.#put(id, document)
  }

  #put(id: string, document: SourceDocument | null): void {
    const before = this.#changes.get(id)
    // What came last stands last.
    this.#changes.delete(id)
    this.#changes.set(id, document)
    this.#units += unitsOf(document) - unitsOf(before ?? null)
  }
}

function unitsOf(document: SourceDocument | null): number {
  return document?.paragraphs.reduce((sum, { text }) => sum + text.length, 0) ?? 0
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Titles are stored as UTF-8: what is counted when they come must be what goes with them. */
function wellFormed(document: SourceDocument): SourceDocument {
  const { title } = document
  if (title === undefined || title.search(LONE_SURROGATE) < 0) return document
  return { ...document, title: title.replace(LONE_SURROGATE, '\ufffd') }
}
