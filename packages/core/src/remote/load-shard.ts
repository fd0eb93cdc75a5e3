/** Files of a bundle, asked for by name: a second try, clear errors, checked bytes. */

import { crc32 } from '../bytes/crc32.js'
import { corrupt, IndexError } from '../errors.js'
import type { ShardReference } from '../shards/bundle-format.js'
import { Missing } from './missing.js'

/** Bytes [start, end) of a file. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/**
 * Loads a file of the bundle by its name. With `range` only those bytes are needed; a loader may
 * return the whole file all the same. Rejects when it cannot. May be called for several files at
 * once; `signal` tells that the answer is no longer wanted.
 */
export type LoadShard = (
  name: string,
  signal?: AbortSignal,
  range?: ByteRange,
) => Promise<Uint8Array>

/** Decompresses raw DEFLATE (RFC 1951); throws or rejects when it cannot. */
export type Inflate = (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>

/** The default, loaded when it is first needed: a page may bring its browser's own. */
export const inflatePortably: Inflate = async (bytes) => {
  const { inflateSync } = await import('./inflate-portable.js')
  return inflateSync(bytes)
}

const ATTEMPTS = 2

export class ShardLoader {
  readonly inflate: Inflate
  readonly #load: LoadShard
  /** Files on demand that are there, uncompressed. */
  readonly #whole = new Map<string, Uint8Array>()

  constructor(load: LoadShard, inflate: Inflate = inflatePortably) {
    this.#load = load
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
        return await take(await this.#load(name, signal, range))
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
    if (bytes === undefined) {
      throw new Missing(1, async (signal) => {
        const take = (packed: Uint8Array) => unpackFile(file, packed, this.inflate)
        this.#whole.set(file.name, await this.load(file.name, signal, undefined, take))
      })
    }
    return bytes
  }
}

/** The uncompressed bytes of a file. Throws CORRUPT when they are not what its reference names. */
export async function unpackFile(
  { name, checksum }: ShardReference,
  bytes: Uint8Array,
  inflate: Inflate,
): Promise<Uint8Array> {
  if (crc32(bytes) !== checksum) {
    throw corrupt(`${name} is not the file that the index was built with (${bytes.length} bytes)`)
  }
  try {
    return await inflate(bytes)
  } catch {
    throw corrupt(`${name} does not decompress`)
  }
}

function unavailable(name: string, reason: unknown): IndexError {
  const why = reason instanceof Error ? reason.message : String(reason)
  return new IndexError(
    'SHARD_UNAVAILABLE',
    `${name} of the search index could not be loaded: ${why}. Check the connection, and that all files of the bundle are on the server.`,
  )
}

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw signal.reason
}
