/**
 * What reading a report gives: the document's parts, and an account of everything that the
 * reading took away or mended, so that a user can see that nothing real was lost.
 */
import type { MetaValue, SourceParagraph } from '@wenxun/core'

/** Why a line is not in the paragraphs. */
export type RemovalReason =
  | 'breadcrumb'
  | 'metadata'
  | 'page tools'
  | 'page number'
  | 'running head'
  | 'related links'
  | 'comments'
  | 'site footer'
  | 'repeated title'

/** A source line that is not searchable. Lines count from 1. */
export interface RemovedLine {
  readonly line: number
  readonly text: string
  readonly reason: RemovalReason
}

/**
 * - `page break`: two pieces of one paragraph put together
 * - `title`: the lines of one title put together
 * - `space`: a stray space inside a word taken out
 * - `and`: an English "and" between Han put back to 和
 * - `mark`: a stray question mark or bullet at an edge taken out
 * - `item`: a numbered item in the middle of a line put on a line of its own
 */
export type RepairKind = 'page break' | 'title' | 'space' | 'and' | 'mark' | 'item'

/** A place where the displayed text differs from the source lines; `before` and `after` are excerpts. */
export interface Repair {
  readonly line: number
  readonly kind: RepairKind
  readonly before: string
  readonly after: string
}

export interface Report {
  /** Empty when the text has none and none follows from it by rule. */
  readonly title: string
  /** `line`: stands in the text; `metadata`: from a 标题 field; `derived`: from the sentence 现将…如下. */
  readonly titleSource: 'line' | 'metadata' | 'derived' | 'none'
  /** ISO date or year. */
  readonly date?: string
  readonly meta: Record<string, MetaValue>
  readonly paragraphs: SourceParagraph[]
  readonly removed: readonly RemovedLine[]
  readonly repairs: readonly Repair[]
}
