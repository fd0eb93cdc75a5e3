/**
 * Chains of characters: texts in which every adjacent pair is a pair of the index, found from
 * left to right with the likeliest ones kept. What may stand where is the caller's to say.
 *
 * Likelihood is that of a bigram model over rows: log rows(a) + log(rows(ab) / rows(a)) + …
 * Bounded: BEAM chains a place are followed, and the pairs of a character are looked up once.
 */

import type { ReadingTable, SyllableId } from './reading-table.js'

/** What a chain search asks of a term dictionary; TermDictionary is one. */
export interface TermLookup {
  get(term: string): TermRows | null
  /** A character's own entry and those of the pairs that start with it. */
  pairsOf(character: string): readonly TermEntry[]
  /** Entries that start with `prefix`, ascending, at most `limit`. */
  withPrefix(prefix: string, limit: number): readonly TermEntry[]
}

export interface TermRows {
  /** Rows that hold the term. */
  readonly rows: number
  /** How often a pair is a word where it occurs, 0 to 3. */
  readonly wordShare: number
}

export interface TermEntry extends TermRows {
  readonly term: string
}

/** How a syllable was written: whole; begun, as the last one; by its initial letters. */
export const Form = { whole: 0, unfinished: 1, initial: 2 } as const
export type Form = (typeof Form)[keyof typeof Form]

/** A way to fit a syllable in at a place of the input. */
export interface Fit {
  /** Place behind it. */
  readonly end: number
  readonly form: Form
}

/** What fits at a place: one character, or characters by readings that begin with one letter. */
export type PlaceFits = string | readonly (readonly Fit[] | undefined)[]

export interface ChainQuery {
  /** Place where a chain is complete. */
  readonly end: number
  fitsAt(place: number): PlaceFits
}

/** A chain, as a list from its last character to its first. */
export interface Chain {
  readonly character: string
  /** Number of the reading among those of the character, or −1 for the character itself. */
  readonly reading: number
  readonly form: Form
  readonly end: number
  readonly score: number
  readonly before: Chain | null
}

/** The characters behind a character, in parallel arrays. */
interface Followers {
  readonly characters: readonly string[]
  /** log(rows of the pair / rows of the first character). */
  readonly shares: readonly number[]
  /** A bit for every letter that a reading begins with. */
  readonly letters: Uint32Array
}

/** Chains kept at a place, by their last character. */
type Place = Map<string, Chain[]>

const BEAM = 96
/** Chains kept for one last character at one place. */
const SAME_END = 3
/** Followers kept between inputs: about 6 MB. */
const MOST_FOLLOWERS = 1 << 18
/** What an unfinished syllable costs: it stands for several. */
const UNFINISHED = Math.log(8)

export function textOf(chain: Chain): string {
  return (chain.before === null ? '' : textOf(chain.before)) + chain.character
}

export class ChainFinder {
  readonly #lookup: TermLookup
  readonly #table: ReadingTable
  readonly #followers = new Map<string, Followers>()
  #followerCount = 0
  readonly #rows = new Map<string, number>()

  constructor(lookup: TermLookup, table: ReadingTable) {
    this.#lookup = lookup
    this.#table = table
  }

  /** Complete chains, likeliest first. */
  find(query: ChainQuery): Chain[] {
    const places: Place[] = Array.from({ length: query.end + 1 }, () => new Map())
    this.#begin(query.fitsAt(0), places)
    for (let place = 1; place < query.end; place++) {
      const chains = best(places[place]!)
      if (chains.length === 0) continue
      const fits = query.fitsAt(place)
      const reading = typeof fits === 'string' ? -1 : fits.findIndex(Boolean)
      const letter = this.#letterOf(reading)
      for (const chain of chains) this.#extend(chain, fits, letter, place, places)
    }
    return best(places[query.end]!)
  }

