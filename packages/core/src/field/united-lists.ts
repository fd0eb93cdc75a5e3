/** The rows that hold any of several terms, put together from their lists. */

import { corrupt } from '../errors.js'
import { PostingList } from '../postings/posting-list.js'
import { MAX_STORED_TF } from '../postings/postings-codec.js'
import type { BoundBasis } from '../postings/postings-writer.js'
import type { TermEntry } from '../terms/term-dictionary.js'
import { type Field, MOST_PREFIXED } from './field.js'

/** The union of lists, frequencies added up. There must be at least one. */
export function uniteLists(lists: readonly PostingList[], basis: BoundBasis): PostingList {
  const counts = new Uint32Array(basis.lengths.length)
  let frequency = 0
  for (const list of lists) {
    for (let block = 0; block < list.blocks; block++) {
      const end = list.load(block) + list.base
      for (let i = list.base; i < end; i++) {
        const row = list.rows[i]!
        if (counts[row] === 0) frequency++
        counts[row] = counts[row]! + list.tfs[i]!
      }
    }
  }
  const rows = new Int32Array(frequency)
  const tfs = new Uint8Array(frequency)
  let filled = 0
  for (let row = 0; row < counts.length; row++) {
    if (counts[row] === 0) continue
    rows[filled] = row
    tfs[filled++] = Math.min(MAX_STORED_TF, counts[row]!)
  }
  return new PostingList({ rows, tfs }, frequency, basis)
}

type Lists = Pick<Field, 'dictionary' | 'list'>

/** A character's list (see Field.characterList) from the pairs that it starts and its own list. */
export function characterListOf(field: Lists, character: string, basis: BoundBasis) {
  return listOfAny(field, field.dictionary.pairsOf(character), basis)
}

/** The same, put together once while it is kept. */
export function keptCharacterList(
  field: Lists & Pick<Field, 'characterRows'>,
  character: string,
  basis: BoundBasis,
  kept: { get(key: string, open: () => PostingList): PostingList },
): PostingList | null {
  if (field.characterRows(character) === 0) return null
  return kept.get(character, () => {
    const list = characterListOf(field, character, basis)
    if (list === null) throw corrupt(`no row has ${character}, which rows are counted for`)
    return list
  })
}

/** See Field.prefixList. */
export function prefixListOf(field: Lists, prefix: string, basis: BoundBasis) {
  return listOfAny(field, field.dictionary.withPrefix(prefix, MOST_PREFIXED), basis)
}

function listOfAny(field: Lists, entries: readonly TermEntry[], basis: BoundBasis) {
  const lists = entries.filter(({ frequency }) => frequency > 0).map((entry) => field.list(entry))
  return lists.length === 0 ? null : uniteLists(lists, basis)
}
