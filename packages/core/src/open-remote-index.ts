/** The way in from a static host: a loader → an index that is fetched as it is searched. */

import { Folder } from '@wenxun/tokenizer/scan'
import { IndexError, throwIfAborted } from './errors.js'
import type { SearchResult } from './model.js'
import type { WholeIndex } from './open-whole.js'
import { BundleSearch, materialize, type RemoteSearchOptions } from './remote/bundle-search.js'
import { checkFile, type Inflate, type LoadShard, ShardLoader } from './remote/load-shard.js'
import { runComplete } from './remote/missing.js'
import { PieceCache } from './remote/piece-cache.js'
import { RemoteParts } from './remote/remote-parts.js'
import { SearchIndex } from './search/search-index.js'
import type { IndexMetadata } from './segment/metadata.js'
import { readBundleCore } from './shards/bundle-core.js'
import { MANIFEST_NAME, referenceFromName } from './shards/bundle-format.js'
import { type Manifest, readManifest } from './shards/manifest.js'

export interface RemoteOptions {
  /** Bytes of uncompressed pieces that are kept between searches; default 16 MB. */
  shardCacheBytes?: number
  /** Decompresses raw DEFLATE; default: plain JavaScript, loaded when first needed. */
  inflate?: Inflate
  /** Gives the opening up. */
  signal?: AbortSignal
}

const SHARD_CACHE_BYTES = 16 << 20

/** What searches one generation of a bundle. */
interface Opened {
  readonly manifest: Manifest
  readonly metadata: IndexMetadata
  search(query: string, options: RemoteSearchOptions): Promise<SearchResult>
}

/**
 * Opens a bundle. `loadShard` brings a file of it by name; `wenxun.json` must never come from an
 * old cache, the others may be cached for ever.
 *
 * @throws IndexError SHARD_UNAVAILABLE, NOT_AN_INDEX, CORRUPT, TOO_NEW, TOO_OLD
 */
export async function openRemoteIndex(
  loadShard: LoadShard,
  options: RemoteOptions = {},
): Promise<RemoteIndex> {
  return new RemoteIndex(loadShard, options, await open(loadShard, options, null))
}

export class RemoteIndex {
  readonly #load: LoadShard
  readonly #options: RemoteOptions
  #opened: Opened

  constructor(load: LoadShard, options: RemoteOptions, opened: Opened) {
    this.#load = load
    this.#options = options
    this.#opened = opened
  }

  /** Counts, parameters and names of the index. */
  get metadata(): IndexMetadata {
    return this.#opened.metadata
  }

  /**
   * As SearchIndex.search. When a file is missing or is not the one that was expected, the bundle
   * may have been replaced meanwhile: the manifest is read again, and the search runs on the new
   * one. Rejects with an IndexError, or with the reason of `options.signal`.
   */
  async search(query: string, options: RemoteSearchOptions = {}): Promise<SearchResult> {
    const { signal } = options
    const opened = this.#opened
    try {
      return await opened.search(query, options)
    } catch (error) {
      throwIfAborted(signal)
      if (!isLost(error)) throw error
      // Another search may have found the new bundle already.
      if (this.#opened === opened) await this.#renew(signal)
      if (this.#opened === opened) throw error
      return this.#opened.search(query, options)
    }
  }

  async #renew(signal: AbortSignal | undefined): Promise<void> {
    // The signal of the opening has had its say.
    const { signal: _, ...options } = this.#options
    const current = signal === undefined ? options : { ...options, signal }
    this.#opened = await open(this.#load, current, this.#opened)
  }
}

function isLost(error: unknown): boolean {
  return (
    error instanceof IndexError && (error.code === 'SHARD_UNAVAILABLE' || error.code === 'CORRUPT')
  )
}

/** Opens what the manifest holds or names; `known` when that is still the same. */
async function open(
  load: LoadShard,
  { shardCacheBytes = SHARD_CACHE_BYTES, inflate, signal }: RemoteOptions,
  known: Opened | null,
): Promise<Opened> {
  const loader = new ShardLoader(load, inflate)
  const file = <T>(path: string, take: (bytes: Uint8Array) => T | Promise<T>) =>
    loader.load(path, signal, undefined, take)
  const manifest = await file(MANIFEST_NAME, readManifest)
  const { core: packed, checksum, index: name } = manifest
  if (known?.manifest.checksum === checksum && known?.manifest.index === name) return known!
  if (packed === undefined) {
    const whole = await file(name!, (bytes) => {
      checkFile(referenceFromName(name!), bytes)
      return openWhole(bytes)
    })
    return { manifest, ...whole }
  }
  const core = await readBundleCore(packed, loader.inflate)
  const cache = new PieceCache(loader, shardCacheBytes)
  const parts = await runComplete(() => new RemoteParts(core, loader, cache), signal)
  const searching = new BundleSearch(parts)
  return {
    manifest,
    metadata: core.metadata,
    search: (query, options) => searching.search(query, options),
  }
}

/** As `openWhole`, which a page loads when there is such an index. */
export async function openWhole(bytes: Uint8Array): Promise<WholeIndex> {
  const { openWhole: openNow } = await import('./open-whole.js')
  return openNow(bytes, { Folder, SearchIndex, materialize, runComplete })
}
