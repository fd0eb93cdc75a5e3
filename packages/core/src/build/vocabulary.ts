/**
 * What an index stores of the analyzer's knowledge, trimmed to its own texts: folds, regional
 * words, readings.
 */

import type { FoldTable } from '@wenxun/tokenizer'
import { Folder, restrictFolds } from '@wenxun/tokenizer/scan'
import { QUESTION_CHARACTERS } from '../ranking/question-words.js'
import type { IndexMetadata } from '../segment/metadata.js'
import type { HeldCharacters } from './pinyin-writer.js'

/** The paragraph texts; `hasSource` tells whether a UTF-16 unit occurred before folding. */
export interface HeldTexts extends HeldCharacters {
  hasSource(unit: number): boolean
}

/**
 * The folds that the texts, the values of the columns and the regional words need. Filters are
 * blind to script, too, and regional and question words must fold right to be known.
 */
export function foldsOf(
  all: FoldTable,
  text: HeldTexts,
  context: HeldCharacters,
  columnTexts: Iterable<string>,
  synonyms: string,
): IndexMetadata['folds'] {
  const elsewhere = foldedUnits(all, columnTexts)
  const words = synonyms + QUESTION_CHARACTERS
  for (let i = 0; i < words.length; i++) elsewhere.add(words.charCodeAt(i))
  const isKnown = (unit: number) =>
    text.hasUnit(unit) || context.hasUnit(unit) || elsewhere.has(unit)
  const keep = (char: string) => {
    return isKnown(char.charCodeAt(0)) && (char.length === 1 || isKnown(char.charCodeAt(1)))
  }
  const folds = restrictFolds(all, keep)
  const { from, to } = folds
  return { from, to, ambiguous: writtenSeveralWays(folds, (unit) => text.hasSource(unit)) }
}

function foldedUnits(folds: FoldTable, texts: Iterable<string>): Set<number> {
  let folder: Folder | null = null
  const found = new Set<number>()
  for (const text of texts) {
    // Many indexes have no such texts, and a folder takes a millisecond to make.
    folder ??= new Folder(folds)
    const { units, length } = folder.fold(text)
    for (let i = 0; i < length; i++) found.add(units[i]!)
  }
  return found
}

/** The ambiguous characters that the texts really write in more than one way. */
function writtenSeveralWays(folds: FoldTable, isWritten: (unit: number) => boolean): string {
  const targets = Array.from(folds.to)
  const written = new Map<string, number>()
  for (const [i, source] of Array.from(folds.from).entries()) {
    if (!isWritten(source.charCodeAt(0))) continue
    written.set(targets[i]!, (written.get(targets[i]!) ?? 0) + 1)
  }
  return Array.from(folds.ambiguous ?? '')
    .filter((char) => (written.get(char) ?? 0) + Number(isWritten(char.charCodeAt(0))) > 1)
    .join('')
}
