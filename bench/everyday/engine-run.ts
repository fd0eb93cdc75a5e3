/**
 * One engine on one corpus: groups `build`, `size`, `open`, `query` and `highlight`. Rivals are
 * measured one after the other, each in turns with ours, so that only two indexes are in memory.
 */
import { COMPARED_KINDS, type ComparedKind, compareKind, TOP } from '../compare/queries.js'
import type { Corpus } from '../corpus.js'
import type { Engine, EngineKind } from '../engines/engine.js'
import type { QuerySets } from '../queries.js'
import { type Times, type TimingOptions, timeInterleaved } from '../timing.js'
import { type Answers, measureAnswers, type Truth } from './answers.js'
import { timeTask } from './task.js'

export const GROUPS = ['analyze', 'build', 'size', 'open', 'query', 'highlight', 'memory'] as const
export type Group = (typeof GROUPS)[number]

export interface EngineFigures {
  readonly engine: string
  readonly setting: string
  readonly storesText: boolean
  buildMs?: number
  /** As saved. */
  bytes?: number
  openMs?: number
  /** Its own times and ours from the same turns. */
  queries?: Partial<Record<ComparedKind, { readonly own: Times; readonly ours: Times }>>
  /** What came back, without which times mean little. */
  answers?: Partial<Record<ComparedKind, Answers>>
  /** What went wrong, a line each. */
  readonly failures: string[]
}

export interface RunOptions {
  readonly groups: ReadonlySet<Group>
  readonly timing: TimingOptions
}

const BUILD_BUDGET_MS = 100
const OPEN_BUDGET_MS = 300

/**
 * Builds and measures.
 * @param ours what to take turns with; null measures ours against itself
 */
export function measureEngine(
  kind: EngineKind,
  ours: Engine | null,
  corpus: Corpus,
  sets: QuerySets,
  truth: Truth,
  { groups, timing }: RunOptions,
): EngineFigures {
  const { name: engine, setting, storesText } = kind
  const figures: EngineFigures = { engine, setting, storesText, failures: [] }
  const attempt = (what: string, work: () => void) => {
    try {
      work()
    } catch (error) {
      figures.failures.push(`${what}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const build = () => kind.build(corpus.documents, { withTitles: false })
  let built: Engine | undefined
  attempt('build', () => {
    const milliseconds = timeTask(() => {
      built = build()
    }, BUILD_BUDGET_MS)
    if (groups.has('build')) figures.buildMs = milliseconds
  })
  if (built === undefined) return figures
  const own = built
  if (groups.has('size') || groups.has('open')) {
    attempt('save and open', () => {
      const saved = own.save()
      figures.bytes = saved.bytes
      if (!groups.has('open')) return
      const first = sets.words[0]!
      figures.openMs = timeTask(() => saved.open().search(first, TOP), OPEN_BUDGET_MS)
    })
  }
  if (groups.has('query')) {
    figures.queries = {}
    figures.answers = {}
    for (const asked of COMPARED_KINDS) {
      if (kind.lacks.includes(asked) || sets[asked].length === 0) continue
      attempt(asked, () => {
        const pair = [own, ours ?? own].map((each) => ({ kind, engine: each }))
        const [times, oursTimes] = compareKind(asked, sets, pair, timing)
        figures.queries![asked] = { own: times!, ours: oursTimes! }
        figures.answers![asked] = measureAnswers(own, sets[asked], truth)
      })
    }
  }
  return figures
}

/** What text, marks and snippets of ten hits cost beyond their ids. */
export interface HighlightTimes {
  readonly kind: ComparedKind
  readonly ids: Times
  readonly read: Times
}

export function measureHighlight(
  engine: Engine,
  sets: QuerySets,
  timing: TimingOptions,
): HighlightTimes[] {
  const kinds = (['words', 'questions', 'phrases'] as const).filter((kind) => sets[kind].length > 0)
  return kinds.map((kind) => {
    const [ids, read] = timeInterleaved(
      sets[kind],
      [(query) => engine.search(query, TOP), (query) => engine.searchAndRead?.(query, TOP)],
      timing,
    )
    return { kind, ids: ids!, read: read! }
  })
}
