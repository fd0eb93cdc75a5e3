/**
 * How well the right passage is ranked: nDCG@10, MRR@10, recall@10 and @100.
 *
 *     npm run bench:relevance -- [--data <folder>] [--sample <n>] [--no-rivals] [--no-scripts] [--save]
 *
 * Corpus: the judged collections `relevance/cmrc_sent` (questions, one right passage each) and
 * `relevance/cmrc_title` (names of things) of the data folder; all queries unless --sample.
 * A document is one paragraph with its title; every engine ranks 100 documents a query with its
 * defaults for all collections. Gains are binary, the discount is log2. `p` is a two-sided
 * paired randomisation test of nDCG@10 against Wenxun, 10,000 rounds, seed 1.
 *
 * The second table asks the same queries in Traditional script (opencc-js: t, tw, hk, twp; the
 * others: t alone); the texts stay as they are, mostly Simplified.
 */
import { parseArgs } from 'node:util'
import type { SourceDocument } from '@wenxun/core'
import * as OpenCC from 'opencc-js'
import type { Engine, EngineKind } from './engines/engine.js'
import { rivals } from './engines/rivals.js'
import { wenxun } from './engines/wenxun.js'
import { dataFolder } from './folders.js'
import { plainQuery } from './queries.js'
import { sample } from './random.js'
import { type Collection, type JudgedQuery, loadCollection } from './relevance/collection.js'
import { meanScores, randomisationTest, type Scores, scoreRanking } from './relevance/scorer.js'

import { printTables, save, type Table } from './report.js'

const DEPTH = 100
const SAMPLE_SEED = 1
const SCRIPTS = ['t', 'tw', 'hk', 'twp'] as const

const { values: flags } = parseArgs({
  options: {
    data: { type: 'string' },
    sample: { type: 'string' },
    'no-rivals': { type: 'boolean', default: false },
    'no-scripts': { type: 'boolean', default: false },
    save: { type: 'boolean', default: false },
  },
})

interface Outcome {
  readonly engine: string
  readonly setting: string
  readonly mean: Scores
  readonly perQuery: readonly number[]
  /** nDCG@10 of the same queries in Traditional script. */
  readonly scripts: Readonly<Record<string, number>>
}

const tables: Table[] = []
const figures: Record<string, unknown> = {}
for (const name of ['cmrc_sent', 'cmrc_title']) {
  const collection = loadCollection(name, dataFolder(flags.data))
  if (collection === null) continue
  const kinds = flags['no-rivals'] ? [wenxun] : [wenxun, ...rivals]
  const outcomes = kinds.map((kind) => evaluate(kind, collection))
  tables.push(scoreTable(collection, outcomes))
  if (!flags['no-scripts']) tables.push(scriptTable(collection, outcomes))
  figures[name] = outcomes.map(({ perQuery: _, ...rest }) => rest)
}
if (tables.length === 0) console.log('SKIPPED: no judged collection found.')
printTables(tables)
if (flags.save && tables.length > 0) save('relevance', figures, tables)

function evaluate(kind: EngineKind, collection: Collection): Outcome {
  const engine = kind.build(asSources(collection), { withTitles: true })
  const queries =
    flags.sample === undefined
      ? collection.queries
      : sample(collection.queries, Number(flags.sample), SAMPLE_SEED)
  const scores = scoreAll(engine, collection, queries)
  const asked = kind === wenxun ? SCRIPTS : SCRIPTS.slice(0, 1)
  const scripts = flags['no-scripts'] ? [] : asked
  return {
    engine: kind.name,
    setting: kind.setting,
    mean: meanScores(scores),
    perQuery: scores.map(({ ndcg10 }) => ndcg10),
    scripts: Object.fromEntries(
      scripts.map((script) => {
        const convert = OpenCC.Converter({ from: 'cn', to: script })
        const converted = queries.map((query) => ({ ...query, text: convert(query.text) }))
        return [script, meanScores(scoreAll(engine, collection, converted)).ndcg10]
      }),
    ),
  }
}

function scoreAll(
  engine: Engine,
  { documents }: Collection,
  queries: readonly JudgedQuery[],
): Scores[] {
  return queries.map(({ text, relevant }) =>
    scoreRanking(
      engine.search(plainQuery('questions', text), DEPTH).map((row) => documents[row]!.id),
      relevant,
    ),
  )
}

function asSources({ documents }: Collection): SourceDocument[] {
  return documents.map(({ id, title, text }) => ({ id, title, paragraphs: [{ text }] }))
}

function scoreTable({ name, documents }: Collection, outcomes: readonly Outcome[]): Table {
  const ours = outcomes[0]!
  const count = ours.perQuery.length
  return {
    title: `${name}: ${documents.length} documents, ${count} queries`,
    header: ['engine', 'nDCG@10', 'MRR@10', 'R@10', 'R@100', 'p against Wenxun'],
    rows: outcomes.map((outcome) => [
      `${outcome.engine} (${outcome.setting})`,
      show(outcome.mean.ndcg10),
      show(outcome.mean.mrr10),
      show(outcome.mean.recall10),
      show(outcome.mean.recall100),
      outcome === ours ? '' : randomisationTest(ours.perQuery, outcome.perQuery).toFixed(4),
    ]),
  }
}

function scriptTable({ name }: Collection, outcomes: readonly Outcome[]): Table {
  return {
    title: `${name}: nDCG@10 of the queries in Traditional script, less that of the given ones`,
    header: ['engine', 'given', ...SCRIPTS],
    rows: outcomes.map(({ engine, mean, scripts }) => [
      engine,
      show(mean.ndcg10),
      ...SCRIPTS.map((script) => {
        const score = scripts[script]
        return score === undefined ? '-' : signed(score - mean.ndcg10)
      }),
    ]),
  }
}

function show(score: number): string {
  return score.toFixed(4).replace(/^0/, '')
}

function signed(difference: number): string {
  return `${difference < 0 ? '-' : '+'}${show(Math.abs(difference))}`
}
