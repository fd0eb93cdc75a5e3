/** What the search box searches: an index here, one on a server, or anything that answers alike. */

import type { SearchOptions, SearchResult } from '@wenxun/core'

export interface Searchable {
  /**
   * Answers a query. A newer query aborts the signal; what is answered after that is ignored.
   * May throw or reject: the box then shows that it failed and offers to try again.
   */
  search(
    query: string,
    options: SearchOptions & { signal?: AbortSignal },
  ): SearchResult | Promise<SearchResult>
}

export interface LazySearchable extends Searchable {
  /** Starts opening, so that the first query need not wait for it. Failures show in `search`. */
  warm(): void
}

/** Opens an index when it is first needed, once; after a failure, again at the next query. */
export function lazySearchable(open: () => Promise<Searchable>): LazySearchable {
  let opening: Promise<Searchable> | null = null
  const opened = () => {
    opening ??= open().catch((error: unknown) => {
      opening = null
      throw error
    })
    return opening
  }
  return {
    warm: () => {
      opened().catch(() => {})
    },
    search: async (query, options) => {
      const searchable = await opened()
      options.signal?.throwIfAborted()
      return searchable.search(query, options)
    },
  }
}
