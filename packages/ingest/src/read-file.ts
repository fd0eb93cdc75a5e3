/** One file: bytes → format and encoding → its reader. Gives problems, never throws them. */
import { constants } from 'node:buffer'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { ByteStream } from './byte-stream.js'
import { decodedLines } from './decoded-lines.js'
import { decode, detectEncoding, knownEncoding } from './encoding.js'
import { containerOf, formatOf, notText } from './format.js'
import type { InputFile, OpenFile } from './input-file.js'
import { problemItem, problemOfFailure } from './problem.js'
import { readerOf } from './readers.js'
import type {
  BytesReader,
  Format,
  LineReader,
  ReaderContext,
  ReadItem,
  ReadOptions,
  TextReader,
} from './types.js'

const sampleBytes = 64 * 1024
const defaultFileBytes = 256 * 1024 * 1024
const extension = /(?<=.)\.[A-Za-z0-9]{1,8}(?:\.gz)?$/

/** What the beginning of a file says about the rest. */
interface Plan {
  readonly format: Format
  readonly context: ReaderContext
}

/** A file on its way: its stream, and whom to tell of progress. */
interface Reading {
  readonly file: InputFile
  readonly opened: OpenFile
  readonly stream: ByteStream
  readonly options: ReadOptions
  readonly onBytes: (bytesRead: number) => void
  /** Tells `onBytes` how far the stream is. */
  readonly onPiece: () => void
  /** How many archives the file is in. */
  readonly depth: number
}

/** A file's name without folders and extension: the title of a document that brings none. */
export function nameOf(path: string): string {
  return basename(path).replace(extension, '')
}

function contextOf({ file, options }: Reading, encoding: string): ReaderContext {
  return { path: file.path, id: file.id, name: nameOf(file.path), encoding, options }
}

const bytesLimit = ({ options }: Reading) =>
  Math.min(options.maxFileBytes ?? defaultFileBytes, constants.MAX_LENGTH)

function planOfText(reading: Reading, sample: Buffer, complete: boolean): Plan | ReadItem {
  const { file, options } = reading
  const wanted = options.encoding === undefined ? null : knownEncoding(options.encoding)
  if (options.encoding !== undefined && wanted === null) {
    return problemItem(file.path, 'encoding', `there is no encoding "${options.encoding}"`)
  }
  const encoding = wanted ?? detectEncoding(sample).encoding
  const other = notText(sample, encoding.startsWith('utf-16') || encoding.startsWith('utf-32'))
  if (other) return problemItem(file.path, other.code, `${other.kind}; not read`)
  const { format: given = 'auto' } = options
  const text = decode(sample, encoding).text
  const format = given === 'auto' ? formatOf(text, file.path, complete) : given
  return { format, context: contextOf(reading, encoding) }
}

/**
 * All bytes, as they were at one moment: a file that changes meanwhile is read once more. A
 * problem when it is too large or goes on changing.
 */
async function wholeBytes(reading: Reading): Promise<Buffer | ReadItem> {
  const { file, opened, stream, onPiece } = reading
  const limit = bytesLimit(reading)
  const tooLarge = () =>
    problemItem(
      file.path,
      'too-large',
      `more than ${limit} bytes; only JSONL, CSV and archives are read in pieces`,
    )
  const bytes = await stream.readAll(limit, onPiece)
  if (bytes === null) return tooLarge()
  if (!(await opened.hasChanged())) return bytes
  const again = await file.open()
  try {
    const second = new ByteStream(again.stream)
    await second.peek(sampleBytes)
    const settled = await second.readAll(limit, () => undefined)
    if (settled === null) return tooLarge()
    if (!(await again.hasChanged())) return settled
  } finally {
    await again.close()
  }
  return problemItem(file.path, 'changed', 'changed twice while it was read; not read')
}

const isItem = (value: Plan | Buffer | ReadItem): value is ReadItem =>
  'problem' in value || 'document' in value

