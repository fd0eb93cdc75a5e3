/** From the files that a manifest names to views that can be searched. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { type ByteSource, IndexError } from '@wenxun/core'
import {
  type Deletion,
  decodeDeletion,
  memorySource,
  OpenedSegment,
  SegmentView,
} from '@wenxun/core/build'
import { Folder } from '@wenxun/tokenizer/scan'
import { FileSource } from '../file-source.js'
import { crc32, inflate } from '../native-bytes.js'
import { checkFile, damaged, type FileEntry } from './durable-files.js'
import type { SegmentEntry } from './manifest.js'

/**
 * Larger segments are read from their file as they are needed: only `verifyLiveIndex` checks them
 * as a whole.
 */
const LARGEST_IN_MEMORY = 64 << 20

/** Opened segments by their file: what a later generation shares with an earlier one. */
export type KnownSegments = Map<string, OpenedSegment>

/** Files of sources that nobody holds any more are closed. */
const files = new FinalizationRegistry<FileSource>((source) => source.close())

/**
 * Opens a segment less its deletions; see OpenOptions for `cacheBytes`.
 * @throws IndexError TRUNCATED or CORRUPT naming the file
 * @throws a system error (ENOENT) when a file is not there
 */
export function openView(
  directory: string,
  entry: SegmentEntry,
  known: KnownSegments = new Map(),
  cacheBytes?: number,
): SegmentView {
  const segment = known.get(entry.file) ?? openSegment(directory, entry, cacheBytes)
  known.set(entry.file, segment)
  const deletions = entry.deletions.map((deletion) => readDeletion(directory, deletion))
  return inFile(join(directory, entry.file), () => {
    const view = new SegmentView(segment, deletions)
    if (segment.metadata.counts.documents !== entry.documents) {
      throw damaged(join(directory, entry.file), 'it has another number of documents')
    }
    return view
  })
}

export function openSegment(
  directory: string,
  entry: FileEntry,
  cacheBytes?: number,
): OpenedSegment {
  const path = join(directory, entry.file)
  const { size } = statSync(path)
  if (size !== entry.bytes) {
    throw new IndexError(
      'TRUNCATED',
      `${path} has ${size} bytes, the manifest says ${entry.bytes}. Restore the directory from a copy, or build it again.`,
    )
  }
  if (size <= LARGEST_IN_MEMORY) {
    const bytes = readFileSync(path)
    // Its own checksums hold, too, when it is another segment of the same size.
    checkFile(path, entry, bytes)
    return openBytes(path, bytes, cacheBytes)
  }
  const source = new FileSource(path)
  const segment = openBytes(path, source, cacheBytes)
  files.register(segment, source)
  return segment
}

/** `path` is for errors. */
export function openBytes(
  path: string,
  bytes: Uint8Array | ByteSource,
  cacheBytes = Number.POSITIVE_INFINITY,
): OpenedSegment {
  const source = bytes instanceof Uint8Array ? { ...memorySource(bytes), crc32, inflate } : bytes
  return inFile(path, () => new OpenedSegment(source, { cacheBytes }, Folder))
}

function readDeletion(directory: string, entry: FileEntry): Deletion {
  const path = join(directory, entry.file)
  const bytes = readFileSync(path)
  checkFile(path, entry, bytes)
  return inFile(path, () => decodeDeletion(inflateRawSync(bytes)))
}

/** Errors of the core do not know the file. */
function inFile<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof IndexError) || error.message.startsWith(path)) throw error
    throw new IndexError(error.code, `${path}: ${error.message}`)
  }
}
