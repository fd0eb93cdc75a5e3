/** Opens an index file by path, with errors that name the file. */
import { statSync } from 'node:fs'
import { IndexError } from '@wenxun/core'
import { type FileIndex, openFile } from '@wenxun/node/file'
import { describeSystemError, InputError, isSystemError } from './errors.js'

/**
 * Opens an index file without loading it; close it, or let the program end.
 * @throws {InputError} when the file cannot be read, or is not an index this version reads.
 */
export function openIndexFile(path: string): { readonly index: FileIndex } {
  return naming(path, () => ({ index: openFile(path) }))
}

/**
 * The same, or a live index by its directory. What only those need is loaded for them alone, so
 * that a search of a file starts at once.
 */
export async function openIndexAt(path: string): Promise<{ readonly index: FileIndex }> {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return openIndexFile(path)
  const node = await import('@wenxun/node')
  return naming(path, () => ({ index: node.openIndexFile(path) }))
}

/**
 * What `work` returns. Errors of an index get the path in front; it may turn out to be damaged
 * long after it was opened.
 * @throws {InputError} for those, and where the system cannot read the file
 */
export function naming<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof IndexError && error.code !== 'BAD_OPTION') {
      throw Object.assign(new InputError(`${path}: ${error.message}`), { cause: error })
    }
    if (isSystemError(error)) throw fileError(path, error)
    throw error
  }
}

function fileError(path: string, error: NodeJS.ErrnoException): InputError {
  if (error.code === 'EISDIR') return directory(path)
  return new InputError(describeSystemError(error), buildFirst)
}

function directory(path: string): InputError {
  return new InputError(`${path}: is a directory, not an index`, buildFirst)
}

const buildFirst = 'Build an index first: wenxun build <path...> -o <index>'
