/** What goes between the thread that answers requests and those that search; all of it is plain. */

/** What an index is asked. */
export type Question =
  /** Parameters as they stand behind `?`; see search-api.ts. */
  | { readonly kind: 'search'; readonly parameters: string }
  /** Counts and fields, for a program. */
  | { readonly kind: 'facts' }
  /** Names of the fields that the search page offers to narrow down by. */
  | { readonly kind: 'facets' }

/** A whole answer: an HTTP status, and the bytes of a JSON text. */
export interface JsonAnswer {
  readonly status: number
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** What a thread is started with. */
export interface ThreadStart {
  readonly path: string
  /** A descriptor of the index file; null for the directory of a live index. */
  readonly descriptor: number | null
  /** One number: the id of the question that nobody waits for any longer. */
  readonly givenUp: Int32Array<SharedArrayBuffer>
}

/** A question to a thread; it answers one after the other. */
export interface Asked {
  /** Not 0, and another one than those of the questions around it. */
  readonly id: number
  readonly question: Question
}

/** What a thread says. */
export type Said =
  | { readonly kind: 'ready'; readonly documents: number; readonly paragraphs: number }
  /** It cannot open the index, and ends. */
  | { readonly kind: 'failed'; readonly message: string; readonly hint: string | undefined }
  | { readonly kind: 'answer'; readonly answer: JsonAnswer }
  /** It stopped before it had an answer, since the question was given up. */
  | { readonly kind: 'stopped' }
