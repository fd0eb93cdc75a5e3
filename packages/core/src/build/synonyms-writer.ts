/** Regional words → section SYNO, trimmed to what an index may hold. Layout: synonyms.ts. */

import { type RegionalWord, regionalWords } from '@wenxun/tokenizer/synonyms'
import { pairKey } from '../counts/index-counts.js'

/** What a writer asks the fields about texts of BMP characters. */
export interface HeldPairs {
  /** Whether every adjacent pair of a text occurs. */
  mayHold(text: string): boolean
  /** Whether a pair of characters is ever a word where it occurs; see terms/term-block.ts. */
  isWord(pair: string): boolean
}

/** Every pair of the words that `writeSynonyms` asks for; see counts/index-counts.ts. */
export function regionalPairs(): Set<number> {
  const pairs = new Set<number>()
  for (const { other } of regionalWords()) {
    for (let i = 1; i < other.length; i++) {
      pairs.add(pairKey(other.charCodeAt(i - 1), other.charCodeAt(i)))
    }
  }
  return pairs
}

/** The text of the section; empty when no word matters. */
export function writeSynonyms(fields: readonly HeldPairs[]): string {
  const held = (entry: RegionalWord) => fields.some((field) => isHeld(entry, field))
  const others = new Map<string, string[]>()
  const words = regionalWords()
  for (const entry of words.filter(({ other }) => other !== '').filter(held)) {
    const known = others.get(entry.word) ?? []
    others.set(entry.word, [...new Set([...known, entry.other])].sort())
  }
  const kept = [...others.keys()]
  for (const { word, other } of words) {
    if (other === '' && kept.some((part) => word.includes(part))) others.set(word, [])
  }
  const lines = [...others].sort(([a], [b]) => (a < b ? -1 : 1))
  return lines.map(([word, list]) => [word, ...list].join(' ')).join('\n')
}

/**
 * Whether searching for the other word can find anything. The segmenter knows the mainland's
 * words: a pair that it never cuts out is an accident (国内存在 holds no 内存).
 */
function isHeld({ other, isMainland }: RegionalWord, field: HeldPairs): boolean {
  return field.mayHold(other) && (!isMainland || other.length > 2 || field.isWord(other))
}
