/**
 * A query made ready for one index: parts with the terms they require, and all scoring terms with
 * their posting lists. Planning reads dictionaries only.
 */

import type { Folder } from '@wenxun/tokenizer/scan'
import type { PostingList } from '../postings/posting-list.js'
import { idf, SCALE } from '../ranking/bm25.js'
import type { FieldIndex } from '../segment/field-index.js'
import type { TermEntry } from '../terms/term-dictionary.js'
import { type Evidence, EvidenceKind, evidenceOf } from './evidence.js'
import type { Clause } from './parse-query.js'
import { type Phrase, phrasesOf } from './phrase.js'
import { charactersOf, type ScannedText, scanText } from './scanned-text.js'

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

/** One way to read a part, with what its paragraphs must have. */
export interface PlannedPhrase {
  readonly phrase: Phrase
  /**
   * Lists of the pairs and tokens in it, or of its characters where it has nothing else; null
   * when the index lacks one.
   */
  readonly required: readonly PostingList[] | null
  /** Whether every row that has the required lists contains the phrase. */
  readonly isExact: boolean
  /** The list of the phrase as a word: its rows are known to contain it. */
  readonly word: PostingList | null
}

export interface PlannedPart {
  readonly clause: Clause
  /** The part as it stands, and the other ways to write it. */
  readonly phrases: readonly PlannedPhrase[]
  /** How the part was written, where a character of it folds together with other words'. */
  readonly spelling: Spelling | null
  /** The part in other words, ranked behind: regional synonyms, sound. */
  readonly alternatives: readonly PlannedPhrase[]
}

/** 乾 folds to 干, as 幹 does: a text with 乾 or 干 answers 乾燥, one with 幹 hardly. */
export interface Spelling {
  readonly typed: string
  /** The folded form where it differs in an ambiguous character, else null. */
  readonly folded: string | null
  /** Units of the folded form that are ambiguous. */
  readonly places: readonly number[]
}

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

/** A character that adds to the score of the best rows, counted in their texts. */
export interface CharacterTerm {
  readonly evidence: Evidence
  readonly weight: number
}

export interface QueryPlan {
  readonly parts: readonly PlannedPart[]
  /** Distinct qualifying terms of all parts that are not excluded, by descending ceiling. */
  readonly terms: readonly ScoredTerm[]
  readonly contextTerms: readonly ContextTerm[]
  readonly characters: readonly CharacterTerm[]
  /** All evidence, also what the index lacks. */
  readonly evidence: readonly Evidence[]
  /** How mostly a pair is a word in the texts, 0 to 3. */
  readonly wordShares: ReadonlyMap<string, number>
  /** What a term says about a text that has it: its weight with idf. */
  readonly values: ReadonlyMap<string, number>
}

/** A query of more distinct terms is scored by its weightiest ones. */
const MAX_SCORED_TERMS = 512

export interface PlanBasis {
  readonly folder: Folder
  readonly text: FieldIndex
  readonly context: FieldIndex
  readonly expand: Expand
  /** Folded characters that stand for several; see FoldTable. */
  readonly ambiguous: string
}

export function planQuery(clauses: readonly Clause[], basis: PlanBasis): QueryPlan {
  const { folder, text } = basis
  const parts: PlannedPart[] = []
  const evidence = new Map<string, Evidence>()
  const findWords = (run: string, at: number, prefix: number) =>
    text.dictionary.standingAt(run, at, prefix).map(({ term }) => term)
  const collect = (scanned: ScannedText, factor: number, piecesQualify: boolean) => {
    for (const item of evidenceOf(scanned, findWords)) {
      const weight = item.weight * factor
      const known = evidence.get(item.term)
      if (known !== undefined && known.weight >= weight) continue
      const qualifies = (piecesQualify && item.qualifies) || (known?.qualifies ?? false)
      evidence.set(item.term, { ...item, weight, qualifies })
    }
  }
  for (const clause of clauses) {
    const scanned = scanText(folder, clause.text)
    const phrases = phrasesOf(scanned)
    if (phrases.length === 0) continue
    // A quoted part is meant as it stands.
    const forms = clause.quoted ? phrases.slice(0, 1) : phrases
    const expansions = clause.quoted ? [] : basis.expand(scanned, clause.text)
    if (clause.occur !== 'mustNot') collect(scanned, 1, true)
    const alternatives = expansions.flatMap(({ text: other, factor, piecesQualify }) => {
      const inOtherWords = scanText(folder, other)
      if (clause.occur !== 'mustNot') collect(inOtherWords, factor, piecesQualify)
      return phrasesOf(inOtherWords).slice(0, 1)
    })
    parts.push({
      clause,
      spelling: spellingOf(clause.text, scanned, basis.ambiguous),
      phrases: forms.map((phrase) => planPhrase(phrase, text)),
      alternatives: alternatives.map((phrase) => planPhrase(phrase, text)),
    })
  }
  return { parts, evidence: [...evidence.values()], ...lookUp(evidence.values(), basis) }
}

