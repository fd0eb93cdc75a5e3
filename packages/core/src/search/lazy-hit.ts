/**
 * A hit that reads its text, finds its marks and cuts its snippet when they are first asked for.
 * Its properties are its own and enumerable: it can be spread, compared and turned into JSON.
 */

import type { Marks } from '../highlight/highlighter.js'
import { makeSnippet, type Snippet } from '../highlight/snippet.js'
import type { Hit, HitDocument } from '../model.js'
import type { ParagraphTexts, StoredHeading } from '../store/text-store.js'

/** What is known from ranking. */
export interface RankedHit {
  readonly rank: number
  readonly score: number
  readonly row: number
  readonly document: number
  /** Its number within its document. */
  readonly paragraph: number
}

/** How the hits of a search are read. */
export interface HitSource {
  readonly texts: ParagraphTexts
  readonly documents: { get(document: number): HitDocument }
  mark(text: string): Marks
  /** Longest snippet, in UTF-16 units. */
  readonly snippetLength: number
}

/** What was read of a hit. */
class StoredHit {
  readonly #hit: RankedHit
  readonly #source: HitSource
  #text: string | null = null
  #heading: StoredHeading | null = null
  #marks: Marks | null = null
  #snippet: Snippet | null = null

  constructor(hit: RankedHit, source: HitSource) {
    this.#hit = hit
    this.#source = source
  }

  get document(): HitDocument {
    return this.#source.documents.get(this.#hit.document)
  }

  get text(): string {
    this.#text ??= this.#source.texts.text(this.#hit.row)
    return this.#text
  }

  get heading(): StoredHeading {
    this.#heading ??= this.#source.texts.heading(this.#hit.row)
    return this.#heading
  }

  get marks(): Marks {
    this.#marks ??= this.#source.mark(this.text)
    return this.#marks
  }

  get snippet(): Snippet {
    const { spans, highlights } = this.marks
    this.#snippet ??= makeSnippet(this.text, spans, highlights, this.#source.snippetLength)
    return this.#snippet
  }
}

export function lazyHit(ranked: RankedHit, source: HitSource): Hit {
  const { rank, score, paragraph } = ranked
  const stored = new StoredHit(ranked, source)
  return {
    rank,
    score,
    get document() {
      return stored.document
    },
    paragraph,
    get heading() {
      return stored.heading.heading
    },
    get anchor() {
      return stored.heading.anchor
    },
    get text() {
      return stored.text
    },
    get highlights() {
      return stored.marks.highlights
    },
    get snippet() {
      return stored.snippet.parts
    },
    get snippetStart() {
      return stored.snippet.start
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
