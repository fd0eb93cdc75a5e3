/** A finished index as a bundle in a folder, with the search box beside it. */
import { type BundleOptions, writeBundle } from '@wenxun/core/build'
import { type BundleChange, writeBundleFolder } from './bundle-folder.js'
import { uiFiles } from './ui-bundle.js'

export interface ShardsChange extends BundleChange {
  /** Bytes of the search box among those of the bundle; 0 without it. */
  readonly uiBytes: number
}

/**
 * Splits the index and writes the files as `writeBundleFolder` does.
 *
 * @throws {InputError} when the search box is wanted and not built, or the system refuses
 */
export function writeShards(
  folder: string,
  index: Uint8Array,
  withUi: boolean,
  options: BundleOptions = {},
): ShardsChange {
  const files = new Map(writeBundle(index, options))
  let uiBytes = 0
  for (const [name, bytes] of withUi ? uiFiles() : []) {
    files.set(name, bytes)
    uiBytes += bytes.length
  }
  return { ...writeBundleFolder(folder, files), uiBytes }
}
