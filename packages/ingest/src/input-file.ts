/** Where bytes come from: a file on disk, standard input, a member of an archive. */
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
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

/** Files up to this size are taken from the disk in one go. */
const smallBytes = 1024 * 1024

async function openOnDisk(path: string): Promise<OpenFile> {
  const handle = await open(path)
  try {
    const before = await handle.stat()
    const isSmall = before.size <= smallBytes
    const stream = isSmall
      ? Readable.from([await handle.readFile()])
      : handle.createReadStream({ highWaterMark: PIECE_BYTES, autoClose: false })
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
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** A file on disk. */
export function diskFile(path: string, id: string, bytes: number): InputFile {
  return { path, id, bytes, onDisk: path, open: () => openOnDisk(path) }
}

const openedAhead = 4

/**
 * The files in order, the next few being opened while one is read: without that, a folder of
 * small files is mostly waited for.
 */
export async function* openingAhead(files: readonly InputFile[]): AsyncGenerator<InputFile> {
  const ahead = new Map<InputFile, Promise<OpenFile>>()
  try {
    for (const [i, file] of files.entries()) {
      for (const next of files.slice(i, i + openedAhead)) {
        if (next.onDisk === undefined || ahead.has(next)) continue
        const opening = next.open()
        // Whoever opens the file hears of the error; until then it is nobody's.
        opening.catch(() => undefined)
        ahead.set(next, opening)
      }
      yield { ...file, open: () => taken(ahead, file) }
    }
  } finally {
    for (const opening of ahead.values()) {
      await opening.then((opened) => opened.close()).catch(() => undefined)
    }
  }
}

/** The file opened ahead, once; from then on it is opened anew. */
function taken(ahead: Map<InputFile, Promise<OpenFile>>, file: InputFile): Promise<OpenFile> {
  const opening = ahead.get(file)
  ahead.delete(file)
  return opening ?? file.open()
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
