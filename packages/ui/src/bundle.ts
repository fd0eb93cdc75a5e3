/** One file for pages without a build step: the element and the index reader. */

export { openIndex, openRemoteIndex } from '@wenxun/core'
export {
  createSearchController,
  fetchShard,
  hitLink,
  lazySearchable,
  openBundle,
  WenxunSearch,
} from './index.js'