  #begin(fits: PlaceFits, places: Place[]): void {
    if (typeof fits === 'string') {
      this.#first(fits, -1, { end: 1, form: Form.whole }, places)
      return
    }
    for (const [id, ways] of fits.entries()) {
      for (const character of ways === undefined ? [] : this.#table.characters[id]!) {
        const reading = this.#table.of(character).indexOf(id)
        for (const fit of ways!) this.#first(character, reading, fit, places)
      }
    }
  }

  #first(character: string, reading: number, { end, form }: Fit, places: Place[]): void {
    const rows = this.#rowsOf(character)
    if (rows === 0) return
    keep(places[end]!, { character, reading, form, end, score: Math.log(rows), before: null })
  }

  /** Hot: visits every pair that starts with the last character. */
  #extend(before: Chain, fits: PlaceFits, letter: number, place: number, places: Place[]): void {
    if (typeof fits === 'string') {
      const rows = this.#lookup.get(before.character + fits)?.rows ?? 0
      if (rows === 0) return
      const score = before.score + Math.log(rows / this.#rowsOf(before.character))
      const end = place + fits.length
      keep(places[end]!, { character: fits, reading: -1, form: Form.whole, end, score, before })
      return
    }
    const { characters, shares, letters } = this.#followersOf(before.character)
    for (let i = 0; i < letters.length; i++) {
      if ((letters[i]! & letter) === 0) continue
      const character = characters[i]!
      const ids = this.#table.of(character)
      for (let reading = 0; reading < ids.length; reading++) {
        const ways = fits[ids[reading]!]
        if (ways === undefined) continue
        for (const { end, form } of ways) {
          const score = before.score + shares[i]! - (form === Form.unfinished ? UNFINISHED : 0)
          keep(places[end]!, { character, reading, form, end, score, before })
        }
      }
    }
  }

  /** The bit of the letter that a reading begins with. */
  #letterOf(reading: SyllableId): number {
    return 1 << (this.#table.syllables[reading]?.charCodeAt(0) ?? 0)
  }

  #rowsOf(character: string): number {
    let rows = this.#rows.get(character)
    if (rows === undefined) {
      rows = this.#lookup.get(character)?.rows ?? 0
      this.#rows.set(character, rows)
    }
    return rows
  }

  #followersOf(first: string): Followers {
    let found = this.#followers.get(first)
    if (found === undefined) {
      found = this.#lookUpFollowers(first)
      this.#followerCount += found.characters.length
      if (this.#followerCount > MOST_FOLLOWERS) {
        this.#followers.clear()
        this.#followerCount = found.characters.length
      }
      this.#followers.set(first, found)
    }
    return found
  }

  #lookUpFollowers(first: string): Followers {
    const rowsOfFirst = this.#rowsOf(first)
    const characters: string[] = []
    const shares: number[] = []
    const letters: number[] = []
    for (const { term, rows } of this.#lookup.pairsOf(first)) {
      const character = term.slice(first.length)
      const ids = this.#table.of(character)
      characters.push(character)
      shares.push(Math.log(rows / rowsOfFirst))
      letters.push(ids.reduce((bits, id) => bits | this.#letterOf(id), 0))
    }
    return { characters, shares, letters: new Uint32Array(letters) }
  }
}

/** Takes a chain in unless enough likelier ones end with the same character. */
function keep(place: Place, chain: Chain): void {
  const alike = place.get(chain.character)
  if (alike === undefined) place.set(chain.character, [chain])
  else if (alike.length < SAME_END) alike.push(chain)
  else {
    let worst = 0
    for (let i = 1; i < alike.length; i++) if (alike[i]!.score < alike[worst]!.score) worst = i
    if (chain.score > alike[worst]!.score) alike[worst] = chain
  }
}

/** The likeliest chains of a place; the order of equal ones follows from that of the pairs. */
function best(place: Place): Chain[] {
  const chains = [...place.values()].flat()
  // One character each: the beginning, where nothing can be told yet.
  const limit = chains[0]?.before === null ? chains.length : BEAM
  return chains.sort((a, b) => b.score - a.score).slice(0, limit)
}
