/** One merge, from files to a file; runs in a thread of its own, or where it is called. */
import { join } from 'node:path'
import { type MergeBasis, MergedParts, mergeSegments } from '@wenxun/core/build'
import { entryOf, type FileEntry, writeDurably } from './durable-files.js'
import type { SegmentEntry } from './manifest.js'
import { openView } from './open-segments.js'

export interface MergeJob {
  readonly directory: string
  readonly segments: readonly SegmentEntry[]
  readonly basis: MergeBasis
  /** Name of the file to write. */
  readonly file: string
}

/** Of each segment: it is read once from end to end, and what is kept costs collections of garbage. */
const CACHE_BYTES = 4 << 20

/**
 * The merged segment, which is on the disk; null when no document was left. `rest` is called
 * between pieces of work.
 */
export async function runMerge(job: MergeJob, rest = () => {}): Promise<FileEntry | null> {
  const { directory, segments, basis, file } = job
  const views = segments.map((entry) => openView(directory, entry, undefined, CACHE_BYTES))
  const parts = new MergedParts(views, basis)
  if (parts.metadata.counts.documents === 0) return null
  const bytes = mergeSegments(parts, { rest })
  await writeDurably(join(directory, file), bytes)
  return entryOf(file, bytes)
}
