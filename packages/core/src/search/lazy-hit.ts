/**
 * A hit that reads its text, finds its marks and cuts its snippet when they are first asked for.
 * Its properties are its own and enumerable: it can be spread, compared and turned into JSON.
 */

import type { Marks } from '../highlight/highlighter.js'
import { makeSnippet, type Snippet } from '../highlight/snippet.js'
import type { Hit, HitDocument } from '../model.js'
import type { StoredHeading } from '../store/text-store.js'

/** What is known from ranking. */
export interface RankedHit {
  readonly rank: number
  readonly score: number
  readonly paragraph: number
  /** Longest snippet, in UTF-16 units. */
  readonly snippetLength: number
}

/** What is read on demand. */
export interface HitSource {
  text(): string
  heading(): StoredHeading
  document(): HitDocument
  mark(text: string): Marks
}

export function lazyHit(ranked: RankedHit, source: HitSource): Hit {
  const text = once(() => source.text())
  const heading = once(() => source.heading())
  const marks = once(() => source.mark(text()))
  const snippet = once((): Snippet => {
    const { spans, highlights } = marks()
    return makeSnippet(text(), spans, highlights, ranked.snippetLength)
  })
  const { rank, score, paragraph } = ranked
  return {
    rank,
    score,
    get document() {
      return source.document()
    },
    paragraph,
    get heading() {
      return heading().heading
    },
    get anchor() {
      return heading().anchor
    },
    get text() {
      return text()
    },
    get highlights() {
      return marks().highlights
    },
    get snippet() {
      return snippet().parts
    },
    get snippetStart() {
      return snippet().start
    },
  }
}

/** A function that computes its value at its first call. */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
