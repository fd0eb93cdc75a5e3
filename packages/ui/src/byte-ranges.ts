/**
 * Several ranges of a file in one answer (RFC 9110, 14.6): multipart/byteranges.
 *
 *   ␍␊--mark␍␊Content-Range: bytes 16-31/9000␍␊␍␊ 16 bytes ␍␊--mark␍␊ … ␍␊--mark--␍␊
 *
 * Parts may come in any order, be fewer than asked for, or be put together. The head of a part says
 * how long it is, so neither the mark is looked for nor anything in its bytes.
 */

import type { ByteRange } from '@wenxun/core'

/** The bytes of each range, as far as the answer to a request for all of them brings it. */
export async function rangesIn(
  response: Response,
  ranges: readonly ByteRange[],
): Promise<readonly (Uint8Array | undefined)[]> {
  const found: Uint8Array[] = []
  if (response.status !== 206) {
    // The whole file is too much.
    await response.body?.cancel()
    return found
  }
  const body = new Uint8Array(await response.arrayBuffer())
  const take = (first: number, bytes: Uint8Array) => {
    for (const [i, { start, end }] of ranges.entries()) {
      const isIn = first <= start && end - first <= bytes.length
      if (isIn) found[i] = bytes.subarray(start - first, end - first)
    }
  }
  const only = response.headers.get('content-range')
  if (only === null) eachPart(body, take)
  else take(Number(/\d+/.exec(only)), body)
  return found
}

/** The parts of a body, up to the first that is none. */
function eachPart(body: Uint8Array, take: (start: number, bytes: Uint8Array) => void): void {
  const head = /\ncontent-range: *bytes (\d+)-(\d+)[\s\S]{0,200}?\r\n\r\n/gi
  // A unit for every byte, so that places are the same.
  const text = new TextDecoder('latin1').decode(body)
  for (;;) {
    const [, first, last] = head.exec(text) ?? []
    const from = head.lastIndex
    const start = Number(first)
    const end = from + Number(last) + 1 - start
    if (!(from < end)) return
    take(start, body.subarray(from, end))
    head.lastIndex = end
  }
}
