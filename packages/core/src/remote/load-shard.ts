/** Files of a bundle, asked for by name: a second try, clear errors, checked bytes. */

import { crc32 } from '../bytes/crc32.js'
import { corrupt, IndexError, throwIfAborted } from '../errors.js'
import type { ShardReference } from '../shards/bundle-format.js'
import { Missing, runComplete } from './missing.js'

/** Bytes [start, end) of a file. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/**
 * Loads a file of the bundle by its name. With `range` only those bytes are needed; a loader may
 * return the whole file all the same. A range may end a byte behind the file. Rejects when it
 * cannot: where ranges are rejected, or bring other bytes, whole files are asked for. May be called
 * for several files at once; `signal` tells that the answer is no longer wanted.
 */
export interface LoadShard {
  (name: string, signal?: AbortSignal, range?: ByteRange): Promise<Uint8Array>
  /** Brings several ranges of a file in one request; left out by a loader that cannot. */
  readonly ranges?: LoadRanges
}

/**
 * The bytes of each range, ascending ones with gaps between them. Where some are missing, or where
 * it rejects, they are loaded one by one, and this is not called again.
 */
export type LoadRanges = (
  name: string,
  ranges: readonly ByteRange[],
  signal?: AbortSignal,
) => Promise<readonly (Uint8Array | undefined)[]>

/** Decompresses raw DEFLATE (RFC 1951); throws or rejects when it cannot. */
export type Inflate = (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>

/** The default, loaded when it is first needed: a page may bring its browser's own. */
export const inflatePortably: Inflate = async (bytes) => {
  const { inflateRaw } = await import('./inflate-portable.js')
  return inflateRaw(bytes)
}

const ATTEMPTS = 2

export class ShardLoader {
  readonly inflate: Inflate
  readonly ranges: LoadRanges | undefined
  readonly #load: LoadShard
  /** Files on demand that are there, uncompressed. */
  readonly #whole = new Map<string, Uint8Array>()
  readonly #underway = new Map<string, Promise<void>>()
  constructor(load: LoadShard, inflate: Inflate = inflatePortably) {
    this.#load = load
    this.ranges = load.ranges
    this.inflate = inflate
  }

  /**
   * Loads bytes and gives them to `take`; when loading fails or `take` throws, once more. Throws
   * SHARD_UNAVAILABLE, or what `take` threw.
   */
  async load<T>(
    name: string,
    signal: AbortSignal | undefined,
    range: ByteRange | undefined,
    take: (bytes: Uint8Array) => T | Promise<T>,
  ): Promise<T> {
    let failure: unknown
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      throwIfAborted(signal)
      try {
        const bytes = await this.#load(name, signal, range)
        return await runComplete(() => take(bytes), signal)
      } catch (error) {
        failure = error
      }
    }
    throwIfAborted(signal)
    throw failure instanceof IndexError ? failure : unavailable(name, failure)
  }

  /** The uncompressed bytes of a file on demand. Throws Missing when it is not there. */
  whole(file: ShardReference): Uint8Array {
    const bytes = this.#whole.get(file.name)
    if (bytes === undefined) throw new Missing(1, (signal) => this.fetchWhole(file, signal))
    return bytes
  }

  /** Fetches a file on demand; one that is on its way already is not asked for again. */
  async fetchWhole(file: ShardReference, signal?: AbortSignal): Promise<void> {
    const { name } = file
    // A request that its first asker gave up is made again for the others.
    const underway = this.#underway.get(name)
    if (underway !== undefined) await underway.catch(() => {})
    if (this.#whole.has(name)) return
    const take = (packed: Uint8Array) => unpackFile(file, packed, this.inflate)
    const fetching = this.load(name, signal, undefined, take).then((bytes) => {
      this.#whole.set(name, bytes)
    })
    this.#underway.set(name, fetching)
    await fetching.finally(() => this.#underway.delete(name))
  }
}

/** The uncompressed bytes of a file. Throws CORRUPT when they are not what its reference names. */
async function unpackFile(
  reference: ShardReference,
  bytes: Uint8Array,
  inflate: Inflate,
): Promise<Uint8Array> {
  checkFile(reference, bytes)
  try {
    return await inflate(bytes)
  } catch {
    throw corrupt(`${reference.name} does not decompress`)
  }
}

/** Throws CORRUPT when the bytes are not what the reference names. */
export function checkFile({ name, checksum }: ShardReference, bytes: Uint8Array): void {
  if (crc32(bytes) === checksum) return
  throw corrupt(`${name} is not the file that the index was built with (${bytes.length} bytes)`)
}

/** The error of a part of the index that does not come; `name` says which. */
export function unavailable(name: string, reason: unknown): IndexError {
  const why = reason instanceof Error ? reason.message : String(reason)
  return new IndexError(
    'SHARD_UNAVAILABLE',
    `${name} of the search index could not be loaded: ${why}. Check the connection, and that all files of the bundle are on the server.`,
  )
}
