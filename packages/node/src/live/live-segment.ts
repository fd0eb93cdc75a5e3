/** A segment of a live index with its files, and where its documents went. */
import type { Deletion, SegmentView } from '@wenxun/core/build'
import { sumCounts } from '@wenxun/core/build'
import type { SegmentEntry } from './manifest.js'

export interface LiveSegment {
  /** As the manifest names it. */
  readonly entry: SegmentEntry
  readonly view: SegmentView
}

/**
 * What was deleted from merged segments while they were merged, in numbers of the merged one; null
 * when nothing was. `before` and `now` are the same segments.
 */
export function deletedMeanwhile(
  before: readonly LiveSegment[],
  now: readonly LiveSegment[],
): Deletion | null {
  const documents: number[] = []
  let base = 0
  for (const [i, { view }] of before.entries()) {
    for (const document of now[i]!.view.documents.gone) {
      const rank = view.documents.rankOf(document)
      if (rank >= 0) documents.push(base + rank)
    }
    base += view.documents.count
  }
  if (documents.length === 0) return null
  const counts = (segments: readonly LiveSegment[]) =>
    segments.flatMap(({ view }) => view.deletions.map((deletion) => deletion.counts))
  return { documents, counts: sumCounts(counts(now), counts(before)) }
}

/** Where each document is: its segment by file, and its number there. */
export class DocumentPlaces {
  readonly #places = new Map<string, { file: string; document: number }>()
  /** Ids of the documents of a segment, deleted ones included. */
  readonly #ids = new Map<string, readonly string[]>()

  constructor(segments: readonly LiveSegment[]) {
    for (const { entry, view } of segments) {
      const { documents } = view.segment
      this.add(
        entry.file,
        Array.from({ length: entry.documents }, (_, i) => documents.get(i).id),
        (document) => view.documents.rankOf(document) >= 0,
      )
    }
  }

  get(id: string): { readonly file: string; readonly document: number } | undefined {
    return this.#places.get(id)
  }

  /** Takes the documents of a new segment in; those that `isLeft` refuses are elsewhere. */
  add(file: string, ids: readonly string[], isLeft: (document: number) => boolean): void {
    this.#ids.set(file, ids)
    for (const [document, id] of ids.entries()) {
      if (isLeft(document)) this.#places.set(id, { file, document })
    }
  }

  remove(id: string): void {
    this.#places.delete(id)
  }

  /** The documents of `sources` are in `file` now; null when none was left. */
  merge(sources: readonly LiveSegment[], file: string | null): void {
    const ids: string[] = []
    for (const { entry, view } of sources) {
      const own = this.#ids.get(entry.file) ?? []
      this.#ids.delete(entry.file)
      for (let rank = 0; rank < view.documents.count; rank++) {
        const document = view.documents.original(rank)
        const id = own[document]!
        const place = this.#places.get(id)
        if (file !== null && place?.file === entry.file && place.document === document) {
          this.#places.set(id, { file, document: ids.length })
        }
        ids.push(id)
      }
    }
    if (file !== null) this.#ids.set(file, ids)
  }
}
