/**
 * A query made ready for one index: parts with the terms they require, what a paragraph must and
 * must not have, and all scoring terms with their posting lists. Planning reads dictionaries only.
 */

import type { Folder } from '@wenxun/tokenizer/scan'
import type { Field } from '../field/field.js'
import type { TermEntry } from '../terms/term-dictionary.js'
import { type Evidence, EvidenceKind, evidenceOf } from './evidence.js'
import { addOperator, prefixPart } from './operator-plan.js'
import { type Phrase, phrasesOf } from './phrase.js'
import { type PlannedPhrase, planPhrase } from './planned-phrase.js'
import type { Clause, FieldNode, QueryNode, TextNode } from './query.js'
import { type ScannedText, scanText } from './scanned-text.js'
import { lookUp, type ScoredTerms } from './scored-terms.js'

export type { PlannedPhrase } from './planned-phrase.js'
export { planPhrase } from './planned-phrase.js'
export type { CharacterTerm, ContextTerm, ScoredTerm } from './scored-terms.js'

/** What a paragraph of the first group contains: a word of the query, or one of several. */
export interface PlannedPart {
  /** As it was written. */
  readonly text: string
  /** The part as it stands, and the other ways to write it. */
  readonly phrases: readonly PlannedPhrase[]
  /** How the part was written, where a character of it folds together with other words'. */
  readonly spelling: Spelling | null
  /** The part in other words, ranked behind: regional synonyms, sound. */
  readonly alternatives: readonly PlannedPhrase[]
}

/** A part that is content with its alternatives. */
export function widened(part: PlannedPart): PlannedPart {
  return { ...part, phrases: [...part.phrases, ...part.alternatives] }
}

/** 乾 folds to 干, as 幹 does: a text with 乾 or 干 answers 乾燥, one with 幹 hardly. */
export interface Spelling {
  readonly typed: string
  /** The folded form where it differs in an ambiguous character, else null. */
  readonly folded: string | null
  /** Units of the folded form that are ambiguous. */
  readonly places: readonly number[]
}

/** What a paragraph must have, or must not. */
export type Condition =
  | { readonly kind: 'part'; readonly part: PlannedPart }
  | FieldNode
  | { readonly kind: 'all' | 'any'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly condition: Condition }

/** A query part in other words. */
export interface Expansion {
  /** Folded text. */
  readonly text: string
  /** Share of its evidence's weight, below 1. */
  readonly factor: number
  /** Whether a paragraph with a piece of it is a hit, or only one with all of it. */
  readonly piecesQualify: boolean
}

/** Finds other words for a query part. */
export type Expand = (scanned: ScannedText, source: string) => readonly Expansion[]

export interface QueryPlan extends ScoredTerms {
  /** Paragraphs that contain all of them come first. */
  readonly parts: readonly PlannedPart[]
  /** Every hit meets all of these; fields are in `fields`. */
  readonly required: readonly Condition[]
  /** No hit meets any of these. */
  readonly excluded: readonly Condition[]
  /** What the hits' documents have, or have not. */
  readonly fields: readonly (FieldNode & { readonly excluded: boolean })[]
  /** All evidence, also what the index lacks. */
  readonly evidence: readonly Evidence[]
  /** Runs of the texts that are evidence. */
  readonly runs: readonly string[]
  /**
   * Vocabulary terms of at least `length` units that a text begins with. Those of three and more
   * characters in runs of the query are marked, but not scored.
   */
  standingAt(text: string, length: number): TermEntry[]
  /** Whether the query is one text without choices. */
  readonly isSimple: boolean
  /** Whether no prefix begins more terms than are looked at. */
  readonly isComplete: boolean
}

export interface PlanBasis {
  readonly folder: Folder
  readonly text: Field
  readonly context: Field
  readonly expand: Expand
  /** Folded characters that stand for several; see FoldTable. */
  readonly ambiguous: string
  /** Told which terms and beginnings of terms will be looked up; see Ahead. */
  readonly ahead?: ((terms: readonly string[], prefixes: readonly string[]) => void) | undefined
}

export function planQuery(clauses: readonly Clause[], basis: PlanBasis): QueryPlan {
  const planner = new Planner(basis)
  if (basis.ahead !== undefined) announce(clauses, basis, basis.ahead)
  planner.add(clauses, false)
  // A query that only excludes asks for nothing; its words are taken as text.
  if (planner.parts.length === 0 && planner.required.length === 0 && planner.fields.length === 0) {
    planner.excluded = []
    planner.add(clauses, false, true)
  }
  const { parts, required, excluded, fields, isComplete } = planner
  const evidence = [...planner.evidence.values()]
  const isSimple = parts.length === 1 && required.every(({ kind }) => kind === 'part')
  const scored = lookUp(evidence, basis.text, basis.context)
  const { runs } = planner
  const standingAt = (run: string, length: number) =>
    basis.text.dictionary.standingAt(run, 0, length)
  return {
    parts,
    required,
    excluded,
    fields,
    evidence,
    runs,
    standingAt,
    isSimple,
    isComplete,
    ...scored,
  }
}

