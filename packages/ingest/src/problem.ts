/** Problems as items, and errors of libraries and the system as problems. */
import { ArchiveError } from './archive-error.js'
import type { Problem, ProblemCode, ReadItem } from './types.js'

export type Because = Omit<Problem, 'path' | 'message' | 'code'>

const packedErrors = /^(?:Z_|ERR_.*ZLIB|ERR_STREAM_PREMATURE)/

/** A problem whose message starts with the path. */
export function problemItem(
  path: string,
  code: ProblemCode,
  message: string,
  more: Because = {},
): ReadItem {
  return { problem: { path, code, message: `${path}: ${message}`, ...more } }
}

/** A problem for an error of the file system. */
export function problemOfError(path: string, error: unknown): Problem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT')
    return { path, code: 'not-found', message: `${path}: no such file or folder` }
  if (code === 'ELOOP')
    return { path, code: 'loop', message: `${path}: a link that leads to itself` }
  const reason = code === 'EACCES' || code === 'EPERM' ? 'permission denied' : code || String(error)
  return { path, code: 'unreadable', message: `${path}: cannot be read: ${reason}` }
}

/** A problem for whatever kept a file from being read. */
export function problemOfFailure(path: string, error: unknown): ReadItem {
  if (error instanceof ArchiveError) return problemItem(path, error.code, error.message)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (packedErrors.test(code))
    return problemItem(path, 'corrupt', 'the compressed data is damaged or ends early')
  return { problem: problemOfError(path, error) }
}
