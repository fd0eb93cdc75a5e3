/**
 * The seams of text analysis, and nothing else.
 *
 * text → Folder (char folds, offsets recorded) → scan (script runs, Latin, numbers)
 *      → Segmenter (cuts gram-script runs into words) → sink (the index builder, or a token list)
 *
 * The lower half (Folder and scan) is platform-free, small, and shared by build time and
 * query time, so that both see the same runs. The upper half (Segmenter, dictionary) exists
 * at build time only.
 */

/** Half-open span in UTF-16 units. */
export type Span = readonly [start: number, end: number]

/**
 * Parallel strings of code points: the i-th code point of `from` folds to the i-th of `to`.
 * Holds what cannot be computed by rule (Traditional → Simplified, variants, …).
 */
export interface FoldTable {
  readonly from: string
  readonly to: string
  /**
   * Folded characters that stand for several with lives of their own (干 for 干 乾 幹): they match
   * each other, but what was typed comes first.
   */
  readonly ambiguous?: string
}

/** A folded text. The buffers belong to the folder and are overwritten by its next call. */
export interface Folded {
  /** The original text. */
  readonly text: string
  /** Folded UTF-16 units; only the first `length` are meaningful. */
  readonly units: Uint16Array
  readonly length: number
  /** Original offset where folded unit i starts; null when every unit kept its place. */
  readonly starts: Int32Array | null
  /** Original offset where folded unit i ends (exclusive); null together with `starts`. */
  readonly ends: Int32Array | null
}

/** What a token is, from most to least literal. */
export const TokenKind = {
  /** A word of a gram script (Han, kana, hangul) as a segmenter cut it. */
  word: 0,
  /** A whole Latin (or other alphabetic) token or digit run, compounds included: `mcp`, `2024`, `96.87%`, `1+7+n`. */
  whole: 1,
  /** A part of a compound: `1`, `7`, `n` of `1+7+n`; `camel`, `case` of `camelcase`. */
  part: 2,
  /** The value of a number or date written another way: `2024` for 二〇二四, `43600` for 4.36万. */
  value: 3,
  /** An English stem: `run` for `running`. Prefixed so that it never meets a literal term. */
  stem: 4,
} as const
export type TokenKind = (typeof TokenKind)[keyof typeof TokenKind]

/** Receives the runs that `scan` finds, in order of `start`. All offsets are in folded units. */
export interface RunSink {
  /** A maximal run of gram script: every character and every adjacent pair in it is searchable. */
  run(start: number, end: number): void
}

/** Receives what `scan` finds, in order of `start`. All offsets are in folded units. */
export interface ScanSink extends RunSink {
  /** A term that is not a slice of a gram run. `term` is the string to index. */
  token(term: string, start: number, end: number, kind: TokenKind): void
}

/** Receives the words a segmenter cuts out of one run. */
export interface WordSink {
  /**
   * A word at folded units [start, end).
   * `id` is a dense non-negative number that stands for this word in this segmenter, or -1.
   */
  word(start: number, end: number, id: number): void
}

/** Cuts runs of folded Han text into words. Words cover the run without gap or overlap. */
export interface Segmenter {
  readonly name: string
  /** Changes whenever the same text may be cut differently. */
  readonly fingerprint: string
  /** One more than the largest id given to a WordSink; 0 when it gives none. */
  readonly idLimit: number
  cut(units: Uint16Array, start: number, end: number, sink: WordSink): void
}

/** Receives one analyzed text. `begin` comes first; offsets are in folded units. */
export interface AnalysisSink extends ScanSink, WordSink {
  begin(folded: Folded): void
}

/** A token for people and adapters; offsets are in the original text. */
export interface Token {
  readonly term: string
  readonly start: number
  readonly end: number
  readonly kind: TokenKind
}

/** Build-time analysis: folds, scans and cuts. One configuration has one fingerprint. */
export interface Analyzer {
  readonly name: string
  /** Stored in an index; an index opened or extended with another is refused. */
  readonly fingerprint: string
  /** The whole fold table; the builder keeps the part that its index needs. */
  readonly folds: FoldTable
  readonly segmenter: Segmenter
  /** Feeds one text to the sink without allocating per character. */
  analyze(text: string, sink: AnalysisSink): void
  /** Words, Latin and number tokens of a text, sorted by start then end. For adapters and display. */
  tokens(text: string): Token[]
}
