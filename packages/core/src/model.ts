/**
 * What goes in and what comes out: documents, results, hits.
 * A document is what a caller knows by id; a paragraph is what a search returns.
 */

/** A metadata value: text, a number, or several texts. */
export type MetaValue = string | number | string[]

export interface SourceParagraph {
  /** The text that is searched, displayed and marked; offsets in hits refer to it. */
  text: string
  /** Headings above the paragraph, outermost first. */
  heading?: string[]
  /** Fragment id for links, without `#`. */
  anchor?: string
  /**
   * How much the text counts in ranking, 0 to 10; default 1. It counts as if it were as many times
   * shorter as the square says; see docs/ranking.md.
   */
  weight?: number
}

export interface SourceDocument {
  /** The caller's key; unique in one index. */
  id: string
  title?: string
  url?: string
  /** ISO 8601 date or date prefix (`2025`, `2025-03`, `2025-03-12`). */
  date?: string
  meta?: Record<string, MetaValue>
  paragraphs: SourceParagraph[]
}

export interface HitDocument {
  readonly id: string
  readonly title: string
  readonly url: string | null
  readonly date: string | null
  readonly meta: Readonly<Record<string, MetaValue>>
}

/** A piece of a snippet; the pieces' texts concatenate to one excerpt of the paragraph. */
export interface SnippetPart {
  readonly text: string
  readonly hit: boolean
}

/** Texts, marks and snippets are made when they are first read. */
export interface Hit {
  /**
   * 1 for the first hit of the whole result list, counting skipped ones. In a grouped result the
   * rank of the hit's document.
   */
  readonly rank: number
  /** Higher is better; comparable within one result only. */
  readonly score: number
  readonly document: HitDocument
  /** Index of the paragraph in its document, from 0. */
  readonly paragraph: number
  /** Headings above the paragraph, outermost first. */
  readonly heading: readonly string[]
  /** Fragment id of the paragraph, or null. */
  readonly anchor: string | null
  /** The paragraph as it was given. */
  readonly text: string
  /** Marked spans `[start, end)` in UTF-16 units of `text`, sorted, disjoint, never touching. */
  readonly highlights: readonly (readonly [number, number])[]
  readonly snippet: readonly SnippetPart[]
  /** UTF-16 offset of the snippet in `text`. */
  readonly snippetStart: number
}

export interface SearchResult {
  readonly query: string
  /**
   * How many paragraphs match; a lower bound unless `totalIsExact`. Exact for phrases in quotes,
   * for `+`, OR and fields, for filters, and in an index of up to 32,768 paragraphs.
   */
  readonly total: number
  readonly totalIsExact: boolean
  readonly hits: readonly Hit[]
  /**
   * For a Chinese query that occurs nowhere, or much more rarely than what sounds the same: those
   * sound-alikes, best first (法制政府 → 法治政府). Never part of the hits. Found when first read.
   */
  readonly suggestions: readonly string[]
  /**
   * Whether better hits may be missing: the search stopped early because of `maxWork`, or the
   * query has more than 65,536 UTF-16 units, of which the first were read.
   */
  readonly truncated?: boolean
  /** The hits by document, in order; there when `group` was asked for. */
  readonly groups?: readonly HitGroup[]
  /** Per asked field its values with the number of matching paragraphs, most first. */
  readonly facets: Readonly<Record<string, readonly FacetValue[]>>
}

/**
 * The best hits of one document, as a search of that document alone ranks them. Documents come in
 * the order in which their first hits come in a list that is not grouped; in an index with
 * `secondLook`, those that hold all parts of the query in several paragraphs come before the others.
 */
export interface HitGroup {
  readonly document: HitDocument
  readonly hits: readonly Hit[]
}

export interface FacetValue {
  readonly value: string | number
  /** Matching paragraphs of documents with this value. */
  readonly count: number
}

export interface SearchOptions {
  /** How many hits to return; default 10. */
  limit?: number
  /** How many hits to skip; default 0. */
  offset?: number
  /**
   * Keep documents whose field equals the value, or one of the values, or lies in a range. Fields:
   * meta keys and `date` (by prefix).
   */
  filter?: Readonly<Record<string, FilterChoice | readonly FilterChoice[]>>
  /** `relevance` (default), or `field:asc` / `field:desc` over `date` or a meta field. */
  sort?: string
  /**
   * Keeps the hits of a document together, ranked by its best one. `limit` and `offset` then count
   * documents.
   */
  group?: 'document'
  /** Most hits of one document when they are grouped; default 3. */
  groupSize?: number
  /** Also find regional words for the ones typed (軟體 finds 软件), ranked behind; default true. */
  synonyms?: boolean
  /** Also read Latin letters as pinyin (fazhi finds 法治), ranked behind; default true. */
  pinyin?: boolean
  /**
   * Fields to count the values of, over everything that matches; meta keys or `date`. Reads every
   * match, so it costs more than a page of hits.
   */
  facets?: readonly string[]
  /** Longest snippet, in UTF-16 units; default 120. */
  snippetLength?: number
  /**
   * Stop a search that is too much work, with what it has found by then. Counted in postings that
   * have to be decoded, and 128 for each text that is read; the same on every machine. Default: no
   * limit.
   */
  maxWork?: number
}

/** What a search of an index at hand takes; for one that is fetched see RemoteSearchOptions. */
export interface LocalSearchOptions extends SearchOptions {
  /**
   * Gives the search up once it is aborted: it throws the signal's reason, or an IndexError
   * ABORTED where that has none. An AbortSignal does. A search runs without a pause, so only
   * another thread (a flag in shared memory) or the signal's own getter can end one that runs; it
   * is asked before a text, before a long list and every few thousand postings. Reading hits
   * afterwards is not affected.
   */
  signal?: AbortFlag
}

/** Tells that an answer is no longer wanted; an AbortSignal is one. */
export interface AbortFlag {
  readonly aborted: boolean
  /** What an aborted search throws. */
  readonly reason?: unknown
}

export type FilterChoice = string | number | FilterRange

/**
 * Values between two bounds, or above or below one. Numbers compare by their value, dates as far
 * as they are known (2025-03 lies in 2025), other texts by their UTF-16 units.
 */
export interface FilterRange {
  readonly from?: string | number
  readonly to?: string | number
  /** Leaves the bounds themselves out; default false. */
  readonly exclusive?: boolean
}
