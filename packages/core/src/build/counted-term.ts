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
