/**
 * What an open bundle needs of the page: code that is loaded with the core, when the box is first
 * used.
 */

import type { Inflate, LoadShard } from '@wenxun/core'
import { openRemoteIndex } from '@wenxun/core/remote'
import { bytesOf } from './byte-ranges.js'
import type { Searchable } from './searchable.js'

export { openRemoteIndex, openWhole } from '@wenxun/core/remote'
export { loadRanges } from './byte-ranges.js'

/** Opens a bundle. The browser's own decompression is quicker than the library's. */
export function openReader(load: LoadShard): Promise<Searchable> {
  const { DecompressionStream: Stream } = globalThis
  const inflate: Inflate = (bytes) => {
    const stream = new Blob([bytes as Uint8Array<ArrayBuffer>])
      .stream()
      .pipeThrough(new Stream('deflate-raw'))
    return bytesOf(new Response(stream))
  }
  return openRemoteIndex(load, Stream === undefined ? {} : { inflate })
}
