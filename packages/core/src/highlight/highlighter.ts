/** From a hit paragraph to marked spans and a snippet in its original text. */

import type { Folder } from '@wenxun/tokenizer/scan'
import type { QueryMatcher } from './query-matcher.js'
import type { MarkedSpan } from './snippet.js'

export interface Marks {
  /** Every match, sorted by start; they may overlap. */
  readonly spans: readonly MarkedSpan[]
  /** `[start, end)`, sorted, disjoint, never touching. */
  readonly highlights: readonly (readonly [number, number])[]
}

export function markText(text: string, matcher: QueryMatcher, folder: Folder): Marks {
  const spans = matcher.matches(text, folder)
  return { spans, highlights: merge(spans) }
}

function merge(spans: readonly MarkedSpan[]): [number, number][] {
  const merged: [number, number][] = []
  for (const { start, end } of spans) {
    const last = merged.at(-1)
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end)
    else merged.push([start, end])
  }
  return merged
}
