/** Lines of a stream of UTF-8 bytes, and a stream's change to UTF-8 from other encodings. */
import iconv from 'iconv-lite'
import { iconvName } from './encoding.js'

export interface ByteLine {
  /** From 1. */
  readonly number: number
  /** Without its line feed; null when the line is longer than the limit. */
  readonly bytes: Buffer | null
  /** Where the line starts in the stream. */
  readonly offset: number
}

const lineFeed = 0x0a

/** Cuts a stream into lines. A line above `limit` bytes is passed over, not gathered. */
export async function* byteLines(
  pieces: AsyncIterable<Buffer>,
  limit: number,
): AsyncGenerator<ByteLine> {
  let number = 1
  let offset = 0
  let parts: Buffer[] = []
  let length = 0
  let tooLong = false

  const keep = (part: Buffer) => {
    length += part.length
    if (length > limit) {
      tooLong = true
      parts = []
    } else parts.push(part)
  }
  const finish = (): ByteLine => {
    const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts)
    return { number, bytes: tooLong ? null : bytes, offset }
  }

  for await (const piece of pieces) {
    let start = 0
    for (let end = piece.indexOf(lineFeed); end >= 0; end = piece.indexOf(lineFeed, start)) {
      keep(piece.subarray(start, end))
      yield finish()
      offset += length + 1
      start = end + 1
      number++
      parts = []
      length = 0
      tooLong = false
    }
    if (start < piece.length) keep(piece.subarray(start))
  }
  if (length > 0) yield finish()
}

/** The stream as UTF-8, without its byte order mark. Bytes that are no text become U+FFFD. */
export async function* toUtf8(
  pieces: AsyncIterable<Buffer>,
  encoding: string,
): AsyncGenerator<Buffer> {
  const decoder = iconv.getDecoder(iconvName(encoding), { stripBOM: true })
  for await (const piece of pieces) {
    const text = decoder.write(piece)
    if (text !== '') yield Buffer.from(text)
  }
  const rest = decoder.end()
  if (rest) yield Buffer.from(rest)
}
