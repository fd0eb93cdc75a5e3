/** The term pieces of a bundle: which one holds a term, and what is in it. */

import { corrupt } from '../errors.js'
import type { Terms } from '../field/field.js'
import { PIECE_SPAN } from '../shards/bundle-format.js'
import { decodeTermPiece, type TermPieceField } from '../shards/term-piece.js'
import { FIRST_UNIT, type TermRanges } from '../shards/term-ranges.js'
import { pairsAmong, type TermBlock } from '../terms/term-block.js'
import type { TermEntry } from '../terms/term-dictionary.js'
import type { Pieces } from './piece-cache.js'

/** Opened pieces that are kept; their bytes are in the cache. */
const KEPT_PIECES = 256

export class TermPieces {
  readonly pieces: Pieces
  readonly #ranges: TermRanges
  readonly #open = new Map<number, TermPieceField[]>()

  constructor(pieces: Pieces, ranges: TermRanges) {
    this.pieces = pieces
    this.#ranges = ranges
  }

  get count(): number {
    return this.pieces.count
  }

  /** The piece that holds a term. */
  indexOf(term: string): number {
    return this.#ranges.indexOf(term)
  }

  /** The pieces that may hold terms with a prefix. */
  withPrefix(prefix: string): number[] {
    return this.#ranges.withPrefix(prefix)
  }

  /** A piece of the same size may have come instead: its terms tell. */
  #check(piece: number, block: TermBlock | undefined): void {
    if (block === undefined || block.count === 0) return
    const { term } = block.entry(0)
    if (this.indexOf(term) !== piece) throw corrupt(`piece ${piece} begins with "${term}"`)
  }

  /** One field's share of a piece. Throws Missing when the piece is not there. */
  field(piece: number, field: number): TermPieceField {
    const bytes = this.pieces.get(piece)
    let fields = this.#open.get(piece)
    if (fields === undefined) {
      fields = decodeTermPiece(bytes)
      for (const { blocks } of fields) this.#check(piece, blocks[0])
      if (this.#open.size >= KEPT_PIECES) this.#open.clear()
      this.#open.set(piece, fields)
    }
    return fields[field]!
  }
}

/** The dictionary of one field over the pieces. */
export class RemoteTerms implements Terms {
  readonly #pieces: TermPieces
  readonly #field: number

  constructor(pieces: TermPieces, field: number) {
    this.#pieces = pieces
    this.#field = field
  }

  get(term: string): TermEntry | null {
    if (term === '' || this.#pieces.count === 0) return null
    for (const entry of this.#from(this.#pieces.indexOf(term), term)) {
      return entry.term === term ? entry : null
    }
    return null
  }

  withPrefix(prefix: string, limit: number): TermEntry[] {
    const found: TermEntry[] = []
    const pieces = this.#pieces.withPrefix(prefix)
    // A character's terms are spread over its pieces: the first ones are known when all are.
    const isSpread = prefix.length === 1 && prefix.charCodeAt(0) >= FIRST_UNIT
    if (isSpread) this.#pieces.pieces.demand(pieces)
    for (const piece of pieces) {
      for (const entry of this.#from(piece, prefix)) {
        if (!entry.term.startsWith(prefix)) break
        if (found.length === limit && !isSpread) return found
        found.push(entry)
      }
    }
    if (isSpread) found.sort((a, b) => (a.term < b.term ? -1 : 1))
    return found.slice(0, limit)
  }

  pairsOf(character: string): TermEntry[] {
    return pairsAmong(this.withPrefix(character, Number.POSITIVE_INFINITY), character)
  }

  standingAt(text: string, at: number, prefixLength: number): TermEntry[] {
    if (this.#pieces.count === 0) return []
    const prefix = text.slice(at, at + prefixLength)
    // Not all that the prefix begins: only pieces where something that stands there has its place.
    const pieces = new Set<number>()
    const last = this.#pieces.indexOf(text.slice(at))
    for (let end = at + prefixLength; end <= text.length && !pieces.has(last); end++) {
      pieces.add(this.#pieces.indexOf(text.slice(at, end)))
    }
    const found: TermEntry[] = []
    for (const piece of pieces) {
      for (const entry of this.#from(piece, prefix)) {
        if (!entry.term.startsWith(prefix)) break
        if (entry.term.length >= prefixLength && text.startsWith(entry.term, at)) found.push(entry)
      }
    }
    return found
  }

  /** Entries of a piece from the first ≥ `term` on. */
  *#from(piece: number, term: string): Generator<TermEntry> {
    const { blocks } = this.#pieces.field(piece, this.#field)
    const base = piece * PIECE_SPAN
    for (const block of blocks) {
      for (let position = block.lowerBound(term); position < block.count; position++) {
        const entry = block.entry(position)
        yield { ...entry, offset: base + entry.offset }
      }
    }
  }
}
