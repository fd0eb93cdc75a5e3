/**
 * What a live index consists of, in one small file that is replaced as a whole. Everything else
 * in the directory never changes once a manifest names it.
 *
 *   manifest.json   this file, JSON; `checksum` is the CRC-32 of the JSON without it
 *   00000012.wx     a segment: an ordinary index file with the section CNTS
 *   00000013.gone   documents deleted from a segment, and what they take away from its counts
 *   writer.lock     who writes (writer-lock.ts)
 */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { IndexError } from '@wenxun/core'
import { crc32 } from '@wenxun/core/build'
import { damaged, type FileEntry } from './durable-files.js'

export const MANIFEST = 'manifest.json'
const FORMAT = 'wenxun-live'
const VERSION = 1

export interface SegmentEntry extends FileEntry {
  /** Documents in the segment, deleted ones included. */
  readonly documents: number
  /** Whether a merge wrote it; such a segment is a complete index of its own. */
  readonly merged: boolean
  readonly deletions: readonly DeletionEntry[]
}

export interface DeletionEntry extends FileEntry {
  /** Documents that it deletes. */
  readonly documents: number
}

export interface Manifest {
  /** Goes up with every commit and every merge. */
  readonly generation: number
  /** Number of the next file. */
  readonly next: number
  readonly analyzer: { readonly name: string; readonly fingerprint: string }
  readonly bm25: { readonly k1: number; readonly b: number }
  /** `lean`: segments without words of three and more characters. Absent from a complete index. */
  readonly profile?: 'lean'
  /** In order of their documents. */
  readonly segments: readonly SegmentEntry[]
}

export function encodeManifest(manifest: Manifest): Uint8Array {
  const { generation, next, analyzer, bm25, profile, segments } = manifest
  const head = { format: FORMAT, version: VERSION, generation, next, analyzer, bm25 }
  const body = { ...head, ...(profile !== undefined && { profile }), segments }
  return new TextEncoder().encode(`${JSON.stringify({ ...body, checksum: checksumOf(body) })}\n`)
}

/**
 * Reads the manifest of a directory.
 * @throws IndexError NOT_AN_INDEX, TOO_NEW or CORRUPT, naming the file
 * @throws a system error when it cannot be read
 */
export function readManifest(directory: string): Manifest {
  const path = join(directory, MANIFEST)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new IndexError(
      'NOT_AN_INDEX',
      `${directory} is not a live index: it has no ${MANIFEST}. Make one with \`wenxun add\`.`,
    )
  }
  return decodeManifest(text, path)
}

export function decodeManifest(text: string, path: string): Manifest {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw damaged(path, 'it is not JSON')
  }
  if (!isRecord(value) || value['format'] !== FORMAT) throw damaged(path, 'it is no manifest')
  const { checksum, ...body } = value
  if (checksum !== checksumOf(body)) throw damaged(path, 'its checksum does not match')
  if (value['version'] !== VERSION) {
    throw new IndexError(
      'TOO_NEW',
      `${path} has version ${JSON.stringify(value['version'])}; this reader knows ${VERSION}. Update Wenxun.`,
    )
  }
  // The checksum vouches for what this program wrote; the shape is checked against forgery.
  if (!isManifest(body)) throw damaged(path, 'a field is missing or of the wrong type')
  return body
}

function checksumOf(body: object): number {
  return crc32(new TextEncoder().encode(JSON.stringify(body)))
}

type Fields = Record<string, unknown>

function isManifest(value: Fields): value is Fields & Manifest {
  const { generation, next, analyzer, bm25, profile, segments } = value
  return (
    isCount(generation) &&
    isCount(next) &&
    isRecord(analyzer) &&
    typeof analyzer['name'] === 'string' &&
    typeof analyzer['fingerprint'] === 'string' &&
    isRecord(bm25) &&
    Number.isFinite(bm25['k1']) &&
    Number.isFinite(bm25['b']) &&
    (profile === undefined || profile === 'lean') &&
    Array.isArray(segments) &&
    segments.every(isSegment)
  )
}

function isSegment(value: unknown): boolean {
  if (!isFile(value, /^\d{8}\.wx$/)) return false
  const { merged, deletions } = value
  const isDeletion = (one: unknown) => isFile(one, /^\d{8}\.gone$/)
  return typeof merged === 'boolean' && Array.isArray(deletions) && deletions.every(isDeletion)
}

/** A name with a path in it would lead out of the directory. */
function isFile(value: unknown, name: RegExp): value is Fields {
  return (
    isRecord(value) &&
    typeof value['file'] === 'string' &&
    name.test(value['file']) &&
    isCount(value['bytes']) &&
    isCount(value['checksum']) &&
    isCount(value['documents'])
  )
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

/** Whether a path is the directory of a live index. */
export function isLiveDirectory(path: string): boolean {
  return statSync(join(path, MANIFEST), { throwIfNoEntry: false })?.isFile() ?? false
}

export function fileName(number: number, kind: 'wx' | 'gone'): string {
  return `${String(number).padStart(8, '0')}.${kind}`
}

/** Whether a file in the directory is one that a writer makes, so that it may be taken away. */
export function isOwnName(name: string): boolean {
  return /^\d{8}\.(wx|gone)$/.test(name) || /^manifest\.json\.tmp$/.test(name)
}
