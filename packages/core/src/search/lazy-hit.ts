/**
 * A hit that reads its text, finds its marks and cuts its snippet when they are first asked for.
 * Its properties are its own and enumerable: it can be spread, compared and turned into JSON.
 */

import type { Marks } from '../highlight/highlighter.js'
import { makeSnippet, type Snippet } from '../highlight/snippet.js'
import type { Hit, HitDocument } from '../model.js'
import type { ParagraphTexts, StoredHeading } from '../store/text-store.js'
import { ownGetters } from './own-getters.js'

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

class LazyHit implements Hit {
  readonly rank: number
  readonly score: number
  readonly paragraph: number
  readonly #row: number
  readonly #document: number
  readonly #source: HitSource
  #text: string | null = null
  #heading: StoredHeading | null = null
  #marks: Marks | null = null
  #snippet: Snippet | null = null

  constructor({ rank, score, row, document, paragraph }: RankedHit, source: HitSource) {
    this.rank = rank
    this.score = score
    this.paragraph = paragraph
    this.#row = row
    this.#document = document
    this.#source = source
    ownHitGetters(this)
  }

  get document(): HitDocument {
    return this.#source.documents.get(this.#document)
  }

  get heading(): readonly string[] {
    return this.#stored().heading
  }

  get anchor(): string | null {
    return this.#stored().anchor
  }

  get text(): string {
    this.#text ??= this.#source.texts.text(this.#row)
    return this.#text
  }

  get highlights(): Marks['highlights'] {
    return this.#marked().highlights
  }

  get snippet(): Snippet['parts'] {
    return this.#cut().parts
  }

  get snippetStart(): number {
    return this.#cut().start
  }

  #stored(): StoredHeading {
    this.#heading ??= this.#source.texts.heading(this.#row)
    return this.#heading
  }

  #marked(): Marks {
    this.#marks ??= this.#source.mark(this.text)
    return this.#marks
  }

  #cut(): Snippet {
    const { spans, highlights } = this.#marked()
    this.#snippet ??= makeSnippet(this.text, spans, highlights, this.#source.snippetLength)
    return this.#snippet
  }
}

const ownHitGetters = ownGetters(LazyHit.prototype)

export function lazyHit(ranked: RankedHit, source: HitSource): Hit {
  return new LazyHit(ranked, source)
}

/** A function that computes its value at its first call. */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
