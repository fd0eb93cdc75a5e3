/** The way in: bytes → an index that can be searched. */

import { Folder } from '@wenxun/tokenizer/scan'
import { OpenedSegment, type OpenOptions } from './search/opened-segment.js'
import { SearchIndex } from './search/search-index.js'
import { type ByteSource, memorySource } from './segment/byte-source.js'

/**
 * Opens an index without copying it. The bytes must not change while it is in use.
 *
 * @throws IndexError NOT_AN_INDEX, TRUNCATED, CORRUPT, TOO_OLD, TOO_NEW or WRONG_ANALYZER
 */
export function openIndex(bytes: Uint8Array | ByteSource, options: OpenOptions = {}): SearchIndex {
  const source = bytes instanceof Uint8Array ? memorySource(bytes) : bytes
  return new SearchIndex(new OpenedSegment(source, options, Folder))
}
