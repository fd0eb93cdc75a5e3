/**
 * Several ranges of a file in one answer (RFC 9110, 14.6): multipart/byteranges.
 *
 *   ␍␊--mark␍␊Content-Range: bytes 16-31/9000␍␊␍␊ 16 bytes ␍␊--mark␍␊ … ␍␊--mark--␍␊
 *
 * Parts may come in any order, be fewer than asked for, or be put together. The head of a part says
 * how long it is, so neither the mark is looked for nor anything in its bytes.
 */

import type { ByteRange } from '@wenxun/core'

/**
 * Servers that are known to send several ranges of a file. Any other might send the whole file
 * instead, which is given up: a round trip for nothing.
 */
const SENDS_RANGES = /^(nginx|openresty|tengine|apache|caddy|lighttpd|microsoft|wenxun)/i

/**
 * The bytes of each range of a file, as far as the answer to a request for all of them brings it.
 * `last` is an answer of the same host: one that may not send several ranges is not asked.
 */
export async function loadRanges(
  ask: (ranges: readonly ByteRange[]) => Promise<Response>,
  ranges: readonly ByteRange[],
  last: Response,
): Promise<readonly (Uint8Array | undefined)[]> {
  const found: Uint8Array[] = []
  // What stands between answers for the server.
  const server = last.headers.get('via') ?? last.headers.get('server') ?? ''
  if (!SENDS_RANGES.test(server)) return found
  const response = await ask(ranges)
  if (response.status !== 206) {
    // The whole file is too much.
    await response.body?.cancel()
    return found
  }
  const body = await bytesOf(response)
  // The head of an only range is that of the answer.
  const only = `\ncontent-range: ${response.headers.get('content-range')}\r\n\r\n`
  // A unit for every byte, so that places are the same.
  const text = only + new TextDecoder('latin1').decode(body)
  const head = /\ncontent-range: *bytes (\d+)-(\d+).{0,200}?\r\n\r\n/gis
  for (;;) {
    const [, first, end] = head.exec(text) ?? []
    const begin = Number(first)
    const length = Number(end) + 1 - begin
    if (!(length > 0)) return found
    const from = head.lastIndex - only.length
    const bytes = body.subarray(from, from + length)
    for (const [i, range] of ranges.entries()) {
      const isIn = begin <= range.start && range.end - begin <= bytes.length
      if (isIn) found[i] = bytes.subarray(range.start - begin, range.end - begin)
    }
    head.lastIndex += length
  }
}

export async function bytesOf(response: Response): Promise<Uint8Array> {
  return new Uint8Array(await response.arrayBuffer())
}
