/** Readings of an index's characters and words → section PINY. Layout: pinyin/reading-table.ts. */

import { characterReadings, exceptionReadings } from '@wenxun/tokenizer/readings'
import { ByteWriter } from '../bytes/byte-writer.js'
import type { HeldPairs } from './synonyms-writer.js'

/** What the writer asks the fields. */
export interface HeldCharacters extends HeldPairs {
  /** Whether a folded UTF-16 unit occurred in any text. */
  hasUnit(unit: number): boolean
}

/**
 * The bytes of the section; empty when no character of the index has a reading. Common characters
 * that the index lacks are told by their usual reading: a misspelt query holds them.
 */
export function writePinyin(fields: readonly HeldCharacters[]): Uint8Array {
  const usual: Reading[] = []
  const others: Reading[] = []
  let held = 0
  for (const [char, { readings, isCommon }] of characterReadings()) {
    const unit = char.charCodeAt(0)
    const isHeld = fields.some((field) => field.hasUnit(unit))
    if (!isHeld && !isCommon) continue
    usual.push({ unit, syllable: readings[0]! })
    if (!isHeld) continue
    held++
    for (const syllable of readings.slice(1)) others.push({ unit, syllable })
  }
  return held === 0 ? new Uint8Array(0) : encode(usual, others, heldWords(fields))
}

interface Reading {
  readonly unit: number
  readonly syllable: string
}

function heldWords(fields: readonly HeldCharacters[]): string {
  return Array.from(exceptionReadings())
    .filter(([word]) => fields.some((field) => field.mayHold(word)))
    .map(([word, numbers]) => word + numbers.join(''))
    .join(' ')
}

function encode(usual: Reading[], others: Reading[], words: string): Uint8Array {
  const syllables = [...new Set([...usual, ...others].map(({ syllable }) => syllable))].sort()
  const ids = new Map(syllables.map((syllable, id) => [syllable, id]))
  const out = new ByteWriter()
  out.text(syllables.join(' '))
  for (const list of [usual, others]) {
    list.sort((a, b) => a.unit - b.unit || (a.syllable < b.syllable ? -1 : 1))
    out.varint(list.length)
    for (const [i, { unit }] of list.entries()) out.varint(unit - (list[i - 1]?.unit ?? 0))
    for (const { syllable } of list) out.varint(ids.get(syllable)!)
  }
  out.text(words)
  return out.finish()
}
