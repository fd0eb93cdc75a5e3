/** A static bundle's files over HTTP, and the index that reads them. */

import type { ByteRange, LoadRanges, LoadShard } from '@wenxun/core'
import type { Searchable } from './searchable.js'

const MANIFEST = 'wenxun.json'

/** The reader of bundles; on a page that splits its code, loaded when it is first asked for. */
export const reader = () => import('./bundle-reader.js')

/**
 * Opens the bundle that `wenxun site` wrote.
 *
 * @param source address of its folder
 * @throws what the core throws when the bundle is not there, damaged or of another version
 */
export async function openBundle(source: string): Promise<Searchable> {
  const load = loadAhead(fetchShard(source))
  return (await reader()).openReader(load)
}

/**
 * The same loader, which has asked for the manifest and what it names before anybody waits for
 * them: on a page that splits its code, that is on its way meanwhile.
 */
function loadAhead(load: LoadShard): LoadShard {
  const started = new Map<string, Promise<Uint8Array>>()
  const start = (name: string) => {
    const loading = load(name)
    started.set(name, loading)
    return loading
  }
  const startNamed = (manifest: Uint8Array) => {
    const { index } = JSON.parse(new TextDecoder().decode(manifest))
    return index && start(index)
  }
  // Whoever waits for them is told what failed.
  start(MANIFEST)
    .then(startNamed)
    .catch(() => {})
  const take: LoadShard = (name, ...how) => {
    const loading = started.get(name)
    started.delete(name)
    return loading ?? load(name, ...how)
  }
  // With what it can besides.
  return Object.assign(take, load)
}

/**
 * Loads a bundle's files by name, or a range of one; a host that knows no ranges sends it whole.
 * All but the manifest carry their content's hash in their name, so what the browser has of them is
 * never outdated, whatever the host says about caching.
 */
export function fetchShard(source: string): LoadShard {
  const folder = source.endsWith('/') ? source : `${source}/`
  const failed = new Set<string>()
  let last = Response.error()
  const ask = async (name: string, wanted?: readonly ByteRange[], signal?: AbortSignal) => {
    const url = new URL(name, folder)
    // What failed is asked anew: a browser may have kept the answer "not found", too.
    const kept = failed.has(name) ? 'reload' : 'force-cache'
    const cache = name === MANIFEST ? 'no-cache' : kept
    const range = wanted?.map(({ start, end }) => `${start}-${end - 1}`)
    const headers: Record<string, string> = range ? { range: `bytes=${range}` } : {}
    const request = { cache, headers, signal: signal ?? null } as const
    const response = await fetch(url, request)
    if (!response.ok) {
      failed.add(name)
      throw new Error(`Expected the search file ${url.pathname}, found HTTP ${response.status}.`)
    }
    failed.delete(name)
    last = response
    return response
  }
  const reading = new Map<unknown, Promise<ArrayBuffer>>()
  const load: LoadShard = async (name, signal, range) => {
    const response = await ask(name, range && [range], signal)
    // A file that comes whole to several requests for ranges is read once.
    const key = response.status === 200 ? name : response
    const underway = reading.get(key)
    const bytes = underway ?? response.arrayBuffer()
    reading.set(key, bytes)
    if (underway) await response.body?.cancel()
    return new Uint8Array(await bytes.finally(() => reading.delete(key)))
  }
  const ranges: LoadRanges = async (name, wanted, signal) => {
    return (await reader()).loadRanges((all) => ask(name, all, signal), wanted, last)
  }
  return Object.assign(load, { ranges })
}
