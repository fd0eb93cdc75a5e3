/**
 * What we wrote into a bundle's folder, so that the next run can tell its own outdated files from
 * everybody else's. Kept in the folder itself, as `.wenxun-files`:
 *
 *   { "wenxun-files": 1, "current": ["<hash>.wx", …], "previous": ["<hash>.wx", …] }
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const RECORD_NAME = '.wenxun-files'

export interface BundleRecord {
  /** Hashed files that the manifest of the last run leads to. */
  readonly current: readonly string[]
  /** Those of the run before, for visitors who still have its manifest. */
  readonly previous: readonly string[]
}

/** Shards, and code of the search box. Only such names are ever deleted, whatever a record says. */
const hashedName = /^(?:[0-9a-f]{8,64}\.wx|wenxun-[a-z]{1,16}-[0-9a-f]{8}\.js)$/

export const isHashed = (name: string): boolean => hashedName.test(name)

/** The record in a folder; an empty one where there is none that can be read. */
export function readRecord(folder: string): BundleRecord {
  try {
    const value: unknown = JSON.parse(readFileSync(join(folder, RECORD_NAME), 'utf8'))
    const { current, previous } = (value ?? {}) as Record<string, unknown>
    return { current: hashedNames(current), previous: hashedNames(previous) }
  } catch {
    return { current: [], previous: [] }
  }
}

export function recordBytes(record: BundleRecord): Uint8Array {
  return Buffer.from(`${JSON.stringify({ 'wenxun-files': 1, ...record }, null, 1)}\n`)
}

/** The record after a run that needs `current`, and the files that nobody needs any longer. */
export function nextRecord(
  before: BundleRecord,
  current: readonly string[],
): { record: BundleRecord; stale: string[] } {
  const needed = new Set(current)
  // A run that changes nothing does not age what is kept.
  const isSame = before.current.length === needed.size && before.current.every((n) => needed.has(n))
  const kept = isSame ? before.previous : before.current
  const previous = kept.filter((name) => !needed.has(name))
  const still = new Set([...current, ...previous])
  const stale = [...before.current, ...before.previous].filter((name) => !still.has(name))
  return { record: { current: [...current].sort(), previous: [...previous].sort() }, stale }
}

function hashedNames(value: unknown): string[] {
  if (!Array.isArray(value)) return []
  return value.filter((name): name is string => typeof name === 'string' && isHashed(name))
}
