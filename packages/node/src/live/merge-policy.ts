/**
 * Which segments to merge next. Segments are in order of their documents, so only neighbours are
 * merged. Sizes fall into tiers; so many neighbours of one tier become one of the next, which
 * rewrites a document about once a tier.
 */

/** What the policy looks at. */
export interface SegmentSize {
  readonly bytes: number
  readonly documents: number
  readonly deleted: number
}

/** Neighbours of a tier that are merged, and how much larger the next tier is. */
const MERGED_TOGETHER = 8
/** Bytes up to which segments are of the smallest tier: a document or two. */
const SMALLEST_TIER = 1 << 12
/** A segment with more of its documents deleted is rewritten. */
const MOST_DELETED = 0.3
/** With more segments, whatever their sizes, the cheapest neighbours are merged. */
const MOST_SEGMENTS = 64

/** Segments `[from, to)` to merge, or null. */
export function nextMerge(segments: readonly SegmentSize[]): { from: number; to: number } | null {
  const tiers = segments.map(({ bytes }) => tierOf(bytes))
  for (let tier = 0; tier <= Math.max(0, ...tiers); tier++) {
    const found = runOf(tier, tiers)
    if (found !== null) return found
  }
  const worn = segments.findIndex(({ documents, deleted }) => deleted > documents * MOST_DELETED)
  if (worn >= 0) return { from: worn, to: worn + 1 }
  return segments.length > MOST_SEGMENTS ? cheapest(segments) : null
}

/**
 * From the first to the last of enough segments of a tier, with nothing larger in between. Smaller
 * ones around them wait: a large segment is not rewritten for their sake.
 */
function runOf(tier: number, tiers: readonly number[]): { from: number; to: number } | null {
  let from = -1
  let to = 0
  let count = 0
  for (const [i, own] of tiers.entries()) {
    if (own > tier) {
      if (count >= MERGED_TOGETHER) break
      count = 0
      from = -1
    }
    if (own !== tier) continue
    if (from < 0) from = i
    to = i + 1
    count++
  }
  return count >= MERGED_TOGETHER ? { from, to } : null
}

function cheapest(segments: readonly SegmentSize[]): { from: number; to: number } {
  let from = 0
  let least = Number.POSITIVE_INFINITY
  for (let at = 0; at + MERGED_TOGETHER <= segments.length; at++) {
    const together = segments.slice(at, at + MERGED_TOGETHER)
    const bytes = together.reduce((sum, segment) => sum + segment.bytes, 0)
    if (bytes >= least) continue
    least = bytes
    from = at
  }
  return { from, to: from + MERGED_TOGETHER }
}

function tierOf(bytes: number): number {
  return Math.max(0, Math.ceil(Math.log(bytes / SMALLEST_TIER) / Math.log(MERGED_TOGETHER)))
}