/** Gathers what the clauses of a query ask for. */
export class Planner {
  readonly basis: PlanBasis
  readonly parts: PlannedPart[] = []
  readonly required: Condition[] = []
  excluded: Condition[] = []
  readonly fields: (FieldNode & { excluded: boolean })[] = []
  readonly evidence = new Map<string, Evidence>()
  /** Runs of the texts that are evidence. */
  readonly runs: string[] = []
  isComplete = true

  constructor(basis: PlanBasis) {
    this.basis = basis
  }

  /** `strict`: within +( … ), where everything must occur. */
  add(clauses: readonly Clause[], strict: boolean, signsAreText = false): void {
    for (const clause of clauses) {
      const { occur, node } = clause
      if (node.kind !== 'text' || (occur === 'mustNot' && !signsAreText)) {
        addOperator(this, clause, strict, signsAreText)
        continue
      }
      const part = this.part(node, true)
      if (part === null) continue
      this.parts.push(part)
      const isRequired = strict || occur === 'must' || node.form === 'quoted'
      if (isRequired) this.required.push({ kind: 'part', part })
    }
  }

  /** Null when the text has no terms. */
  part({ text, form }: TextNode, wanted: boolean): PlannedPart | null {
    const { folder, text: field } = this.basis
    const scanned = scanText(folder, text)
    const phrases = phrasesOf(scanned)
    if (phrases.length === 0) return null
    const quoted = form === 'quoted'
    const plan = (phrase: Phrase) => planPhrase(phrase, quoted, field)
    if (form === 'prefix') return prefixPart(this, text, scanned, phrases[0]!, wanted)
    if (wanted) this.collect(scanned, 1, true)
    // A quoted part is meant as it stands.
    const expansions = quoted ? [] : this.basis.expand(scanned, text)
    const alternatives = expansions.flatMap(({ text: other, factor, piecesQualify }) => {
      const inOtherWords = scanText(folder, other)
      if (wanted) this.collect(inOtherWords, factor, piecesQualify)
      return phrasesOf(inOtherWords).slice(0, 1)
    })
    return {
      text,
      spelling: spellingOf(text, scanned, this.basis.ambiguous),
      phrases: (quoted ? phrases.slice(0, 1) : phrases).map(plan),
      alternatives: alternatives.map(plan),
    }
  }

  /** Takes the terms of a text as evidence. */
  collect(
    scanned: ScannedText,
    factor: number,
    piecesQualify: boolean,
    accepts?: (term: string) => boolean,
  ): void {
    for (const { start, end } of scanned.runs) this.runs.push(scanned.text.slice(start, end))
    for (const item of evidenceOf(scanned)) {
      if (accepts !== undefined && !accepts(item.term)) continue
      const known = this.evidence.get(item.term)
      const weight = Math.max(item.weight * factor, known?.weight ?? 0)
      const qualifies = (piecesQualify && item.qualifies) || (known?.qualifies ?? false)
      // Not a matter of order: a question word asks nothing only where all of the query asks.
      const isQuestion = item.isQuestion && (known?.isQuestion ?? true)
      this.evidence.set(item.term, { ...item, weight, qualifies, isQuestion })
    }
  }
}

function spellingOf(typed: string, { text }: ScannedText, ambiguous: string): Spelling | null {
  const places: number[] = []
  for (let i = 0; i < text.length; i++) if (ambiguous.includes(text[i]!)) places.push(i)
  if (places.length === 0) return null
  const isSame = places.every((place) => typed.includes(text[place]!))
  return { typed, folded: isSame ? null : text, places }
}

/** Words are seldom longer, in UTF-16 units. */
const USUAL_WORD = 12

/** Whatever stands in a text from a term on, as far as words go. */
function standingWith(term: string, text: string): string[] {
  const found: string[] = []
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    const longest = Math.min(USUAL_WORD, text.length - at)
    for (let length = term.length; length <= longest; length++) {
      found.push(text.slice(at, at + length))
    }
  }
  return found
}

/** Says at once what planning will look up, for all texts of a query. */
function announce(
  clauses: readonly Clause[],
  { folder }: PlanBasis,
  ahead: NonNullable<PlanBasis['ahead']>,
): void {
  const terms: string[] = []
  const prefixes: string[] = []
  const visit = (node: QueryNode): void => {
    if (node.kind === 'all' || node.kind === 'any') for (const c of node.clauses) visit(c.node)
    if (node.kind !== 'text') return
    const scanned = scanText(folder, node.text)
    for (const { term, kind, qualifies } of evidenceOf(scanned)) {
      if (kind === EvidenceKind.token) terms.push(term)
      else if (qualifies) terms.push(...standingWith(term, scanned.text))
    }
    const last = phrasesOf(scanned)[0]?.elements.at(-1)
    if (node.form === 'prefix' && last !== undefined) prefixes.push(last.term)
  }
  for (const { node } of clauses) visit(node)
  ahead(terms, prefixes)
}
