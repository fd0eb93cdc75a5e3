/** An index by its path: a file, or the directory of a live index. */
import { statSync } from 'node:fs'
import { openLiveSnapshot } from './live/live-snapshot.js'
import { isLiveDirectory } from './live/manifest.js'
import { type FileIndex, type OpenFileOptions, openFile } from './open-file.js'

/**
 * Opens an index file (see `openFile`), or the last commit of a live index by its directory.
 *
 * @throws IndexError as `openIndex` does
 * @throws a system error (`ENOENT`, `EACCES`, `EISDIR` …) when the file cannot be read
 */
export function openIndexFile(path: string, options: OpenFileOptions = {}): FileIndex {
  const isDirectory = statSync(path, { throwIfNoEntry: false })?.isDirectory()
  if (!isDirectory || !isLiveDirectory(path)) return openFile(path, options)
  return Object.assign(openLiveSnapshot(path).index, { close: () => undefined })
}
