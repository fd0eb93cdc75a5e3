/**
 * Errors as a person reads them: one sentence that says what is wrong, and, where there is
 * something to do about it, one that says what.
 */
import { IndexError } from '@wenxun/core'

/** The command line or a file is at fault, not the program. Ends the program with exit code 2. */
export class InputError extends Error {
  override readonly name = 'InputError'
  /** What to do about it. */
  readonly hint: string | undefined

  constructor(message: string, hint?: string) {
    super(message)
    this.hint = hint
  }
}

/** The lines to print for an error, without colour and without a stack trace. */
export function describeError(error: unknown): string[] {
  if (error instanceof IndexError) return [error.message]
  if (error instanceof InputError) return error.hint ? [error.message, error.hint] : [error.message]
  if (isSystemError(error)) return [describeSystemError(error)]
  const message = error instanceof Error ? error.message : String(error)
  return [`internal error: ${message}`, 'Set WENXUN_DEBUG=1 to see where it comes from.']
}

/** An error of the operating system, such as a missing file. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error
}

const systemReasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EISDIR: 'is a directory',
  ENOTDIR: 'a part of the path is not a directory',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the system allows no file of this size',
  EROFS: 'the file system is read-only',
  EMFILE: 'too many open files',
}

/** What the system says, in words. */
export function systemReason(error: NodeJS.ErrnoException): string {
  return systemReasons[error.code ?? ''] ?? error.message
}

/** `path: reason`. */
export function describeSystemError(error: NodeJS.ErrnoException): string {
  const reason = systemReason(error)
  return error.path === undefined ? reason : `${error.path}: ${reason}`
}
