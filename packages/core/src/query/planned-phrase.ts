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
  /** Its folded text where it is one run, else null. */
  readonly run: string | null
  /** The list of the phrase as a word: its rows are known to contain it. */
  readonly word: PostingList | null
}

export function planPhrase(phrase: Phrase, exact: boolean, field: Field): PlannedPhrase {
  const { terms, prefix, characters } = requiredTerms(phrase)
  const listOf = (term: string) => {
    const entry = field.dictionary.get(term)
    return entry !== null && entry.frequency > 0 ? field.list(entry) : null
  }
  const lists: (PostingList | null)[] = []
  for (const term of terms) lists.push(listOf(term))
  if (prefix !== null) lists.push(field.prefixList(prefix))
  if (lists.length === 0) for (const one of characters) lists.push(field.characterList(one))
  const [element, more] = phrase.elements
  const isSingle = element !== undefined && more === undefined
  const run = isSingle && element.isRun ? element.term : null
  return {
    phrase,
    exact,
    required: lists.every((list) => list !== null) ? lists : null,
    // Not the number of lists: 哈哈哈 has one pair, too.
    isExact: isSingle && (run === null || charactersOf(run).length <= 2),
    run,
    word: run === null ? null : listOf(run),
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
