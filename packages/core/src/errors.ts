/** Errors with stable codes. The message says what was expected, what was found, what to do. */

import type { AbortFlag } from './model.js'

export type IndexErrorCode =
  /** The bytes are no Wenxun index at all. */
  | 'NOT_AN_INDEX'
  /** The bytes end before the index does. */
  | 'TRUNCATED'
  /** A checksum or an invariant does not hold. */
  | 'CORRUPT'
  /** Written by an older version that this reader no longer reads. */
  | 'TOO_OLD'
  /** Written by a newer version than this reader knows. */
  | 'TOO_NEW'
  /** Built with another analyzer than the one given. */
  | 'WRONG_ANALYZER'
  /** A shard of a bundle could not be loaded. */
  | 'SHARD_UNAVAILABLE'
  /** A document given to the builder cannot be indexed. */
  | 'BAD_DOCUMENT'
  /** Another process writes to the live index. */
  | 'LOCKED'
  /** The directory of a live index cannot be written. */
  | 'READ_ONLY'
  /** An index file was closed before it was searched. */
  | 'CLOSED'
  /** An option has a value outside its range. */
  | 'BAD_OPTION'
  /** The search was given up by a signal that names no reason of its own. */
  | 'ABORTED'

export class IndexError extends Error {
  readonly code: IndexErrorCode

  constructor(code: IndexErrorCode, message: string) {
    super(message)
    this.name = 'IndexError'
    this.code = code
  }
}

/** An error for bytes that break a rule of the format. */
export function corrupt(message: string): IndexError {
  return new IndexError(
    'CORRUPT',
    `The index is damaged: ${message}. Build it again, or restore it from a copy.`,
  )
}

/** Throws the reason of a signal that is aborted; an AbortSignal always has one. */
export function throwIfAborted(signal: AbortFlag | undefined): void {
  if (signal?.aborted) throw signal.reason ?? new IndexError('ABORTED', 'The search was given up.')
}
