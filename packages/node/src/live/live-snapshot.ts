/** A live index as a reader sees it: one generation, whatever the writer does meanwhile. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SearchIndex as Index } from '@wenxun/core'
import { MergedParts, SearchIndex } from '@wenxun/core/build'
import { createAnalyzer } from '@wenxun/tokenizer'
import { checkFile, damaged } from './durable-files.js'
import { MANIFEST, type Manifest, readManifest } from './manifest.js'
import { type KnownSegments, openView } from './open-segments.js'

export interface LiveSnapshot {
  readonly index: Index
  /** Goes up with every commit and merge. */
  readonly generation: number
  /** Bytes of all files that belong to it. */
  readonly bytes: number
}

/** A writer may replace generations faster than a reader opens one. */
const ATTEMPTS = 20

/**
 * Opens the last committed generation. Takes no lock and never waits for the writer: everything
 * that is needed is read at once, and where a file is gone by then, the next generation is tried.
 *
 * @throws IndexError NOT_AN_INDEX, CORRUPT, TRUNCATED, TOO_NEW; messages name the file
 */
export function openLiveSnapshot(directory: string): LiveSnapshot {
  return openGeneration(directory, new Map())
}

/** A reader that can follow the writer: what two generations share is opened once. */
export class LiveReader {
  readonly #directory: string
  #known: KnownSegments = new Map()
  #snapshot: LiveSnapshot

  /** @throws as `openLiveSnapshot` */
  constructor(directory: string) {
    this.#directory = directory
    this.#snapshot = openGeneration(directory, this.#known)
  }

  /** The generation that was opened last; it stays as it is. */
  get snapshot(): LiveSnapshot {
    return this.#snapshot
  }

  /** Goes on to the last committed generation; tells whether there is a new one. */
  refresh(): boolean {
    if (readManifest(this.#directory).generation === this.#snapshot.generation) return false
    const known: KnownSegments = new Map(this.#known)
    this.#snapshot = openGeneration(this.#directory, known)
    this.#known = known
    return true
  }
}

/** Leaves in `known` what the generation consists of. */
function openGeneration(directory: string, known: KnownSegments): LiveSnapshot {
  const { manifest, views } = readSteadily(directory, (last) => ({
    manifest: last,
    views: last.segments.map((entry) => openView(directory, entry, known)),
  }))
  for (const file of known.keys()) {
    if (!manifest.segments.some((entry) => entry.file === file)) known.delete(file)
  }
  const { analyzer, bm25, profile, generation } = manifest
  const lean = profile === 'lean'
  const parts = new MergedParts(views, { analyzer, bm25, lean, folds: createAnalyzer().folds })
  return { index: new SearchIndex(parts), generation, bytes: bytesOf(manifest) }
}

/** Reads what a manifest names; once more when a file is gone because a newer manifest is there. */
function readSteadily<T>(directory: string, read: (manifest: Manifest) => T): T {
  let last = -1
  for (let attempt = 0; ; attempt++) {
    const manifest = readManifest(directory)
    try {
      return read(manifest)
    } catch (error) {
      const { code, path } = error as NodeJS.ErrnoException
      if (code !== 'ENOENT' || path === undefined) throw error
      const isSame = manifest.generation === last
      if (isSame || attempt === ATTEMPTS)
        throw damaged(path, `${MANIFEST} names it, but it is gone`)
      last = manifest.generation
    }
  }
}

function bytesOf({ segments }: Manifest): number {
  const all = segments.flatMap((entry) => [entry, ...entry.deletions])
  return all.reduce((sum, { bytes }) => sum + bytes, 0)
}

/**
 * Checks every byte and invariant of the last committed generation; returns its size in bytes.
 * @throws IndexError naming what is wrong with which file
 */
export function verifyLiveIndex(directory: string): number {
  return readSteadily(directory, (manifest) => {
    for (const entry of manifest.segments.flatMap((one) => [one, ...one.deletions])) {
      const path = join(directory, entry.file)
      checkFile(path, entry, readFileSync(path))
    }
    const { index, bytes } = openGeneration(directory, new Map())
    index.verify()
    return bytes
  })
}
