/** The same queries put to several engines in one process, taking turns. */
import type { Engine, EngineKind } from '../engines/engine.js'
import type { QuerySets } from '../queries.js'
import { type Times, type TimingOptions, timeInterleaved } from '../timing.js'

/** Kinds of query that every engine can be asked. */
export const COMPARED_KINDS = ['words', 'questions', 'substrings', 'phrases'] as const
export type ComparedKind = (typeof COMPARED_KINDS)[number]

const TOP = 10

export interface BuiltEngine {
  readonly kind: EngineKind
  readonly engine: Engine
}

/**
 * Times of every engine for every kind of query, in the order of `built`, the first of which
 * alone understands quotes.
 */
export function compareQueries(
  sets: QuerySets,
  built: readonly BuiltEngine[],
  options: TimingOptions,
): Record<ComparedKind, Times[]> {
  const times = (kind: ComparedKind) => {
    const runs = built.map(
      ({ engine }, i) =>
        ({ text }: { text: string }) =>
          engine.search(i === 0 ? text : text.replaceAll('"', ''), TOP),
    )
    return timeInterleaved(sets[kind], runs, options)
  }
  return {
    words: times('words'),
    questions: times('questions'),
    substrings: times('substrings'),
    phrases: times('phrases'),
  }
}
