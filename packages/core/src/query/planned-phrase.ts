/** One way to read a query part, with the posting lists that its rows must be on. */

import type { Field } from '../field/field.js'
import type { PostingList } from '../postings/posting-list.js'
import type { Phrase } from './phrase.js'
import { charactersOf } from './scanned-text.js'

export interface PlannedPhrase {
  readonly phrase: Phrase
  /** Whether the punctuation between its elements must be the same. */
  readonly exact: boolean
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

export function planPhrase(phrase: Phrase, exact: boolean, field: Field): PlannedPhrase {
  const lists: PostingList[] = []
  const { terms, prefix, characters } = requiredTerms(phrase)
  const absent: PlannedPhrase = { phrase, exact, required: null, isExact: false, word: null }
  for (const term of terms) {
    const entry = field.dictionary.get(term)
    if (entry === null || entry.frequency === 0) return absent
    lists.push(field.list(entry))
  }
  if (prefix !== null) {
    const list = field.prefixList(prefix)
    if (list === null) return absent
    lists.push(list)
  }
  for (const character of lists.length === 0 ? characters : []) {
    const list = field.characterList(character)
    if (list === null) return absent
    lists.push(list)
  }
  const [element, more] = phrase.elements
  const isSingle = element !== undefined && more === undefined
  const word = isSingle && element.isRun ? field.dictionary.get(element.term) : null
  return {
    phrase,
    exact,
    required: lists,
    // Not the number of lists: 哈哈哈 has one pair, too.
    isExact: isSingle && (!element.isRun || charactersOf(element.term).length <= 2),
    word: word === null || word.frequency === 0 ? null : field.list(word),
  }
}

/** Every text that contains the phrase has these; distinct, in order. */
function requiredTerms(phrase: Phrase) {
  const terms = new Set<string>()
  const characters = new Set<string>()
  let prefix: string | null = null
  for (const { term, isRun, isPrefix } of phrase.elements) {
    const units = isRun ? charactersOf(term) : []
    if (isPrefix) prefix = term
    else if (!isRun) terms.add(term)
    else if (units.length === 1) characters.add(term)
    for (let i = 1; i < units.length; i++) terms.add(units[i - 1]! + units[i]!)
  }
  return { terms, prefix, characters }
}