async function* readText(
  reader: TextReader,
  reading: Reading,
  context: ReaderContext,
): AsyncGenerator<ReadItem> {
  const { path, encoding, options } = context
  const bytes = await wholeBytes(reading)
  if (isItem(bytes)) {
    yield bytes
    return
  }
  const { text, badOffset } = decode(bytes, encoding)
  if (badOffset >= 0) {
    const guess = options.encoding === undefined ? encoding : detectEncoding(bytes).encoding
    const advice =
      guess === encoding
        ? 'the likeliest encoding; name another if you know it'
        : `the bytes look like ${guess}`
    const message = `not valid ${encoding} at byte ${badOffset} (${advice})`
    yield problemItem(path, 'encoding', message, { offset: badOffset, guess })
  } else if (text.trim() === '') yield problemItem(path, 'empty', 'no text in it')
  else yield* reader.read(text, context)
}

async function* readLines(
  reader: LineReader,
  { file, opened, stream, onPiece }: Reading,
  context: ReaderContext,
): AsyncGenerator<ReadItem> {
  let any = false
  const lines = decodedLines(observed(stream.read(), onPiece), context)
  for await (const item of reader.read(lines, context)) {
    any = true
    yield item
  }
  if (!any) yield problemItem(file.path, 'empty', 'no text in it')
  if (await opened.hasChanged()) {
    yield problemItem(file.path, 'changed', 'changed while it was read; part of it may be missing')
  }
}

async function* observed(
  pieces: AsyncIterable<Buffer>,
  onPiece: () => void,
): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    onPiece()
    yield piece
  }
}

async function* readBytes(format: 'docx' | 'pdf', reading: Reading): AsyncGenerator<ReadItem> {
  const { path } = reading.file
  const { format: given = 'auto' } = reading.options
  if (given !== 'auto' && given !== format) {
    const kind = format === 'pdf' ? 'a PDF document' : 'a Word document'
    yield problemItem(path, 'unsupported', `${kind}, not ${given}; not read`)
    return
  }
  const bytes = await wholeBytes(reading)
  if (isItem(bytes)) yield bytes
  else {
    const reader = (await readerOf(format)) as BytesReader
    yield* reader.read(bytes, contextOf(reading, 'binary'))
  }
}

async function* readOpened(reading: Reading): AsyncGenerator<ReadItem> {
  const { file, stream } = reading
  const { bytes: sample, complete } = await stream.peek(sampleBytes)
  if (sample.length === 0) {
    yield problemItem(file.path, 'empty', 'no bytes in it')
    return
  }
  const container = containerOf(sample)
  if (container === 'pdf') yield* readBytes('pdf', reading)
  else if (container === 'zip') yield* readZip(reading)
  else {
    const plan = planOfText(reading, sample, complete)
    if (isItem(plan)) {
      yield plan
      return
    }
    const reader = await readerOf(plan.format)
    if (reader.takes === 'text') yield* readText(reader, reading, plan.context)
    else if (reader.takes === 'lines') yield* readLines(reader, reading, plan.context)
    else yield problemItem(file.path, 'unsupported', `not a ${plan.format} file; not read`)
  }
}

/** A Word document, or the files of an archive. */
async function* readZip(reading: Reading): AsyncGenerator<ReadItem> {
  const { file, stream, options, depth, onBytes } = reading
  const source = stream.isPacked ? undefined : file.onDisk
  const bytes = source === undefined ? await wholeBytes(reading) : undefined
  if (bytes !== undefined && isItem(bytes)) {
    yield bytes
    return
  }
  const member = (inside: InputFile) => readFile(inside, options, () => undefined, depth + 1)
  const from = source ?? bytes!
  const { readArchive } = await import('./read-archive.js')
  const kind = yield* readArchive(file, from, { options, depth, onBytes, read: member })
  if (kind !== 'docx') return
  // Bytes that are in memory already are not to be had from the stream again.
  const held = bytes && { stream: new ByteStream(Readable.from([bytes])) }
  yield* readBytes('docx', { ...reading, ...held })
}

/** The documents of one file. `onBytes` hears how many bytes of it have come from the disk. */
export async function* readFile(
  file: InputFile,
  options: ReadOptions,
  onBytes: (bytesRead: number) => void,
  depth = 0,
): AsyncGenerator<ReadItem> {
  let opened: OpenFile | undefined
  try {
    opened = await file.open()
    const stream = new ByteStream(opened.stream)
    const onPiece = () => onBytes(stream.bytesRead)
    yield* readOpened({ file, opened, stream, options, onBytes, onPiece, depth })
  } catch (error) {
    yield problemOfFailure(file.path, error)
  } finally {
    await opened?.close()
  }
}
