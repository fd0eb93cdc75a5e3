/**
 * Thrown inside a search where bytes are read, or code is called, that is not there yet; and the
 * search that starts anew when it is.
 */

import { throwIfAborted } from '../errors.js'

/** What asks for more pieces than this is fetching in vain. */
const MOST_PIECES = 1_000_000

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

/** Reads for all items. Throws one Missing with what is missing for any of them. */
export function readAll<T, U>(items: readonly T[], read: (item: T) => U): U[] {
  const missing: Missing[] = []
  const found: U[] = []
  for (const item of items) {
    try {
      found.push(read(item))
    } catch (error) {
      if (!(error instanceof Missing)) throw error
      missing.push(error)
    }
  }
  if (missing.length === 0) return found
  const count = missing.reduce((sum, one) => sum + one.count, 0)
  throw new Missing(count, (signal) => Promise.all(missing.map(({ fetch }) => fetch(signal))))
}

/**
 * Runs a reading of the index again and again until nothing is missing. Throws Missing when it
 * would take more than `most` pieces.
 */
export async function runComplete<T>(
  read: () => T | Promise<T>,
  signal: AbortSignal | undefined,
  most = MOST_PIECES,
): Promise<T> {
  for (let left = most; ; ) {
    throwIfAborted(signal)
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof Missing) || error.count > left) throw error
      left -= error.count
      await error.fetch(signal)
    }
  }
}
