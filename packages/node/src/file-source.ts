/**
 * The bytes of a file, read where they are asked for. The file stays open, so that a new file put
 * in its place under the same name does not matter; one that is changed in place does, and is
 * noticed by its length here and by checksums in the reader.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { type ByteSource, IndexError } from '@wenxun/core'
import { crc32, inflate } from './native-bytes.js'

export class FileSource implements ByteSource {
  readonly length: number
  readonly crc32 = crc32
  readonly inflate = inflate
  readonly #path: string
  readonly #isOwn: boolean
  #file: number | null
  #buffer = new Uint8Array(0)

  /**
   * @param file a descriptor of the file where it is open already; it is left open
   * @throws a system error (`ENOENT`, `EACCES`, `EISDIR` …) when the file cannot be read
   */
  constructor(path: string, file?: number) {
    this.#path = path
    this.#isOwn = file === undefined
    this.#file = file ?? openSync(path, 'r')
    try {
      const stats = fstatSync(this.#file)
      if (stats.isDirectory()) throw directoryError(path)
      this.length = stats.size
    } catch (error) {
      this.close()
      throw error
    }
  }

  /**
   * The bytes `[start, end)`.
   * @throws IndexError TRUNCATED when the file is shorter than that, CLOSED after `close`
   */
  read(start: number, end: number): Uint8Array {
    return this.#fill(new Uint8Array(Math.max(0, end - start)), start)
  }

  /** The same in a buffer that the next call overwrites. */
  readOnce(start: number, end: number): Uint8Array {
    const size = Math.max(0, end - start)
    if (size > LARGEST_BUFFER) return this.read(start, end)
    if (size > this.#buffer.length) this.#buffer = new Uint8Array(Math.max(size, 1 << 16))
    return this.#fill(this.#buffer.subarray(0, size), start)
  }

  #fill(bytes: Uint8Array, start: number): Uint8Array {
    if (this.#file === null) {
      throw new IndexError('CLOSED', `${this.#path} was closed; open the index again to search it.`)
    }
    let filled = 0
    while (filled < bytes.length) {
      const count = readSync(this.#file, bytes, filled, bytes.length - filled, start + filled)
      if (count === 0) throw shortened(start + filled, start + bytes.length)
      filled += count
    }
    return bytes
  }

  /** Closes the file; legal more than once. */
  close(): void {
    if (this.#file !== null && this.#isOwn) closeSync(this.#file)
    this.#file = null
  }
}

/** Larger pieces are read seldom, and not worth keeping room for. */
const LARGEST_BUFFER = 1 << 20

/** What opening a directory for reading says on systems that allow it. */
function directoryError(path: string): NodeJS.ErrnoException {
  const error: NodeJS.ErrnoException = new Error(`EISDIR: illegal operation on a directory, read`)
  return Object.assign(error, { code: 'EISDIR', syscall: 'read', path })
}

function shortened(length: number, needed: number): IndexError {
  return new IndexError(
    'TRUNCATED',
    `The index ends at byte ${length}, but bytes up to ${needed} are needed. The file is incomplete, or was changed while it was open: copy or build it again.`,
  )
}
