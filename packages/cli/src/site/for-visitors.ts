/**
 * How an index is built that visitors of a site search from afar: every text that a search reads is
 * a request of theirs; docs/bundles.md has what it costs. Such an index lists documents as pages.
 */
import type { IndexBuilderOptions } from '@wenxun/core/build'

export const FOR_VISITORS: Pick<IndexBuilderOptions, 'secondLook' | 'levelLengthsFrom'> = {
  secondLook: 8,
  levelLengthsFrom: 20_000,
}
