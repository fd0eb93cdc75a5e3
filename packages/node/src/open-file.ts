/** An index on disk, searched without loading it. */
import { type OpenOptions, openIndex, type SearchIndex } from '@wenxun/core'
import { FileSource } from './file-source.js'

/** An index whose file is open: search it as any other, and close it when done. */
export type FileIndex = SearchIndex & {
  /** Closes the file. Searching afterwards throws CLOSED; hits that were read stay. */
  close(): void
}

export interface OpenFileOptions extends OpenOptions {
  /**
   * About how many bytes the index keeps in memory between queries; default: an eighth of
   * the file's length, and at least 4 MB. Results do not depend on it.
   */
  cacheBytes?: number
  /**
   * A descriptor of the file, opened for reading: several threads may read one, and none closes
   * it. The path is for messages then.
   */
  descriptor?: number
}

/**
 * Opens an index file. Only what every query needs is read at once; the rest is read, checked and
 * kept within `cacheBytes` as queries ask for it.
 *
 * @throws IndexError as `openIndex` does
 * @throws a system error (`ENOENT`, `EACCES`, `EISDIR` …) when the file cannot be read
 */
export function openFile(path: string, options: OpenFileOptions = {}): FileIndex {
  const source = new FileSource(path, options.descriptor)
  try {
    const cacheBytes = options.cacheBytes ?? Math.max(LEAST_CACHE, source.length * CACHE_SHARE)
    const index = openIndex(source, { ...options, cacheBytes })
    return Object.assign(index, { close: () => source.close() })
  } catch (error) {
    source.close()
    throw error
  }
}

const LEAST_CACHE = 4 << 20
const CACHE_SHARE = 1 / 8
