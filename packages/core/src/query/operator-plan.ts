/**
 * What operators of a query ask for: choices, exclusions, fields, prefixes. Apart from the plan of
 * plain words, so that a page loads it when an operator is typed.
 */

import { STEM_PREFIX } from '@wenxun/tokenizer/scan'
import { MOST_PREFIXED } from '../field/field.js'
import { Weight } from '../ranking/weights.js'
import { EvidenceKind } from './evidence.js'
import type { Phrase } from './phrase.js'
import { planPhrase } from './planned-phrase.js'
import type { Clause, QueryNode } from './query.js'
import type { Condition, PlannedPart, Planner } from './query-plan.js'
import type { ScannedText } from './scanned-text.js'

/** Adds a clause that is more than a text to look for. */
export function addOperator(
  planner: Planner,
  { occur, node }: Clause,
  strict: boolean,
  signsAreText: boolean,
): void {
  if (occur === 'mustNot' && !signsAreText) exclude(planner, node)
  else if (node.kind === 'field') planner.fields.push({ ...node, excluded: false })
  else if (node.kind === 'any') choose(planner, node, signsAreText)
  else if (node.kind === 'all') planner.add(node.clauses, strict || occur === 'must', signsAreText)
}

function exclude(planner: Planner, node: QueryNode): void {
  if (node.kind === 'field') planner.fields.push({ ...node, excluded: true })
  else {
    const condition = conditionOf(planner, node, false)
    if (condition !== null) planner.excluded.push(condition)
  }
}

/** A choice is one part, which a paragraph contains that has any of its texts. */
function choose(planner: Planner, node: QueryNode, signsAreText: boolean): void {
  const texts: PlannedPart[] = []
  const condition = conditionOf(planner, node, true, texts)
  if (condition !== null && !signsAreText) planner.required.push(condition)
  const phrases = texts.flatMap((part) => part.phrases)
  const alternatives = texts.flatMap((part) => part.alternatives)
  const text = texts.map((part) => part.text).join(' | ')
  if (phrases.length > 0) planner.parts.push({ text, phrases, spelling: null, alternatives })
}

/** `wanted`: its texts are evidence, and go to `texts`. Null when there is nothing to ask for. */
function conditionOf(
  planner: Planner,
  node: QueryNode,
  wanted: boolean,
  texts: PlannedPart[] = [],
): Condition | null {
  if (node.kind === 'field') return node
  if (node.kind === 'text') {
    const part = planner.part(node, wanted)
    if (part === null) return null
    if (wanted) texts.push(part)
    return { kind: 'part', part }
  }
  const conditions: Condition[] = []
  for (const { occur, node: inner } of node.clauses) {
    const isNot = occur === 'mustNot'
    const condition = conditionOf(planner, inner, wanted && !isNot, texts)
    if (condition !== null) conditions.push(isNot ? { kind: 'not', condition } : condition)
  }
  return conditions.length === 0 ? null : { kind: node.kind, conditions }
}

/** A run may go on anyway; a token at the end stands for all that begin with it. */
export function prefixPart(
  planner: Planner,
  text: string,
  scanned: ScannedText,
  phrase: Phrase,
  wanted: boolean,
): PlannedPart {
  const last = phrase.elements.at(-1)!
  const elements = [...phrase.elements.slice(0, -1), { ...last, isPrefix: !last.isRun }]
  if (wanted) {
    planner.collect(scanned, 1, true, (term) => !term.startsWith(STEM_PREFIX))
    if (!last.isRun) {
      const term = `${last.term}*`
      const [kind, weight] = [EvidenceKind.prefix, Weight.whole]
      planner.evidence.set(term, { term, kind, weight, qualifies: true, isQuestion: false })
    }
  }
  const planned = planPhrase({ elements }, false, planner.basis.text)
  const { dictionary } = planner.basis.text
  const most = last.isRun ? [] : dictionary.withPrefix(last.term, MOST_PREFIXED + 1)
  planner.isComplete &&= most.length <= MOST_PREFIXED
  return { text, phrases: [planned], spelling: null, alternatives: [] }
}
