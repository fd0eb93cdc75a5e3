/** The lines of a stream, decoded one by one, so that a bad one costs only itself. */
import { isUtf8 } from 'node:buffer'
import { type ByteLine, byteLines, toUtf8 } from './byte-lines.js'
import { decode } from './encoding.js'
import type { DecodedLine, Problem, ReaderContext } from './types.js'

const defaultLineBytes = 64 * 1024 * 1024
const byteOrderMark = /^\ufeff/
const replacement = '\ufffd'

// In these a line feed is never part of another character: lines can be cut before decoding.
const cutAsBytes: ReadonlySet<string> = new Set(['utf-8', 'gb18030', 'big5-hkscs'])

interface Decoded {
  readonly text: string
  /** Within the line's bytes; -1 when all of them are text, null when it cannot be told. */
  readonly badOffset: number | null
}

function decodeLine(bytes: Buffer, encoding: string): Decoded {
  if (encoding === 'utf-8' && isUtf8(bytes)) {
    return { text: bytes.toString('utf8'), badOffset: -1 }
  }
  if (cutAsBytes.has(encoding)) return decode(bytes, encoding)
  const text = bytes.toString('utf8')
  return { text, badOffset: text.includes(replacement) ? null : -1 }
}

/** Lines above `maxLineBytes`, and lines that are no text in the file's encoding, are problems. */
export async function* decodedLines(
  pieces: AsyncIterable<Buffer>,
  { path, encoding, options }: ReaderContext,
): AsyncGenerator<DecodedLine> {
  const limit = options.maxLineBytes ?? defaultLineBytes
  const bytes = cutAsBytes.has(encoding) ? pieces : toUtf8(pieces, encoding)
  const problem = (line: ByteLine, code: Problem['code'], what: string, more = {}) => ({
    number: line.number,
    problem: {
      path,
      code,
      message: `${path}: line ${line.number}: ${what}`,
      line: line.number,
      ...more,
    },
  })
  for await (const line of byteLines(bytes, limit)) {
    if (line.bytes === null) {
      yield problem(line, 'too-large', `more than ${limit} bytes`)
      continue
    }
    const { text, badOffset } = decodeLine(line.bytes, encoding)
    if (badOffset === -1) {
      yield {
        number: line.number,
        text: line.number === 1 ? text.replace(byteOrderMark, '') : text,
      }
    } else if (badOffset === null) {
      yield problem(line, 'encoding', `not valid ${encoding}`, { guess: encoding })
    } else {
      const offset = line.offset + badOffset
      const what = `not valid ${encoding} at byte ${offset}`
      yield problem(line, 'encoding', what, { offset, guess: encoding })
    }
  }
}

/** The lines of a text in memory. */
export async function* linesOfText(text: string): AsyncGenerator<DecodedLine> {
  let number = 0
  for (const line of text.split('\n')) yield await { number: ++number, text: line }
}
