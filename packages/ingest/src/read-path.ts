/** The two ways in: files and folders on disk, and a text in memory. */
import { formatOf } from './format.js'
import { readFile } from './read-file.js'
import { readers } from './readers.js'
import type { ReadItem, ReadOptions } from './types.js'
import { walk } from './walk.js'

/**
 * Reads files, and folders with all below them, into documents; in a stable order, one file at
 * a time, JSONL line by line. Everything that could not be read comes as a problem in between.
 * Ids default to the path below the folder that all `paths` share.
 */
export async function* readPath(
  paths: string | readonly string[],
  options: ReadOptions = {},
): AsyncGenerator<ReadItem> {
  const { files, problems } = await walk(typeof paths === 'string' ? [paths] : paths)
  for (const problem of problems) yield { problem }
  const totalBytes = files.reduce((sum, file) => sum + file.bytes, 0)
  let before = 0
  for (const [filesRead, file] of files.entries()) {
    const report = (bytes: number, done: number) =>
      options.onProgress?.({
        path: file.path,
        bytesRead: before + bytes,
        totalBytes,
        filesRead: filesRead + done,
        totalFiles: files.length,
      })
    yield* readFile(file, options, (bytes) => report(bytes, 0))
    report(file.bytes, 1)
    before += file.bytes
  }
}

export interface ReadStringOptions extends ReadOptions {
  /** Stands for the file's path in messages and decides the format when the text does not. */
  readonly path?: string
  /** Id of a document that brings none; default the path. */
  readonly id?: string
}

/** Reads a text in memory as if it were a file. */
export function readString(text: string, options: ReadStringOptions = {}): ReadItem[] {
  const { path = 'text', id = path, format = 'auto' } = options
  const chosen = format === 'auto' ? formatOf(text, path, true) : format
  const name = path.replace(/^.*[/\\]/, '').replace(/(?<=.)\.[A-Za-z0-9]{1,8}$/, '')
  const body = text.replace(/^\ufeff/, '')
  if (body.trim() === '') {
    return [{ problem: { path, code: 'empty', message: `${path}: no text in it` } }]
  }
  return [...readers[chosen].read(body, { path, id, name, encoding: 'utf-8', options })]
}
