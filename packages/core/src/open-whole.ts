/** Searches an index file that is here as a bundle is searched. */

import type { Folder } from '@wenxun/tokenizer/scan'
import type { SearchResult } from './model.js'
import type { materialize, RemoteSearchOptions } from './remote/bundle-search.js'
import type { runComplete } from './remote/missing.js'
import { OpenedSegment } from './search/opened-segment.js'
import type { SearchIndex } from './search/search-index.js'
import { memorySource } from './segment/byte-source.js'
import type { IndexMetadata } from './segment/metadata.js'

/** What it shares with an index that is fetched piece by piece. */
export interface WholeIndex {
  readonly metadata: IndexMetadata
  search(query: string, options?: RemoteSearchOptions): Promise<SearchResult>
}

/**
 * What the remote reader has at hand. It is not imported: where a bundler makes one file of
 * everything, all that this module imports is wrapped up to be run later.
 */
export interface SearchCode {
  readonly Folder: typeof Folder
  readonly SearchIndex: typeof SearchIndex
  readonly materialize: typeof materialize
  readonly runComplete: typeof runComplete
}

/**
 * On a page, some of the code for it may have to be loaded.
 *
 * @throws what `openIndex` throws
 */
export async function openWhole(bytes: Uint8Array, code: SearchCode): Promise<WholeIndex> {
  const parts = () => new OpenedSegment(memorySource(bytes), {}, code.Folder)
  const index = await code.runComplete(() => new code.SearchIndex(parts()), undefined)
  return {
    metadata: index.metadata,
    async search(query, { signal, ...options } = {}) {
      await Promise.resolve()
      return code.runComplete(() => {
        const result = index.search(query, options)
        return { ...code.materialize(result), suggestions: result.suggestions }
      }, signal)
    },
  }
}
