/** What a page and the worker that searches for it say to each other. */

import type { RemoteIndex, SearchOptions, SearchResult } from '@wenxun/core'

/** What an index says of itself. */
export type IndexMetadata = RemoteIndex['metadata']

/** From the page. Numbers are given once; an answer has the number of its question. */
export type WorkerQuestion =
  | { readonly kind: 'open'; readonly number: number; readonly source: string }
  | {
      readonly kind: 'search'
      readonly number: number
      readonly query: string
      readonly options: SearchOptions
    }
  /** Gives a question up; it gets no answer. */
  | { readonly kind: 'abort'; readonly number: number }

export interface WorkerFailure {
  readonly message: string
  /** Of an IndexError. */
  readonly code?: string
}

export type WorkerAnswer =
  | { readonly number: number; readonly value: IndexMetadata | SearchResult }
  | { readonly number: number; readonly failure: WorkerFailure }

/** The end of a channel: a Worker on the page, the global object inside of the worker. */
export interface WorkerPort<Sent> {
  postMessage(message: Sent): void
  addEventListener(type: string, listener: (event: never) => void): void
}
