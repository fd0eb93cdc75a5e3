/** Opens an index file by path, with errors that name the file. */
import { readFileSync, statSync } from 'node:fs'
import { IndexError, openIndex, type SearchIndex } from '@wenxun/core'
import { describeSystemError, InputError, isSystemError } from './errors.js'

/** An open index and what is known of its file. */
export interface IndexFile {
  readonly index: SearchIndex
  readonly bytes: Uint8Array
}

/** @throws {InputError} when the file cannot be read, or is not an index this version reads. */
export function openIndexFile(path: string): IndexFile {
  const bytes = readIndexFile(path)
  try {
    return { index: openIndex(bytes), bytes }
  } catch (error) {
    throw error instanceof IndexError ? new InputError(`${path}: ${error.message}`) : error
  }
}

/** @throws {InputError} when there is no such file or it cannot be read. */
export function readIndexFile(path: string): Uint8Array {
  try {
    if (statSync(path).isDirectory()) {
      throw new InputError(`${path}: is a directory, not an index`, buildFirst)
    }
    return readFileSync(path)
  } catch (error) {
    if (isSystemError(error)) throw new InputError(describeSystemError(error), buildFirst)
    throw error
  }
}

const buildFirst = 'Build an index first: wenxun build <path...> -o <index>'
