/** A field of several segments, as that of one build of their documents. */

import { corrupt } from '../errors.js'
import type { Field } from '../field/field.js'
import { prefixListOf } from '../field/united-lists.js'
import { PostingList, type Postings } from '../postings/posting-list.js'
import type { BoundBasis } from '../postings/postings-writer.js'
import { type Bm25Parameters, tfTable } from '../ranking/bm25.js'
import { decodeLength } from '../ranking/length-code.js'
import type { TermEntry } from '../terms/term-dictionary.js'
import { MergedTerms } from './merged-terms.js'
import type { FieldView } from './segment-view.js'

/** Postings of lists kept in memory between queries. */
const KEPT_POSTINGS = 1 << 23

export class MergedField implements Field {
  readonly rows: number
  readonly dictionary: MergedTerms
  readonly lengths: Uint8Array
  readonly averageLength: number
  readonly table: Float64Array
  readonly #views: readonly FieldView[]
  readonly #basis: BoundBasis
  readonly #lists = new Map<string, PostingList>()
  #keptPostings = 0

  constructor(views: readonly FieldView[], bm25: Bm25Parameters) {
    this.#views = views
    this.rows = views.reduce((sum, { rows }) => sum + rows.count, 0)
    this.dictionary = new MergedTerms(views)
    this.lengths = lengthsOf(views, this.rows)
    this.averageLength = average(this.lengths)
    this.table = tfTable(bm25, this.averageLength)
    this.#basis = { lengths: this.lengths, table: this.table, k1: bm25.k1 }
  }

  list(entry: TermEntry): PostingList {
    const kept = this.#lists.get(entry.term)
    if (kept !== undefined) return kept
    const list = new PostingList(this.postings(entry), entry.frequency, this.#basis)
    this.#keptPostings += entry.frequency
    if (this.#keptPostings > KEPT_POSTINGS) {
      this.#lists.clear()
      this.#keptPostings = entry.frequency
    }
    this.#lists.set(entry.term, list)
    return list
  }

  characterList(character: string): PostingList | null {
    return this.#joined(this.#views.map(({ field }) => field.characterList(character)))
  }

  #joined(lists: readonly (PostingList | null)[]): PostingList | null {
    const most = lists.reduce((sum, list) => sum + (list?.frequency ?? 0), 0)
    const postings = this.#concatenate(lists, most)
    const frequency = postings.rows.length
    return frequency === 0 ? null : new PostingList(postings, frequency, this.#basis)
  }

  characterRows(character: string): number {
    return this.dictionary.get(character)?.rows ?? 0
  }

  prefixList(prefix: string): PostingList | null {
    return prefixListOf(this, prefix, this.#basis)
  }

  /**
   * The postings of a term, put together anew; `parts` are its entries in the segments, where they
   * are known.
   */
  postings(
    { term, frequency }: TermEntry,
    parts: readonly (TermEntry | null)[] = this.#partsOf(term),
  ): Postings {
    const lists = parts.map((entry, i) => {
      return entry === null || entry.frequency === 0 ? null : this.#views[i]!.field.list(entry)
    })
    const found = this.#concatenate(lists, frequency)
    if (found.rows.length !== frequency) {
      throw corrupt(`${found.rows.length} rows have ${JSON.stringify(term)}, not ${frequency}`)
    }
    return found
  }

  #partsOf(term: string): (TermEntry | null)[] {
    return this.#views.map(({ field }) => field.dictionary.get(term))
  }

  /** The rows of the segments' lists that are left, under their new numbers. */
  #concatenate(lists: readonly (PostingList | null)[], most: number): Postings {
    const rows = new Int32Array(most)
    const tfs = new Uint8Array(most)
    let filled = 0
    let base = 0
    for (const [i, view] of this.#views.entries()) {
      const list = lists[i] ?? null
      for (let block = 0; block < (list?.blocks ?? 0); block++) {
        const end = list!.load(block) + list!.base
        for (let k = list!.base; k < end; k++) {
          const rank = view.rows.rankOf(list!.rows[k]!)
          if (rank < 0) continue
          rows[filled] = base + rank
          tfs[filled++] = list!.tfs[k]!
        }
      }
      base += view.rows.count
    }
    return filled === most
      ? { rows, tfs }
      : { rows: rows.slice(0, filled), tfs: tfs.slice(0, filled) }
  }
}

function lengthsOf(views: readonly FieldView[], rows: number): Uint8Array {
  const lengths = new Uint8Array(rows)
  let base = 0
  for (const { field, rows: left } of views) {
    if (left.gone.length === 0) lengths.set(field.lengths, base)
    else for (let i = 0; i < left.count; i++) lengths[base + i] = field.lengths[left.original(i)]!
    base += left.count
  }
  return lengths
}

function average(lengths: Uint8Array): number {
  const counts = new Uint32Array(256)
  for (const code of lengths) counts[code]!++
  let sum = 0
  for (const [code, count] of counts.entries()) sum += count * decodeLength(code)
  return lengths.length === 0 ? 0 : sum / lengths.length
}
