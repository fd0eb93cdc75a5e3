/** Pinyin without tones (ü is v) of folded characters, and of words that need telling. */
import { exceptionWords, syllableGroups } from './reading-data.js'

export interface CharacterReadings {
  /** The usual one first, the others in alphabetical order. */
  readonly readings: readonly string[]
  /** Whether it is one of the 2,000 characters that make up nearly all of what people write. */
  readonly isCommon: boolean
}

/** Places of the lists in a group: usual readings of common and rarer characters, others. */
const COMMON = 1
const OTHERS = 3

/** Readings of every known character of the BMP. */
export function characterReadings(): Map<string, CharacterReadings> {
  const found = new Map<string, { readings: string[]; isCommon: boolean }>()
  const groups = syllableGroups.trim().split('\n')
  for (let place = COMMON; place <= OTHERS; place++) {
    for (const group of groups) {
      const parts = group.split(':')
      for (const char of parts[place] ?? '') {
        const known = found.get(char)
        if (known === undefined) {
          found.set(char, { readings: [parts[0]!], isCommon: place === COMMON })
        } else known.readings.push(parts[0]!)
      }
    }
  }
  return found
}

/**
 * Words with the number of the reading of each character. Known words from the left, longest
 * first, then usual readings, give the reading of a text.
 */
export function exceptionReadings(): Map<string, readonly number[]> {
  const found = new Map<string, number[]>()
  for (const entry of exceptionWords.trim().split(/\s/)) {
    const length = entry.length / 2
    found.set(entry.slice(0, length), Array.from(entry.slice(length), Number))
  }
  return found
}
