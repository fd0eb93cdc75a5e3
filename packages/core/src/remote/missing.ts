/** Thrown inside a search where bytes are read that are not there yet; see BundleSearch. */

export class Missing extends Error {
  /** How many pieces or files are missing. */
  readonly count: number
  /** Brings what is missing. */
  readonly fetch: (signal?: AbortSignal) => Promise<unknown>

  constructor(count: number, fetch: (signal?: AbortSignal) => Promise<unknown>) {
    super('not fetched yet')
    this.count = count
    this.fetch = fetch
  }
}
