/** A static host in memory, for bundles: it counts, and it fails where a test wants it to. */

import type { ByteRange, LoadShard, SearchResult } from '@wenxun/core'

export class BundleHost {
  files: Map<string, Uint8Array>
  /** Whether it answers with the bytes of a range, or with the whole file all the same. */
  readonly answersRanges: boolean
  requests: string[] = []
  bytes = 0
  /** May throw, or return other bytes. */
  fault: ((name: string, bytes: Uint8Array) => Uint8Array) | null = null

  /** How far sent ranges begin and end from where they should. */
  badRange: readonly [start: number, end: number] | null = null
  /** Whoever asks more often gets an error that no loader gives. */
  mostRequests = Number.POSITIVE_INFINITY

  constructor(files: ReadonlyMap<string, Uint8Array>, answersRanges = true) {
    this.files = new Map(files)
    this.answersRanges = answersRanges
  }

  readonly load: LoadShard = async (name, signal, range) => {
    await Promise.resolve()
    if (signal?.aborted) throw signal.reason
    this.requests.push(name)
    if (this.requests.length > this.mostRequests) throw new Error('asked too often')
    const file = this.files.get(name)
    if (file === undefined) throw new Error('404 Not Found')
    const sent = this.#part(this.fault === null ? file : this.fault(name, file), range)
    this.bytes += sent.length
    return sent
  }

  #part(file: Uint8Array, range: ByteRange | undefined): Uint8Array {
    if (range === undefined || !this.answersRanges) return file
    const [start, end] = this.badRange ?? [0, 0]
    return file.slice(Math.max(0, range.start + start), Math.max(0, range.end + end))
  }
}

/** Everything in a result that a caller can read, but suggestions. */
export function plain({ query, total, totalIsExact, facets, groups, hits }: SearchResult) {
  const read = hits.map((hit) => ({
    rank: hit.rank,
    score: hit.score,
    document: hit.document,
    paragraph: hit.paragraph,
    heading: hit.heading,
    anchor: hit.anchor,
    text: hit.text,
    highlights: hit.highlights,
    snippet: hit.snippet,
    snippetStart: hit.snippetStart,
  }))
  const grouped = groups?.map((group) => group.hits.map(({ rank }) => rank))
  return { query, total, totalIsExact, facets, grouped, hits: read }
}
