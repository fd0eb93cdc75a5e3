/** One file: bytes → format and encoding → its reader. Gives problems, never throws them. */
import { constants, isUtf8 } from 'node:buffer'
import { basename } from 'node:path'
import { byteLines, toUtf8 } from './byte-lines.js'
import { ByteStream } from './byte-stream.js'
import { decode, detectEncoding, knownEncoding } from './encoding.js'
import { formatOf, notText } from './format.js'
import { readLine } from './readers/jsonl.js'
import { readers } from './readers.js'
import type { Format, Problem, ProblemCode, ReaderContext, ReadItem, ReadOptions } from './types.js'
import { type FoundFile, problemOfError } from './walk.js'

const sampleBytes = 64 * 1024
const defaultFileBytes = 256 * 1024 * 1024
const defaultLineBytes = 64 * 1024 * 1024
const extension = /(?<=.)\.[A-Za-z0-9]{1,8}(?:\.gz)?$/
const packedErrors = /^(?:Z_|ERR_.*ZLIB|ERR_STREAM_PREMATURE)/
const utf8Mark = Buffer.from([0xef, 0xbb, 0xbf])

type Because = Omit<Problem, 'path' | 'message' | 'code'>

function problem(path: string, code: ProblemCode, message: string, more: Because = {}): ReadItem {
  return { problem: { path, code, message: `${path}: ${message}`, ...more } }
}

function problemOfFailure(path: string, error: unknown): ReadItem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (packedErrors.test(code))
    return problem(path, 'corrupt', 'the compressed data is damaged or ends early')
  return { problem: problemOfError(path, error) }
}

/** What the beginning of a file says about the rest. */
interface Opened {
  readonly format: Format
  readonly context: ReaderContext
}

function open(
  file: FoundFile,
  sample: Buffer,
  complete: boolean,
  options: ReadOptions,
): Opened | ReadItem {
  const detected = detectEncoding(sample)
  const wanted = options.encoding === undefined ? null : knownEncoding(options.encoding)
  if (options.encoding !== undefined && wanted === null) {
    return problem(file.path, 'encoding', `there is no encoding "${options.encoding}"`)
  }
  const encoding = wanted ?? detected.encoding
  const other = notText(sample, encoding.startsWith('utf-16') || encoding.startsWith('utf-32'))
  if (other) return problem(file.path, other.code, `${other.kind}; not read`)
  const { format: given = 'auto' } = options
  const text = decode(sample, encoding).text
  const format = given === 'auto' ? formatOf(text, file.path, complete) : given
  const name = basename(file.path).replace(extension, '')
  return { format, context: { path: file.path, id: file.id, name, encoding, options } }
}

async function* readWhole(
  stream: ByteStream,
  { format, context }: Opened,
  onPiece: () => void,
): AsyncGenerator<ReadItem> {
  const { path, encoding, options } = context
  const limit = Math.min(options.maxFileBytes ?? defaultFileBytes, constants.MAX_LENGTH)
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of stream.read()) {
    length += piece.length
    if (length > limit) {
      yield problem(path, 'too-large', `more than ${limit} bytes; only JSONL is read in pieces`)
      return
    }
    pieces.push(piece)
    onPiece()
  }
  const { text, badOffset } = decode(Buffer.concat(pieces), encoding)
  if (badOffset >= 0) {
    const message = `not valid ${encoding} at byte ${badOffset}; name the encoding if it is another`
    yield problem(path, 'encoding', message, { offset: badOffset })
    return
  }
  if (text.trim() === '') {
    yield problem(path, 'empty', 'no text in it')
    return
  }
  yield* readers[format].read(text, context)
}

/** True when the decoder put a replacement character into the line. */
const hasReplacement = (line: string) => line.includes('\ufffd')

async function* readLines(
  stream: ByteStream,
  { context }: Opened,
  onPiece: () => void,
): AsyncGenerator<ReadItem> {
  const { path, encoding, options } = context
  const limit = options.maxLineBytes ?? defaultLineBytes
  const isOwn = encoding === 'utf-8'
  const pieces = isOwn ? stream.read() : toUtf8(stream.read(), encoding)
  let any = false
  for await (const { number, bytes, offset } of byteLines(observed(pieces, onPiece), limit)) {
    if (bytes === null) {
      any = true
      yield problem(path, 'too-large', `line ${number}: more than ${limit} bytes`, { line: number })
      continue
    }
    const start = number === 1 && bytes.subarray(0, 3).equals(utf8Mark) ? utf8Mark.length : 0
    const line = bytes.toString('utf8', start)
    if (isOwn ? !isUtf8(bytes) : hasReplacement(line)) {
      any = true
      const bad = isOwn ? decode(bytes, encoding).badOffset : 0
      const message = `line ${number}: not valid ${encoding}`
      const where = isOwn ? { line: number, offset: offset + bad } : { line: number }
      yield problem(path, 'encoding', message, where)
      continue
    }
    for (const item of readLine(line, number, context)) {
      any = true
      yield item
    }
  }
  if (!any) yield problem(path, 'empty', 'no text in it')
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

/** The documents of one file. `onBytes` hears how many bytes of it have come from the disk. */
export async function* readFile(
  file: FoundFile,
  options: ReadOptions,
  onBytes: (bytesRead: number) => void,
): AsyncGenerator<ReadItem> {
  const stream = new ByteStream(file.path)
  try {
    const { bytes: sample, complete } = await stream.peek(sampleBytes)
    const opened =
      sample.length === 0
        ? problem(file.path, 'empty', 'no bytes in it')
        : open(file, sample, complete, options)
    if (!('format' in opened)) {
      yield opened
      return
    }
    const onPiece = () => onBytes(stream.bytesRead)
    yield* opened.format === 'jsonl'
      ? readLines(stream, opened, onPiece)
      : readWhole(stream, opened, onPiece)
  } catch (error) {
    yield problemOfFailure(file.path, error)
  } finally {
    stream.close()
  }
}
