/** Searches an index file that is here as a bundle is searched. */

import type { SearchResult } from './model.js'
import { openIndex } from './open-index.js'
import { materialize, type RemoteSearchOptions } from './remote/bundle-search.js'
import { runComplete } from './remote/missing.js'
import type { IndexMetadata } from './segment/metadata.js'

/** What it shares with an index that is fetched piece by piece. */
export interface WholeIndex {
  readonly metadata: IndexMetadata
  search(query: string, options?: RemoteSearchOptions): Promise<SearchResult>
}

/**
 * On a page, some of the code for it may have to be loaded.
 *
 * @throws what `openIndex` throws
 */
export async function openWhole(bytes: Uint8Array): Promise<WholeIndex> {
  const index = await runComplete(() => openIndex(bytes), undefined)
  return {
    metadata: index.metadata,
    async search(query, { signal, ...options } = {}) {
      await Promise.resolve()
      return runComplete(() => {
        const result = index.search(query, options)
        return { ...materialize(result), suggestions: result.suggestions }
      }, signal)
    },
  }
}