function spellingOf(typed: string, { text }: ScannedText, ambiguous: string): Spelling | null {
  const places: number[] = []
  for (let i = 0; i < text.length; i++) if (ambiguous.includes(text[i]!)) places.push(i)
  if (places.length === 0) return null
  const isSame = places.every((place) => typed.includes(text[place]!))
  return { typed, folded: isSame ? null : text, places }
}

function lookUp(evidence: Iterable<Evidence>, { text, context }: PlanBasis) {
  const terms: ScoredTerm[] = []
  const contextTerms: ContextTerm[] = []
  const characters: CharacterTerm[] = []
  const wordShares = new Map<string, number>()
  const values = new Map<string, number>()
  for (const item of evidence) {
    if (item.weight === 0) continue
    const entry = text.dictionary.get(item.term)
    const value = item.weight * idf(text.rows, entry?.rows ?? 0)
    const weight = value * SCALE
    values.set(item.term, value)
    const isCharacter = item.kind === EvidenceKind.character
    if (isCharacter && !item.qualifies) characters.push({ evidence: item, weight })
    else {
      const list = entry === null ? null : listOf(item, entry, text)
      if (list !== null) {
        terms.push({ evidence: item, list, weight, ceiling: Math.floor(weight * list.bound) })
        wordShares.set(item.term, entry?.wordShare ?? 0)
      }
      const inContext = context.dictionary.get(item.term)
      const contextList = inContext === null ? null : listOf(item, inContext, context)
      if (contextList !== null) contextTerms.push({ evidence: item, list: contextList, weight })
    }
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

function listOf(item: Evidence, entry: TermEntry, field: FieldIndex): PostingList | null {
  if (item.kind === EvidenceKind.character) return field.characterList(item.term)
  return entry.frequency === 0 ? null : field.list(entry)
}

export function planPhrase(phrase: Phrase, field: FieldIndex): PlannedPhrase {
  const lists: PostingList[] = []
  const { terms, characters } = requiredTerms(phrase)
  for (const term of terms) {
    const entry = field.dictionary.get(term)
    if (entry === null || entry.frequency === 0) return ABSENT(phrase)
    lists.push(field.list(entry))
  }
  for (const character of terms.length === 0 ? characters : []) {
    const list = field.characterList(character)
    if (list === null) return ABSENT(phrase)
    lists.push(list)
  }
  const [element, more] = phrase.elements
  const isRun = element !== undefined && more === undefined && element.isRun
  const word = isRun ? field.dictionary.get(element.term) : null
  return {
    phrase,
    required: lists,
    // Not the number of lists: 哈哈哈 has one pair, too.
    isExact: isRun && charactersOf(element.term).length <= 2,
    word: word === null || word.frequency === 0 ? null : field.list(word),
  }
}

const ABSENT = (phrase: Phrase): PlannedPhrase => ({
  phrase,
  required: null,
  isExact: false,
  word: null,
})

/** Every text that contains the phrase has these; distinct, in order. */
function requiredTerms(phrase: Phrase): { terms: string[]; characters: string[] } {
  const terms = new Set<string>()
  const single = new Set<string>()
  for (const { term, isRun } of phrase.elements) {
    const characters = isRun ? charactersOf(term) : []
    if (!isRun) terms.add(term)
    else if (characters.length === 1) single.add(term)
    for (let i = 1; i < characters.length; i++) terms.add(characters[i - 1]! + characters[i]!)
  }
  return { terms: [...terms], characters: [...single] }
}
