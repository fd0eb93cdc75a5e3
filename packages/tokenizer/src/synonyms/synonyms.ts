/** Words that are said otherwise in Taiwan and Hong Kong, for both directions. */
import { synonymPairs, wholeWords } from './synonym-data.js'

/** A folded word with another that may stand in its place. */
export interface RegionalWord {
  readonly word: string
  /** What else to look for; '' for a word that only looks as if it held others (软体动物). */
  readonly other: string
  /** Whether `other` is the mainland's word. */
  readonly isMainland: boolean
}

let known: readonly RegionalWord[] | null = null

/** All words, both ways; a word may be there more than once. */
export function regionalWords(): readonly RegionalWord[] {
  known ??= readWords()
  return known
}

function readWords(): RegionalWord[] {
  const found: RegionalWord[] = []
  for (const pair of synonymPairs.trim().split(/\s/)) {
    const [mainland, regional] = pair.split(/[=<]/) as [string, string]
    found.push({ word: regional, other: mainland, isMainland: true })
    if (pair.includes('=')) found.push({ word: mainland, other: regional, isMainland: false })
  }
  for (const word of wholeWords.trim().split(/\s/)) {
    found.push({ word, other: '', isMainland: true })
  }
  return found
}
