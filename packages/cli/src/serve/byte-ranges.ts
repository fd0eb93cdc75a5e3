/** What a file server answers to `Range` (RFC 9110, 14): a range, several of them, or none. */
import { randomBytes } from 'node:crypto'

/** Bytes [start, end) of a file. */
export interface ByteSpan {
  readonly start: number
  readonly end: number
}

export interface RangeAnswer {
  readonly status: 206 | 416
  /** With the length of the body. */
  readonly headers: Readonly<Record<string, string>>
  /** What the body is made of, in order: lines of heads, and spans of the file. */
  readonly body: readonly (string | ByteSpan)[]
}

/** Whoever asks for more ranges gets the whole file. */
const mostRanges = 200

/**
 * The answer to the ranges that a header asks for of a file of `size` bytes; null for the whole
 * file: no ranges, none that can be read, or more bytes than it has.
 */
export function rangeAnswer(
  header: string | undefined,
  size: number,
  type: string,
): RangeAnswer | null {
  const asked = spansIn(header, size)
  if (asked === null) return null
  const spans = asked.filter(({ start, end }) => start < end)
  const range = ({ start, end }: ByteSpan) => `bytes ${start}-${end - 1}/${size}`
  const [only, second] = spans
  if (only === undefined) {
    return { status: 416, headers: { 'Content-Range': `bytes */${size}` }, body: [] }
  }
  const length = spans.reduce((sum, { start, end }) => sum + end - start, 0)
  if (second === undefined) {
    return {
      status: 206,
      headers: {
        'Content-Type': type,
        'Content-Range': range(only),
        'Content-Length': String(length),
      },
      body: [only],
    }
  }
  if (length > size) return null
  const mark = randomBytes(10).toString('hex')
  const body = spans.flatMap((span): (string | ByteSpan)[] => [
    `\r\n--${mark}\r\nContent-Type: ${type}\r\nContent-Range: ${range(span)}\r\n\r\n`,
    span,
  ])
  body.push(`\r\n--${mark}--\r\n`)
  const heads = body.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 0), 0)
  return {
    status: 206,
    headers: {
      'Content-Type': `multipart/byteranges; boundary=${mark}`,
      'Content-Length': String(length + heads),
    },
    body,
  }
}

/** The ranges of a header as spans, empty where they are outside of the file; null for none. */
function spansIn(header: string | undefined, size: number): ByteSpan[] | null {
  const list = /^bytes=(.*)$/i.exec(header ?? '')?.[1]?.split(',')
  if (list === undefined || list.length > mostRanges) return null
  const spans: ByteSpan[] = []
  for (const item of list) {
    const [, from = '', to = ''] = /^[ \t]*(\d*)-(\d*)[ \t]*$/.exec(item) ?? []
    if (from === '' && to === '') return null
    if (from !== '' && to !== '' && Number(to) < Number(from)) return null
    if (from === '') spans.push({ start: Math.max(0, size - Number(to)), end: size })
    else spans.push({ start: Number(from), end: to === '' ? size : Math.min(size, Number(to) + 1) })
  }
  return spans
}
