/** Files that are on the disk when a promise says so, or not there at all. */
import { open, rename, rm } from 'node:fs/promises'
import { IndexError } from '@wenxun/core'
import { crc32 as portableCrc32 } from '@wenxun/core/build'
import { crc32 as nativeCrc32 } from '../native-bytes.js'

const crc32 = nativeCrc32 ?? portableCrc32

/** A file that never changes, as a manifest names it. */
export interface FileEntry {
  /** Name in the directory. */
  readonly file: string
  readonly bytes: number
  /** CRC-32 of the whole file. */
  readonly checksum: number
}

/** Writes a new file and waits until it is on the disk. A failure leaves nothing behind. */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  try {
    const file = await open(path, 'w')
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (error) {
    await rm(path, { force: true }).catch(() => undefined)
    throw error
  }
}

/** Puts `bytes` in the place of a file in one step: a reader sees the old file or the new one. */
export async function replaceDurably(
  path: string,
  bytes: Uint8Array,
  directory: string,
): Promise<void> {
  const temporary = `${path}${TEMPORARY}`
  await writeDurably(temporary, bytes)
  try {
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw error
  }
  await syncDirectory(directory)
}

/** Ends the names of files that are being written. */
export const TEMPORARY = '.tmp'

/** Makes names in a directory durable, where the system lets a directory be opened. */
export async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

export function entryOf(file: string, bytes: Uint8Array): FileEntry {
  return { file, bytes: bytes.length, checksum: crc32(bytes) }
}

/** Throws TRUNCATED or CORRUPT, naming the file, unless the bytes are those that were written. */
export function checkFile(path: string, entry: FileEntry, bytes: Uint8Array): void {
  if (bytes.length !== entry.bytes) {
    throw new IndexError(
      'TRUNCATED',
      `${path} has ${bytes.length} bytes, the manifest says ${entry.bytes}. Restore the directory from a copy, or build it again.`,
    )
  }
  const found = crc32(bytes)
  if (found !== entry.checksum) {
    throw damaged(path, `its checksum is ${hex(found)}, the manifest says ${hex(entry.checksum)}`)
  }
}

export function damaged(path: string, what: string): IndexError {
  return new IndexError(
    'CORRUPT',
    `${path} is damaged: ${what}. Restore the directory from a copy, or build it again.`,
  )
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`
}
