/**
 * Writes a bundle into its folder so that visitors never see half of one. New files go to a
 * temporary folder first; then the hashed ones take their place, and the manifest last, in one
 * step. Whatever fails before that leaves the old bundle as it was.
 */
import { randomUUID } from 'node:crypto'
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { InputError, isSystemError, systemReason } from '../errors.js'
import { isHashed, nextRecord, RECORD_NAME, readRecord, recordBytes } from './bundle-record.js'

const MANIFEST = 'wenxun.json'
/** Milliseconds after which a temporary folder belongs to no one. */
const STALE_AFTER = 60 * 60 * 1000
/** What follows the folder's name in that of a temporary one. */
const TEMPORARY_END = /^[0-9a-f-]{36}\.tmp$/

export interface BundleChange {
  /** Files of the bundle, without the record. */
  readonly files: number
  /** Bytes of all of them. */
  readonly bytes: number
  /** Files that were not there before, or not the same. */
  readonly written: number
  /** Files of older bundles that were taken away. */
  readonly removed: number
}

/**
 * Checks what can be known before the work starts.
 * @throws {InputError} when there is a file in the way, or a folder with a `wenxun.json` of others
 */
export function checkBundleFolder(path: string): void {
  const status = statSync(path, { throwIfNoEntry: false })
  if (status === undefined) return
  if (!status.isDirectory()) throw new InputError(`${path}: is a file, not a folder for a bundle`)
  const manifest = join(path, MANIFEST)
  if (statSync(manifest, { throwIfNoEntry: false }) && !isManifest(manifest)) {
    throw new InputError(
      `${manifest}: is no manifest of a bundle; it would be overwritten.`,
      'Write somewhere else with -o, or take the file away.',
    )
  }
}

function isManifest(path: string): boolean {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return typeof value === 'object' && value !== null && 'wenxun' in value
  } catch {
    return false
  }
}

/**
 * Puts the files into the folder, made where there is none, and takes away the hashed files of
 * older bundles but the last. Files that Wenxun did not write stay.
 *
 * @throws {InputError} when the system refuses; the old bundle is as it was then
 */
export function writeBundleFolder(
  path: string,
  files: ReadonlyMap<string, Uint8Array>,
): BundleChange {
  const folder = resolve(path)
  const temporary = join(dirname(folder), `.${basename(folder)}.${randomUUID()}.tmp`)
  try {
    mkdirSync(temporary, { recursive: true })
    const change = swap(folder, temporary, files)
    removeStale(folder)
    return change
  } catch (error) {
    if (isSystemError(error)) throw new InputError(`${path}: ${systemReason(error)}`)
    throw error
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

function swap(
  folder: string,
  temporary: string,
  files: ReadonlyMap<string, Uint8Array>,
): BundleChange {
  const before = readRecord(folder)
  const { record, stale } = nextRecord(before, [...files.keys()].filter(isHashed))
  const changed = [...files].filter(([name, bytes]) => !isThere(join(folder, name), bytes))
  // The record first: should the next step fail, its files are known. The manifest last.
  const all = [[RECORD_NAME, recordBytes(record)] as const, ...changed].sort(
    ([a], [b]) => Number(a === MANIFEST) - Number(b === MANIFEST),
  )
  // Not flushed one by one: after a power failure a bundle is made anew, not mourned.
  for (const [name, bytes] of all) writeFileSync(join(temporary, name), bytes, { flag: 'wx' })
  mkdirSync(folder, { recursive: true })
  for (const [name] of all) renameSync(join(temporary, name), join(folder, name))
  const removed = stale.filter((name) => removeFile(join(folder, name)))
  const total = [...files.values()].reduce((sum, { length }) => sum + length, 0)
  return { files: files.size, bytes: total, written: changed.length, removed: removed.length }
}

/** Takes away what killed runs left: a site would be published with it. */
function removeStale(folder: string): void {
  const prefix = `.${basename(folder)}.`
  const oldest = Date.now() - STALE_AFTER
  try {
    for (const name of readdirSync(dirname(folder))) {
      if (!name.startsWith(prefix) || !TEMPORARY_END.test(name.slice(prefix.length))) continue
      const path = join(dirname(folder), name)
      // A younger one may belong to a run that is still writing.
      if (statSync(path).mtimeMs < oldest) rmSync(path, { recursive: true, force: true })
    }
  } catch {
    // The bundle is written; tidying up may fail.
  }
}

function isThere(path: string, bytes: Uint8Array): boolean {
  const status = statSync(path, { throwIfNoEntry: false })
  return (
    status?.isFile() === true && status.size === bytes.length && readFileSync(path).equals(bytes)
  )
}

/** Whether there was a file to take away; a file that cannot be is left for the next run. */
function removeFile(path: string): boolean {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false
  try {
    rmSync(path)
    return true
  } catch {
    return false
  }
}
