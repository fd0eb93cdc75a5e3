/** The same queries put to several engines in one process, taking turns. */
import type { Engine, EngineKind } from '../engines/engine.js'
import type { QuerySets } from '../queries.js'
import { type Times, type TimingOptions, timeInterleaved } from '../timing.js'

/** Kinds of query that every engine can be asked, if only as plain words. */
export const COMPARED_KINDS = [
  'words',
  'questions',
  'substrings',
  'phrases',
  'prefix',
  'filters',
] as const
export type ComparedKind = (typeof COMPARED_KINDS)[number]

/** Hits a query. */
export const TOP = 10

export interface BuiltEngine {
  readonly kind: EngineKind
  readonly engine: Engine
}

/**
 * Times of every engine for one kind of query, in the order of `built`. Of the engines, ours
 * alone understands quotes and stars: each gets the query as it can be asked.
 */
export function compareKind(
  kind: ComparedKind,
  sets: QuerySets,
  built: readonly BuiltEngine[],
  options: TimingOptions,
): Times[] {
  const runs = built.map(
    ({ engine }) =>
      (query: QuerySets[ComparedKind][number]) =>
        engine.search(query, TOP),
  )
  return timeInterleaved(sets[kind], runs, options)
}
