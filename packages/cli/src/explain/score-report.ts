/** Why a hit has its score, as a person reads it: a tree of what adds up to it. */
import type { HitExplanation, ScoreNode, TermFactors } from '@wenxun/core/explain'
import { formatTable } from '../output/table.js'
import type { Terminal } from '../output/terminal.js'

/** Score units in a score of 1. */
const scale = 65_536

const names: Readonly<Record<ScoreNode['kind'], string>> = {
  hit: 'score',
  text: 'text',
  title: 'title',
  heading: 'heading',
  characters: 'characters',
  term: '',
  start: 'query near the start',
  unexplained: 'unexplained',
}

const groups: Readonly<Record<HitExplanation['group'], string>> = {
  'contains the query': '1 contains the query',
  'contains it in other words': '2 contains it in other words',
  'has terms of it': '3 has terms of it',
}

/** The rows of an explanation, indented by `indent` cells, each ended by a line break. */
export function formatExplanation(
  explanation: HitExplanation,
  indent: number,
  { colors, columns }: Terminal,
): string {
  const { group, secondLook, length, tree } = explanation
  const look = secondLook ? '' : '; not among the best by lists, so its text was not looked at'
  const head = `group ${groups[group]}; ${length} characters and tokens long${look}`
  const room = columns > 0 ? Math.max(16, columns - indent - 50) : Number.MAX_SAFE_INTEGER
  const [header = '', ...rows] = formatTable(
    [
      { header: 'score', align: 'right' },
      { header: 'for', maxWidth: room },
      { header: 'weight × idf × tf factor' },
    ],
    [...rowsOf(tree, 0)],
  )
  const lines = [colors.dim(head), colors.dim(header), ...rows]
  return lines.map((line) => `${' '.repeat(indent)}${line}\n`).join('')
}

function* rowsOf(node: ScoreNode, depth: number): Generator<string[]> {
  const { kind, label, units, factors, offset, parts = [] } = node
  const name = [names[kind], label].filter((text) => text !== '').join(' ')
  const start = offset === undefined ? '' : `query stands at ${offset}`
  const how = factors === undefined ? start : shownFactors(factors)
  yield [(units / scale).toFixed(4), '  '.repeat(depth) + name, how]
  for (const part of parts) yield* rowsOf(part, depth + 1)
}

function shownFactors({ weight, idf, rows, tf, factor, damped }: TermFactors): string {
  const product = [weight, idf, factor].map((number) => number.toFixed(3)).join(' × ')
  const paragraphs = rows === 1 ? '1 paragraph' : `${rows} paragraphs`
  const title = damped ? '; the title has it' : ''
  return `${product}  tf ${tf}, in ${paragraphs}${title}`
}
