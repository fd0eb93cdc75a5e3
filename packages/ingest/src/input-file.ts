/** Where bytes come from: a file on disk, standard input, a member of an archive. */
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { PIECE_BYTES } from './byte-stream.js'

/** A file that can be opened, more than once if it lies on disk. */
export interface InputFile {
  /** As messages name it. */
  readonly path: string
  /** Default id of its document, with `/`. */
  readonly id: string
  /** Size in bytes as far as it is known; 0 when it is not. */
  readonly bytes: number
  /** The path on disk of a file that can be opened at any place, if it is one. */
  readonly onDisk?: string
  open(): Promise<OpenFile>
}

export interface OpenFile {
  readonly stream: Readable
  /** Whether the file is another than when it was opened: its size or its time of change. */
  hasChanged(): Promise<boolean>
  close(): Promise<void>
}

/** A file on disk. */
export function diskFile(path: string, id: string, bytes: number): InputFile {
  return {
    path,
    id,
    bytes,
    onDisk: path,
    async open() {
      const handle = await open(path)
      const before = await handle.stat()
      const stream = handle.createReadStream({ highWaterMark: PIECE_BYTES, autoClose: false })
      return {
        stream,
        async hasChanged() {
          const after = await handle.stat()
          return after.size !== before.size || after.mtimeMs !== before.mtimeMs
        },
        async close() {
          stream.destroy()
          await handle.close()
        },
      }
    },
  }
}

/** A stream that can be read once. */
export function streamFile(
  path: string,
  id: string,
  bytes: number,
  stream: () => Promise<Readable>,
): InputFile {
  return {
    path,
    id,
    bytes,
    async open() {
      const opened = await stream()
      return {
        stream: opened,
        hasChanged: () => Promise.resolve(false),
        close() {
          opened.destroy()
          return Promise.resolve()
        },
      }
    },
  }
}
