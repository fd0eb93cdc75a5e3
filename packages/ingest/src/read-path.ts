/** The two ways in: files and folders on disk, and a text in memory. */
import { linesOfText } from './decoded-lines.js'
import { formatOf } from './format.js'
import { openingAhead } from './input-file.js'
import { problemItem } from './problem.js'
import { nameOf, readFile } from './read-file.js'
import { closeReaders, readerOf } from './readers.js'
import type { ReadItem, ReadOptions } from './types.js'
import { walk } from './walk.js'

/**
 * Reads files, folders with all below them, patterns such as `reports/*.pdf`, and `-` for standard
 * input into documents; in a stable order, one file at a time, JSONL line by line. Everything that could not be read comes as a problem in between.
 * Ids default to the path below the folder that all `paths` share.
 */
export async function* readPath(
  paths: string | readonly string[],
  options: ReadOptions = {},
): AsyncGenerator<ReadItem> {
  const { files, problems } = await walk(typeof paths === 'string' ? [paths] : paths, options)
  for (const problem of problems) yield { problem }
  const totalBytes = files.reduce((sum, file) => sum + file.bytes, 0)
  try {
    let before = 0
    let filesRead = 0
    for await (const file of openingAhead(files)) {
      let bytesRead = 0
      const report = (bytes: number, done: number) => {
        bytesRead = Math.max(bytesRead, bytes)
        options.onProgress?.({
          path: file.path,
          bytesRead: before + bytesRead,
          totalBytes,
          filesRead: filesRead + done,
          totalFiles: files.length,
        })
      }
      yield* readFile(file, options, (bytes) => report(bytes, 0))
      report(file.bytes, 1)
      before += bytesRead
      filesRead++
    }
  } finally {
    await closeReaders()
  }
}

export interface ReadStringOptions extends ReadOptions {
  /** Stands for the file's path in messages and decides the format when the text does not. */
  readonly path?: string
  /** Id of a document that brings none; default the path. */
  readonly id?: string
}

/** Reads a text in memory as if it were a file. */
export async function readString(
  text: string,
  options: ReadStringOptions = {},
): Promise<ReadItem[]> {
  const { path = 'text', id = path, format = 'auto' } = options
  const chosen = format === 'auto' ? formatOf(text, path, true) : format
  const body = text.replace(/^\ufeff/, '')
  if (body.trim() === '') return [problemItem(path, 'empty', 'no text in it')]
  const context = { path, id, name: nameOf(path), encoding: 'utf-8', options }
  const reader = await readerOf(chosen)
  if (reader.takes === 'text') return [...reader.read(body, context)]
  if (reader.takes === 'bytes')
    return [problemItem(path, 'unsupported', `text is no ${chosen} file`)]
  const items: ReadItem[] = []
  for await (const item of reader.read(linesOfText(body), context)) items.push(item)
  return items
}
