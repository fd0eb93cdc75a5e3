/** Opens the directory of a live index for writing: lock, manifest, orphans, segments. */
import { mkdirSync, readdirSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { IndexError } from '@wenxun/core'
import { DEFAULT_BM25 } from '@wenxun/core/build'
import { type Analyzer, createAnalyzer } from '@wenxun/tokenizer'
import { replaceDurably } from './durable-files.js'
import { LiveIndex } from './live-index.js'
import { encodeManifest, isOwnName, MANIFEST, type Manifest, readManifest } from './manifest.js'
import { openView } from './open-segments.js'
import { WriterLock } from './writer-lock.js'

export interface LiveIndexOptions {
  /** Cuts the texts; default `createAnalyzer()`. The same for the life of the index. */
  analyzer?: Analyzer
  /** k1 and b of BM25; only for a new index. */
  bm25?: { k1: number; b: number }
  /**
   * A smaller index without words of three and more characters; see IndexBuilderOptions. Default:
   * as the index was made, a new one complete.
   */
  lean?: boolean
  /** Merge small segments by and by, in a thread beside; default true. */
  backgroundMerge?: boolean
}

/**
 * Opens a live index for writing and searching; makes an empty one where there is nothing yet.
 *
 * @throws IndexError LOCKED when another process writes to it, READ_ONLY when the directory cannot
 * be written, WRONG_ANALYZER when it was built by another analyzer, NOT_AN_INDEX when the directory
 * holds something else, BAD_OPTION when it is lean and should not be or the other way round, CORRUPT or TRUNCATED naming a damaged file
 */
export async function openLiveIndex(
  directory: string,
  options: LiveIndexOptions = {},
): Promise<LiveIndex> {
  const analyzer = options.analyzer ?? createAnalyzer()
  const lock = takeLock(directory)
  try {
    const isNew = !readdirSync(directory).includes(MANIFEST)
    if (isNew) await createManifest(directory, analyzer, options)
    const manifest = readManifest(directory)
    checkAnalyzer(directory, manifest, analyzer)
    checkProfile(directory, manifest, options)
    await removeOrphans(directory, manifest)
    const segments = manifest.segments.map((entry) => ({ entry, view: openView(directory, entry) }))
    return new LiveIndex(directory, lock, manifest, segments, analyzer, options)
  } catch (error) {
    lock.release()
    throw error
  }
}

function takeLock(directory: string): WriterLock {
  try {
    mkdirSync(directory, { recursive: true })
    const names = readdirSync(directory)
    const isOther = names.some((name) => !isOwnName(name) && !/^\.|^writer\.lock/.test(name))
    if (isOther && !names.includes(MANIFEST)) {
      throw new IndexError(
        'NOT_AN_INDEX',
        `${directory} is not empty and not a live index: it has no ${MANIFEST}. Name a new directory.`,
      )
    }
    return WriterLock.acquire(directory)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EACCES' && code !== 'EROFS' && code !== 'EPERM') throw error
    throw new IndexError('READ_ONLY', `${directory} cannot be written: ${code}. Searching works.`)
  }
}

async function createManifest(
  directory: string,
  { name, fingerprint }: Analyzer,
  { bm25 = DEFAULT_BM25, lean = false }: LiveIndexOptions,
): Promise<void> {
  const analyzer = { name, fingerprint }
  const head = { generation: 0, next: 1, analyzer, bm25 }
  const bytes = encodeManifest({ ...head, ...(lean && { profile: 'lean' }), segments: [] })
  await replaceDurably(join(directory, MANIFEST), bytes, directory)
}

function checkAnalyzer(directory: string, { analyzer }: Manifest, own: Analyzer): void {
  if (analyzer.fingerprint === own.fingerprint) return
  throw new IndexError(
    'WRONG_ANALYZER',
    `${directory} was built by analyzer ${analyzer.name} with fingerprint ${analyzer.fingerprint}; this one is ${own.name} with ${own.fingerprint}. Use the one it was built with, or build it again.`,
  )
}

function checkProfile(directory: string, { profile }: Manifest, { lean }: LiveIndexOptions): void {
  if (lean === undefined || lean === (profile === 'lean')) return
  const [is, asked] = lean ? ['complete', 'lean'] : ['lean', 'complete']
  throw new IndexError(
    'BAD_OPTION',
    `${directory} is a ${is} index and stays one; it cannot be opened as a ${asked} one.`,
  )
}

/** Milliseconds after which nobody is taking a lock any more. */
const OLD_LOCK = 60_000

/** Takes away what a writer left that was killed before its commit. */
async function removeOrphans(directory: string, { segments }: Manifest): Promise<void> {
  const named = new Set(
    segments.flatMap(({ file, deletions }) => [file, ...deletions.map((one) => one.file)]),
  )
  for (const name of readdirSync(directory)) {
    const path = join(directory, name)
    const isOld = () => Date.now() - statSync(path).mtimeMs > OLD_LOCK
    const isOrphan = isOwnName(name) ? !named.has(name) : /^writer\.lock\../.test(name) && isOld()
    if (isOrphan) await rm(path, { force: true })
  }
}
