/**
 * Chains of characters: texts in which every adjacent pair is a pair of the index, found from
 * left to right with the likeliest ones kept. What may stand where is the caller's to say.
 *
 * Likelihood is that of a bigram model over rows: log rows(a) + log(rows(ab) / rows(a)) + …
 * Bounded: BEAM chains a place, each looked up once; the pairs of a character are kept.
 */

/** What a chain search asks of a term dictionary; TermDictionary is one. */
export interface TermLookup {
  get(term: string): PairEntry | null
  /** A character's own entry and those of the pairs that start with it. */
  pairsOf(character: string): readonly (PairEntry & { readonly term: string })[]
}

export interface PairEntry {
  /** Rows that hold the term. */
  readonly rows: number
  /** How often a pair is a word where it occurs, 0 to 3. */
  readonly wordShare: number
}

/** How a character fits at a place of the input. */
export interface Fit {
  /** Place behind what the character stands for. */
  readonly end: number
  /** Number of the reading among those of the character, or −1 for the character itself. */
  readonly reading: number
  /** How the reading was written. */
  readonly form: Form
}

/** Whole syllable; the beginning of the last one; initial letters in place of a syllable. */
export const Form = { whole: 0, unfinished: 1, initial: 2 } as const
export type Form = (typeof Form)[keyof typeof Form]

export interface ChainQuery {
  /** Place where a chain is complete. */
  readonly end: number
  /** Characters worth trying first. */
  readonly firsts: Iterable<string>
  fits(character: string, place: number): readonly Fit[]
}

/** A chain, as a list from its last character to its first. */
export interface Chain {
  readonly text: string
  readonly fit: Fit
  readonly score: number
  readonly before: Chain | null
}

interface Follower {
  readonly character: string
  readonly rows: number
}

const BEAM = 160
/** Chains kept for one last character at one place. */
const SAME_END = 3
/** First characters tried. */
const MAX_FIRSTS = 600
/** What an unfinished syllable costs: it stands for several. */
const UNFINISHED = Math.log(8)

export class ChainFinder {
  readonly #lookup: TermLookup
  readonly #followers = new Map<string, Follower[]>()
  readonly #rows = new Map<string, number>()

  constructor(lookup: TermLookup) {
    this.#lookup = lookup
  }

  /** Complete chains, likeliest first. */
  find(query: ChainQuery): Chain[] {
    const places: Chain[][] = Array.from({ length: query.end + 1 }, () => [])
    for (const character of query.firsts) this.#begin(character, query, places)
    for (let place = 1; place < query.end; place++) {
      const limit = places[place]![0]?.before === null ? MAX_FIRSTS : BEAM
      for (const chain of best(places[place]!, limit)) this.#extend(chain, query, places)
    }
    return best(places[query.end]!, BEAM)
  }

  #begin(character: string, query: ChainQuery, places: Chain[][]): void {
    const fits = query.fits(character, 0)
    const rows = fits.length === 0 ? 0 : this.#rowsOf(character)
    if (rows === 0) return
    for (const fit of fits) {
      const score = Math.log(rows) - (fit.form === Form.unfinished ? UNFINISHED : 0)
      places[fit.end]!.push({ text: character, fit, score, before: null })
    }
  }

  #extend(chain: Chain, query: ChainQuery, places: Chain[][]): void {
    const last = chain.text.slice(-1)
    const rows = this.#rowsOf(last)
    for (const follower of this.#followersOf(last)) {
      for (const fit of query.fits(follower.character, chain.fit.end)) {
        const cost = fit.form === Form.unfinished ? UNFINISHED : 0
        places[fit.end]!.push({
          text: chain.text + follower.character,
          fit,
          score: chain.score + Math.log(follower.rows / rows) - cost,
          before: chain,
        })
      }
    }
  }

  #rowsOf(character: string): number {
    let rows = this.#rows.get(character)
    if (rows === undefined) {
      rows = this.#lookup.get(character)?.rows ?? 0
      this.#rows.set(character, rows)
    }
    return rows
  }

  #followersOf(character: string): Follower[] {
    let found = this.#followers.get(character)
    if (found === undefined) {
      found = this.#lookup
        .pairsOf(character)
        .filter(({ term }) => term.length === 2)
        .map(({ term, rows }) => ({ character: term.slice(1), rows }))
      this.#followers.set(character, found)
    }
    return found
  }
}

/** The likeliest chains, few for each last character; ties in order of their texts. */
function best(chains: Chain[], limit: number): Chain[] {
  chains.sort((a, b) => b.score - a.score || (a.text < b.text ? -1 : 1))
  const ends = new Map<string, number>()
  const kept: Chain[] = []
  for (const chain of chains) {
    if (kept.length === limit) break
    const last = chain.text.slice(-1)
    const count = ends.get(last) ?? 0
    if (count === SAME_END) continue
    ends.set(last, count + 1)
    kept.push(chain)
  }
  return kept
}
