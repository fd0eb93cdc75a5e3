/** A field of several segments, as that of one build of their documents. */

import { corrupt } from '../errors.js'
import type { Field } from '../field/field.js'
import type { FieldIndex } from '../field/field-index.js'
import { prefixListOf } from '../field/united-lists.js'
import { KeptLists } from '../postings/kept-lists.js'
import { PostingList } from '../postings/posting-list.js'
import type { PostingsBuffer } from '../postings/postings-buffer.js'
import { decodePostings } from '../postings/postings-codec.js'
import type { BoundBasis } from '../postings/postings-writer.js'
import { type Bm25Parameters, tfTable } from '../ranking/bm25.js'
import { decodeLength } from '../ranking/length-code.js'
import { POSTINGS_BLOCK } from '../segment/format.js'
import type { TermEntry } from '../terms/term-dictionary.js'
import { JoinedBlocks, type JoinedPart } from './joined-blocks.js'
import { type MergedTerm, MergedTerms } from './merged-terms.js'
import type { FieldView } from './segment-view.js'
import type { Survivors } from './survivors.js'

/** Bytes of open posting lists that are kept between queries. */
const KEPT_BYTES = 48 << 20
/** Sets the key of a character's whole list off from its term's. No term has it. */
const OF_CHARACTER = '*'

export class MergedField implements Field {
  readonly rows: number
  readonly dictionary: MergedTerms
  readonly lengths: Uint8Array
  readonly averageLength: number
  readonly table: Float64Array
  readonly #views: readonly FieldView[]
  readonly #basis: BoundBasis
  readonly #lists = new KeptLists<string>(KEPT_BYTES)
  /** By view; see JoinedPart. */
  readonly #growths: readonly number[]

  constructor(views: readonly FieldView[], bm25: Bm25Parameters) {
    this.#views = views
    this.rows = views.reduce((sum, { rows }) => sum + rows.count, 0)
    this.dictionary = new MergedTerms(views)
    this.lengths = lengthsOf(views, this.rows)
    this.averageLength = average(this.lengths)
    this.table = tfTable(bm25, this.averageLength)
    this.#basis = { lengths: this.lengths, table: this.table, k1: bm25.k1 }
    this.#growths = views.map(({ field }) => growth(field.table, this.table))
  }

  list(entry: TermEntry): PostingList {
    const { term } = entry
    return this.#lists.get(term, () => {
      const list = this.#join((field) => listIn(field, term))
      checkFrequency(list.frequency, entry)
      return list
    })
  }

  characterList(character: string): PostingList | null {
    if (this.characterRows(character) === 0) return null
    return this.#lists.get(character + OF_CHARACTER, () => {
      return this.#join((field) => field.characterList(character))
    })
  }

  /** Opens and decodes in a segment what searches have read here, a list at a time. */
  *warm(field: FieldIndex): Generator<void> {
    for (const key of this.#lists.keys()) {
      const isOfCharacter = key.endsWith(OF_CHARACTER)
      const list = isOfCharacter ? field.characterList(key.slice(0, -1)) : listIn(field, key)
      list?.all()
      yield
    }
  }

  /** The lists of the segments as one. There must be a row on one of them. */
  #join(listOf: (field: FieldIndex) => PostingList | null): PostingList {
    const parts: JoinedPart[] = []
    let base = 0
    for (const [i, { field, rows }] of this.#views.entries()) {
      const list = listOf(field)
      if (list !== null) parts.push({ list, rows, base, growth: this.#growths[i]! })
      base += rows.count
    }
    const blocks = new JoinedBlocks(parts)
    return new PostingList(blocks, blocks.frequency, this.#basis, this.#lists)
  }

  characterRows(character: string): number {
    return this.dictionary.get(character)?.rows ?? 0
  }

  prefixList(prefix: string): PostingList | null {
    return prefixListOf(this, prefix, this.#basis)
  }

  /** Puts the postings of a term into a buffer, which is emptied first. */
  readPostings({ term, frequency, parts }: MergedTerm, into: PostingsBuffer): void {
    into.length = 0
    let base = 0
    for (let i = 0; i < parts.length; i++) {
      const { field, rows } = this.#views[i]!
      const part = parts[i]!
      if (part !== null && part.frequency > 0) {
        const from = into.length
        readPostings(field, part, this.#basis.k1, into)
        renumber(into, from, rows, base)
      }
      base += rows.count
    }
    checkFrequency(into.length, { term, frequency })
  }
}

/** Appends all postings of a term in a segment to a buffer; nothing is kept. */
function readPostings(field: FieldIndex, entry: TermEntry, k1: number, into: PostingsBuffer) {
  const { postings, lengths, table } = field
  const { frequency, offset } = entry
  into.reserve(frequency)
  if (frequency < POSTINGS_BLOCK) {
    const index = postings.indexAt(offset)
    const at = offset - postings.startOf(index)
    decodePostings(postings.chunk(index), at, frequency, -1, into.rows, into.tfs, into.length)
    into.length += frequency
  } else {
    const source = { chunks: postings, offset }
    const list = new PostingList(source, frequency, { lengths, table, k1 })
    for (let block = 0; block < list.blocks; block++) {
      const count = list.load(block)
      into.rows.set(list.rows.subarray(0, count), into.length)
      into.tfs.set(list.tfs.subarray(0, count), into.length)
      into.length += count
    }
  }
  const last = into.rows[into.length - 1]!
  if (last >= field.rows) throw corrupt(`a posting names row ${last}`)
}

/** Gives the postings from `from` on the numbers that their rows got; those that are gone go. */
function renumber(postings: PostingsBuffer, from: number, survivors: Survivors, base: number) {
  const { rows, tfs, length } = postings
  let kept = from
  for (let i = from; i < length; i++) {
    const rank = survivors.rankOf(rows[i]!)
    if (rank < 0) continue
    rows[kept] = base + rank
    tfs[kept++] = tfs[i]!
  }
  postings.length = kept
}

function listIn(field: FieldIndex, term: string): PostingList | null {
  const entry = field.dictionary.get(term)
  return entry === null || entry.frequency === 0 ? null : field.list(entry)
}

function checkFrequency(
  found: number,
  { term, frequency }: Pick<TermEntry, 'term' | 'frequency'>,
): void {
  if (found === frequency) return
  throw corrupt(`${found} rows have ${JSON.stringify(term)}, not ${frequency}`)
}

/** The largest ratio of a tf factor to what it was; a little more, since ratios are rounded. */
function growth(from: Float64Array, to: Float64Array): number {
  let most = 0
  for (let i = 0; i < to.length; i++) if (from[i]! > 0) most = Math.max(most, to[i]! / from[i]!)
  return most === 1 ? 1 : most * (1 + Number.EPSILON * 4)
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
