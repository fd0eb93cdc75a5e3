/**
 * What a page of a static site loads: the element. The index reader follows when
 * the box is first used, and the rest of it when a query needs it; scripts/page-bundle.mjs cuts it.
 */

import type { LoadShard, RemoteIndex, RemoteOptions } from '@wenxun/core'
import { reader } from './remote-index.js'
import type { Searchable } from './searchable.js'

export {
  createSearchController,
  fetchShard,
  hitLink,
  lazySearchable,
  openBundle,
  WenxunSearch,
} from './index.js'

/** As `openRemoteIndex` of `@wenxun/core`. */
export async function openRemoteIndex(
  load: LoadShard,
  options?: RemoteOptions,
): Promise<RemoteIndex> {
  return (await reader()).openRemoteIndex(load, options)
}

/** Opens an index file that is here; as `openIndex` of `@wenxun/core`, but for code on its way. */
export async function openIndex(bytes: Uint8Array): Promise<Searchable> {
  return (await reader()).openWhole(bytes)
}
