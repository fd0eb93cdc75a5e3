/** A term of a field with everything that was counted for it while texts were read. */
export interface CountedTerm {
  readonly term: string
  /** Postings in its list. */
  readonly frequency: number
  /** Row of its last posting; −1 when it has none. */
  readonly lastRow: number
  /** Of a pair: how often it occurs; 0 for other terms. */
  readonly occurrences: number
  /** Of a pair: how often it is a word. */
  readonly asWord: number
  /** Of a pair: how often it begins or ends a longer word. */
  readonly atEdge: number
  /** Its postings as those of a short list; valid until the next term is asked for. */
  readonly postings: Uint8Array
}

/**
 * Terms in UTF-16 order, one by one. No generator: a build asks for hundreds of thousands, and
 * what the engine compiles for a loop over nested generators costs more than the loop.
 */
export interface CountedTerms {
  /** The next term; null behind the last. */
  next(): CountedTerm | null
}

/** The terms of two sources that have none in common. */
export class TermsInTurn implements CountedTerms {
  readonly #a: CountedTerms
  readonly #b: CountedTerms
  #nextA: CountedTerm | null
  #nextB: CountedTerm | null
  #given: CountedTerms | null = null

  constructor(a: CountedTerms, b: CountedTerms) {
    this.#a = a
    this.#b = b
    this.#nextA = a.next()
    this.#nextB = b.next()
  }

  next(): CountedTerm | null {
    // Only now, since a term's postings are valid until then.
    if (this.#given === this.#a) this.#nextA = this.#a.next()
    else if (this.#given === this.#b) this.#nextB = this.#b.next()
    const a = this.#nextA
    const b = this.#nextB
    const isA = a !== null && (b === null || a.term < b.term)
    this.#given = isA ? this.#a : this.#b
    return isA ? a : b
  }
}
