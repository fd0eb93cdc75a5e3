/** A static bundle's files over HTTP, and the index that reads them. */

import { type LoadShard, openRemoteIndex, type RemoteOptions } from '@wenxun/core'
import type { Searchable } from './searchable.js'

const MANIFEST = 'wenxun.json'

/**
 * Opens the bundle that `wenxun site` wrote.
 *
 * @param source address of its folder
 * @throws what the core throws when the bundle is not there, damaged or of another version
 */
export function openBundle(source: string): Promise<Searchable> {
  return openRemoteIndex(fetchShard(source), inflaterOf(globalThis))
}

/** The browser's own decompression where it has one, which is quicker than the library's. */
function inflaterOf({ DecompressionStream: Stream }: typeof globalThis): RemoteOptions {
  if (Stream === undefined) return {}
  return {
    inflate: async (bytes) => {
      const stream = new Blob([bytes as Uint8Array<ArrayBuffer>])
        .stream()
        .pipeThrough(new Stream('deflate-raw'))
      return new Uint8Array(await new Response(stream).arrayBuffer())
    },
  }
}

/**
 * Loads a bundle's files by name, or a range of one; a host that knows no ranges sends it whole.
 * All but the manifest carry their content's hash in their name, so what the browser has of them is
 * never outdated, whatever the host says about caching.
 */
export function fetchShard(source: string): LoadShard {
  const folder = source.endsWith('/') ? source : `${source}/`
  const failed = new Set<string>()
  return async (name, signal, range) => {
    const url = new URL(name, folder)
    // What failed is asked anew: a browser may have kept the answer "not found", too.
    const kept = failed.has(name) ? 'reload' : 'force-cache'
    const cache = name === MANIFEST ? 'no-cache' : kept
    const headers: Record<string, string> =
      range === undefined ? {} : { range: `bytes=${range.start}-${range.end - 1}` }
    const request = { cache, headers, signal: signal ?? null } as const
    const response = await fetch(url, request)
    if (!response.ok) {
      failed.add(name)
      throw new Error(`Expected the search file ${url.pathname}, found HTTP ${response.status}.`)
    }
    failed.delete(name)
    return new Uint8Array(await response.arrayBuffer())
  }
}
