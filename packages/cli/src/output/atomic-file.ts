/**
 * Writes a file whole or not at all: the bytes go to a temporary file beside the target,
 * reach the disk, and then take the target's name in one step. Until that step an existing
 * file is untouched, and a failure leaves nothing behind.
 */
import { randomUUID } from 'node:crypto'
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { InputError, isSystemError, systemReason } from '../errors.js'

/** Bytes given to one write call; the system takes at most 2 GiB. */
const writeChunk = 1 << 28

/**
 * Checks what can be known before the work starts: the folder exists and can be written,
 * and the target is not a folder or a device.
 * @throws {InputError} when writing would fail.
 */
export function checkWritable(path: string): void {
  const target = statSync(path, { throwIfNoEntry: false })
  if (target && !target.isFile()) {
    throw new InputError(
      `${path}: is a ${target.isDirectory() ? 'directory' : 'device'}, not a file`,
    )
  }
  const folder = dirname(path)
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new InputError(`${folder}: no such directory`, 'Make it first, or write somewhere else.')
  }
  try {
    accessSync(folder, constants.W_OK)
  } catch {
    throw new InputError(`${folder}: permission denied`)
  }
}

/**
 * Writes `bytes` to `path`; a link keeps pointing where it pointed.
 * @throws {InputError} when the system refuses; an existing file is untouched then.
 */
export function writeFileAtomically(path: string, bytes: Uint8Array): void {
  const existing = statSync(path, { throwIfNoEntry: false })
  const target = existing ? realpathSync(path) : path
  const temporary = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`)
  try {
    writeNewFile(temporary, bytes, existing?.mode)
    renameSync(temporary, target)
  } catch (error) {
    rmSync(temporary, { force: true })
    // The temporary name would mean nothing to a user.
    if (isSystemError(error)) throw new InputError(`${path}: ${systemReason(error)}`)
    throw error
  }
  syncFolder(dirname(target))
}

function writeNewFile(path: string, bytes: Uint8Array, mode: number | undefined): void {
  const file = openSync(path, 'wx')
  try {
    for (let at = 0; at < bytes.length; ) {
      at += writeSync(file, bytes, at, Math.min(writeChunk, bytes.length - at))
    }
    if (mode !== undefined) fchmodSync(file, mode)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Makes the new name itself durable, where the system lets a folder be opened. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
