/**
 * The terms that speak for a query part, with their weights: what is looked up, scored and marked.
 */

import { TokenKind } from '@wenxun/tokenizer/scan'
import { questionUnits } from '../ranking/question-words.js'
import { QUESTION_FACTOR, Weight } from '../ranking/weights.js'
import { charactersOf, type ScannedText } from './scanned-text.js'

export const EvidenceKind = { character: 0, pair: 1, token: 2, prefix: 3 } as const
export type EvidenceKind = (typeof EvidenceKind)[keyof typeof EvidenceKind]

export interface Evidence {
  readonly term: string
  readonly kind: EvidenceKind
  /** Relative weight, before idf. */
  readonly weight: number
  /** Whether a paragraph with this term alone is a hit. */
  readonly qualifies: boolean
  /** Whether the term is (part of) a question word. */
  readonly isQuestion: boolean
}

const TOKEN_WEIGHT: Readonly<Record<number, number>> = {
  [TokenKind.whole]: Weight.whole,
  [TokenKind.part]: Weight.part,
  [TokenKind.value]: Weight.value,
  [TokenKind.stem]: Weight.stem,
}

export function evidenceOf(scanned: ScannedText): Evidence[] {
  const runs = scanned.runs.map(({ start, end }) => scanned.text.slice(start, end))
  const found: Evidence[] = scanned.tokens.map(({ term, kind }) => ({
    term,
    kind: EvidenceKind.token,
    weight: TOKEN_WEIGHT[kind] ?? Weight.whole,
    qualifies: true,
    isQuestion: false,
  }))
  const asking = runs.map(questionUnits)
  const asksAll = (run: string, i: number) => !hasContentPair(run, asking[i]!)
  const onlySingles = found.length === 0 && runs.every(asksAll)
  for (const [i, run] of runs.entries()) addRunEvidence(found, run, asking[i]!, onlySingles)
  return found
}

/** Whether two adjacent characters of a run ask nothing: 什么人 has only 人, 设的 is a pair. */
function hasContentPair(run: string, asking: Uint8Array): boolean {
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

function addRunEvidence(
  found: Evidence[],
  run: string,
  asking: Uint8Array,
  singlesQualify: boolean,
): void {
  const characters = charactersOf(run)
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
    }
    at += character.length
  }
}
