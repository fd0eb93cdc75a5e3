/**
 * The terms that speak for a query part, with their weights: what is looked up, scored and marked.
 */

import { TokenKind } from '@wenxun/tokenizer/scan'
import { questionUnits } from '../ranking/question-words.js'
import { QUESTION_FACTOR, Weight } from '../ranking/weights.js'
import { charactersOf, type ScannedText } from './scanned-text.js'

export const EvidenceKind = { character: 0, pair: 1, word: 2, token: 3, prefix: 4 } as const
export type EvidenceKind = (typeof EvidenceKind)[keyof typeof EvidenceKind]

export interface Evidence {
  readonly term: string
  readonly kind: EvidenceKind
  /** Relative weight, before idf. Words of three and more characters are marked, not scored. */
  readonly weight: number
  /** Whether a paragraph with this term alone is a hit. */
  readonly qualifies: boolean
  /** Whether the term is (part of) a question word. */
  readonly isQuestion: boolean
}

/** Longer vocabulary terms that stand in a text at an offset; see TermDictionary.standingAt. */
export type WordFinder = (text: string, at: number, prefixLength: number) => readonly string[]

const TOKEN_WEIGHT: Readonly<Record<number, number>> = {
  [TokenKind.whole]: Weight.whole,
  [TokenKind.part]: Weight.part,
  [TokenKind.value]: Weight.value,
  [TokenKind.stem]: Weight.stem,
}

export function evidenceOf(scanned: ScannedText, findWords: WordFinder): Evidence[] {
  const runs = scanned.runs.map(({ start, end }) => scanned.text.slice(start, end))
  const found: Evidence[] = scanned.tokens.map(({ term, kind }) => ({
    term,
    kind: EvidenceKind.token,
    weight: TOKEN_WEIGHT[kind] ?? Weight.whole,
    qualifies: true,
    isQuestion: false,
  }))
  const onlySingles = found.length === 0 && runs.every((run) => !hasContentPair(run))
  // One by one: a spread of a hundred thousand arguments overflows the stack.
  for (const run of runs) {
    for (const item of runEvidence(run, onlySingles, findWords)) found.push(item)
  }
  return found
}

/** Whether two adjacent characters of a run ask nothing: 什么人 has only 人, 设的 is a pair. */
function hasContentPair(run: string): boolean {
  const asking = questionUnits(run)
  let at = 0
  let isContent = false
  for (const character of charactersOf(run)) {
    const wasContent = isContent
    isContent = asking[at] === 0 || character === '的'
    if (wasContent && isContent) return true
    at += character.length
  }
  return false
}

function runEvidence(run: string, singlesQualify: boolean, findWords: WordFinder): Evidence[] {
  const characters = charactersOf(run)
  const asking = questionUnits(run)
  const found: Evidence[] = []
  let at = 0
  for (const [i, character] of characters.entries()) {
    const asks = asking[at] === 1
    found.push({
      term: character,
      kind: EvidenceKind.character,
      weight: Weight.character * (asks ? QUESTION_FACTOR : 1),
      qualifies: singlesQualify && (!asks || characters.length === 1),
      isQuestion: asks,
    })
    const next = characters[i + 1]
    if (next !== undefined) {
      const second = at + character.length
      const nextAsks = asking[second] === 1
      found.push({
        term: character + next,
        kind: EvidenceKind.pair,
        weight: Weight.pair * (asks || nextAsks ? QUESTION_FACTOR : 1),
        qualifies: true,
        isQuestion: asks && nextAsks,
      })
      for (const term of findWords(run, at, character.length + next.length)) {
        found.push({
          term,
          kind: EvidenceKind.word,
          weight: 0,
          qualifies: false,
          isQuestion: false,
        })
      }
    }
    at += character.length
  }
  return found
}
