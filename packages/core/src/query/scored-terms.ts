/** The evidence of a query, looked up in an index: posting lists with their share in the score. */

import type { Field } from '../field/field.js'
import type { PostingList } from '../postings/posting-list.js'
import { idf, SCALE } from '../ranking/bm25.js'
import type { TermEntry } from '../terms/term-dictionary.js'
import { type Evidence, EvidenceKind } from './evidence.js'

/** A term with its list in the texts and its share in the score. */
export interface ScoredTerm {
  readonly evidence: Evidence
  readonly list: PostingList
  /** Integer score units per tf factor. */
  readonly weight: number
  /** No posting of the list scores more. */
  readonly ceiling: number
}

/** A term with its list in titles and headings. */
export interface ContextTerm {
  readonly evidence: Evidence
  readonly list: PostingList
  /** As in the texts: integer score units per tf factor. */
  readonly weight: number
}

/** A character that adds to the score of the best rows, counted in their texts. */
export interface CharacterTerm {
  readonly evidence: Evidence
  readonly weight: number
}

export interface ScoredTerms {
  /** Distinct terms, by descending ceiling. */
  readonly terms: readonly ScoredTerm[]
  readonly contextTerms: readonly ContextTerm[]
  readonly characters: readonly CharacterTerm[]
  /** How mostly a pair is a word in the texts, 0 to 3. */
  readonly wordShares: ReadonlyMap<string, number>
  /** What a term says about a text that has it: its weight with idf. */
  readonly values: ReadonlyMap<string, number>
}

/** A query of more distinct terms is scored by its weightiest ones. */
const MAX_SCORED_TERMS = 512

export function lookUp(evidence: Iterable<Evidence>, text: Field, context: Field): ScoredTerms {
  const terms: ScoredTerm[] = []
  const contextTerms: ContextTerm[] = []
  const characters: CharacterTerm[] = []
  const wordShares = new Map<string, number>()
  const values = new Map<string, number>()
  for (const item of evidence) {
    if (item.kind === EvidenceKind.character && !item.qualifies) {
      const value = item.weight * idf(text.rows, text.characterRows(item.term))
      values.set(item.term, value)
      characters.push({ evidence: item, weight: value * SCALE })
      continue
    }
    const isPrefix = item.kind === EvidenceKind.prefix
    const entry = isPrefix ? null : text.dictionary.get(item.term)
    const prefixed = isPrefix ? text.prefixList(item.term.slice(0, -1)) : null
    const value = item.weight * idf(text.rows, entry?.rows ?? prefixed?.frequency ?? 0)
    const weight = value * SCALE
    values.set(item.term, value)
    const list = prefixed ?? listOf(item, entry, text)
    if (list !== null) {
      terms.push({ evidence: item, list, weight, ceiling: Math.floor(weight * list.bound) })
      wordShares.set(item.term, entry?.wordShare ?? 0)
    }
    const contextList = isPrefix
      ? context.prefixList(item.term.slice(0, -1))
      : listOf(item, context.dictionary.get(item.term), context)
    if (contextList !== null) contextTerms.push({ evidence: item, list: contextList, weight })
  }
  terms.sort((a, b) => b.ceiling - a.ceiling || (a.evidence.term < b.evidence.term ? -1 : 1))
  contextTerms.sort((a, b) => b.weight - a.weight)
  return {
    terms: terms.slice(0, MAX_SCORED_TERMS),
    contextTerms: contextTerms.slice(0, MAX_SCORED_TERMS),
    characters,
    wordShares,
    values,
  }
}

function listOf(item: Evidence, entry: TermEntry | null, field: Field): PostingList | null {
  if (entry === null) return null
  if (item.kind === EvidenceKind.character) return field.characterList(item.term)
  return entry.frequency === 0 ? null : field.list(entry)
}
