/**
 * Writes a file whole or not at all: the bytes go to a temporary file beside the target,
 * reach the disk, and then take the target's name in one step. Until that step an existing
 * file is untouched, and a failure leaves nothing behind. What a killed process left behind is
 * taken away by a later one.
 */
import { randomUUID } from 'node:crypto'
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  openSync,
  readdirSync,
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
/** Milliseconds after which a temporary file belongs to no one. */
const staleAfter = 60 * 60 * 1000
/** What follows the target's name in that of a temporary file. */
const temporaryEnd = /^[0-9a-f-]{36}\.tmp$/

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
  } catch (error) {
    const reason = isSystemError(error) ? systemReason(error) : 'permission denied'
    throw new InputError(`${folder}: ${reason}`)
  }
}

/** A whole content, or what gives it to `write` piece by piece. */
export type FileContent = Uint8Array | ((write: (bytes: Uint8Array) => void) => void)

/**
 * Writes `content` to `path`; a link keeps pointing where it pointed.
 * @throws {InputError} when the system refuses; an existing file is untouched then.
 */
export function writeFileAtomically(path: string, content: FileContent): void {
  const existing = statSync(path, { throwIfNoEntry: false })
  const target = existing ? realpathSync(path) : path
  const temporary = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`)
  try {
    writeNewFile(temporary, content, existing?.mode)
    renameSync(temporary, target)
  } catch (error) {
    rmSync(temporary, { force: true })
    // The temporary name would mean nothing to a user.
    if (isSystemError(error)) throw new InputError(`${path}: ${systemReason(error)}`)
    throw error
  }
  syncFolder(dirname(target))
  removeStale(target)
}

/**
 * Takes away what killed processes left: temporary files of this target that no one has written
 * to for an hour. A younger one may belong to a process that is still writing.
 */
function removeStale(target: string): void {
  const folder = dirname(target)
  const prefix = `.${basename(target)}.`
  const oldest = Date.now() - staleAfter
  try {
    for (const name of readdirSync(folder)) {
      if (!name.startsWith(prefix) || !temporaryEnd.test(name.slice(prefix.length))) continue
      const path = join(folder, name)
      if (statSync(path).mtimeMs < oldest) rmSync(path, { force: true })
    }
  } catch {
    // The index is written; tidying up may fail.
  }
}

function writeNewFile(path: string, content: FileContent, mode: number | undefined): void {
  const file = openSync(path, 'wx')
  const write = (bytes: Uint8Array) => {
    for (let at = 0; at < bytes.length; ) {
      at += writeSync(file, bytes, at, Math.min(writeChunk, bytes.length - at))
    }
  }
  try {
    if (content instanceof Uint8Array) write(content)
    else content(write)
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
