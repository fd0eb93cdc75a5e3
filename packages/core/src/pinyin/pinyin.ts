/** Pinyin → texts of an index. Tones are ignored; ü is v. */

import { type Chain, ChainFinder, Form, type TermLookup } from './chains.js'
import { inOrder } from './in-order.js'
import { Fitting, LATIN, normalize } from './input.js'
import { ReadingTable } from './reading-table.js'
import { SoundAlikes } from './sound-alikes.js'

export type { TermLookup }

/** Longer inputs are no pinyin that anyone types. */
const MAX_INPUT = 48
/** Longest word that is looked for around an initial. */
const MAX_WORD = 4
/** A Latin term beside pinyin has so many letters at least. */
const MIN_TERM = 2
/** Texts looked up in an index for one result. */
const ASKED_PER_RESULT = 4

/** How well a text fits: whole syllables, the last unfinished, one read in an unusual way. */
const Tier = { whole: 0, unfinished: 1, unusual: 2, none: -1 } as const

export class Pinyin {
  readonly #table: ReadingTable
  readonly #lookup: TermLookup
  readonly #chains: ChainFinder
  readonly #alikes: SoundAlikes

  /**
   * `bytes`: the one chunk of section PINY; empty bytes know no readings. `lookup` is the index's
   * dictionary; pairs that it lacks stand in no result.
   */
  constructor(bytes: Uint8Array, lookup: TermLookup) {
    this.#table = new ReadingTable(bytes)
    this.#lookup = lookup
    this.#chains = new ChainFinder(lookup)
    this.#alikes = new SoundAlikes(this.#table, lookup, this.#chains)
  }

  /**
   * Texts that may be meant by `input`, likeliest first, at most `limit`. The input is Latin
   * (fazhizhengfu), or mixed (fazhi政府, and qqyinyue for qq音乐): original text rather than folded,
   * since ü is not u. All adjacent pairs of a text are in the index; `occurs` tells whether the
   * whole is, and is asked at most four times per result.
   *
   * Syllables are whole; failing that, the last may be unfinished (zhouji); failing that, a
   * character may be read in another way than in this word (zengjing for 曾经, where 增进 is not).
   * Where the input is no row of syllables, initials may stand for them (fzzf, fazhizf) in words
   * of the index. One letter finds nothing.
   */
  expand(input: string, limit: number, occurs: (text: string) => boolean = () => true): string[] {
    const { text, breaks } = normalize(input)
    if (text.length < 2 || text.length > MAX_INPUT || !LATIN.test(text)) return []
    const take = (tiers: readonly string[][]) => firstTier(tiers, limit, occurs)
    const strict = new Fitting(this.#table, text, breaks, false)
    const isPinyin = strict.isComplete()
    const found = isPinyin ? take(this.#read(strict)) : []
    if (found.length > 0) return found
    const beside = take(this.#beside(text, breaks))
    if (isPinyin || beside.length > 0) return beside
    return take(this.#read(new Fitting(this.#table, text, breaks, true)))
  }

  /** Texts by tier. */
  #read(fits: Fitting): string[][] {
    const chains = this.#chains.find({
      end: fits.length,
      firsts: fits.firsts(),
      fits: (character, place) => fits.at(character, place),
    })
    const tiers = [Tier.whole, Tier.unfinished, Tier.unusual].map(() => new Map<string, number>())
    for (const chain of chains) {
      const found = tiers[this.#tierOf(chain)]
      if (found === undefined) continue
      const score = this.#score(chain)
      if (score > (found.get(chain.text) ?? Number.NEGATIVE_INFINITY)) found.set(chain.text, score)
    }
    return tiers.map(inOrder)
  }

  /** Pinyin beside a Latin term of the index: qqyinyue. */
  #beside(text: string, breaks: ReadonlySet<number>): string[][] {
    const letters = /^[a-z]*/.exec(text)![0].length
    for (let at = Math.min(letters, text.length - MIN_TERM); at >= MIN_TERM; at--) {
      const head = text.slice(0, at)
      if (this.#lookup.get(head) === null) continue
      const shifted = new Set([...breaks].map((place) => place - at))
      const fits = new Fitting(this.#table, text.slice(at), shifted, false)
      const tiers = fits.isComplete() ? this.#read(fits) : []
      if (tiers.some(({ length }) => length > 0)) {
        return tiers.map((tier) => tier.map((rest) => head + rest))
      }
    }
    return []
  }

  /** A long text that is a term of the index is as likely as its rows say. */
  #score({ text, score }: Chain): number {
    const rows = text.length > 2 ? (this.#lookup.get(text)?.rows ?? 0) : 0
    return rows === 0 ? score : Math.max(score, Math.log(rows))
  }

  #tierOf(chain: Chain): number {
    const numbers = this.#table.numbersOf(chain.text)
    let tier: number = chain.fit.form === Form.unfinished ? Tier.unfinished : Tier.whole
    let at = chain.text.length
    let hasInitials = false
    for (let link: Chain | null = chain; link !== null; link = link.before) {
      const number = Number(numbers[--at])
      if (link.fit.form === Form.initial) hasInitials = true
      if (link.fit.reading < 0 || link.fit.reading === number) continue
      // A word that is told apart is never read as usual: yinxing is not 银行.
      if (number > 0) return Tier.none
      tier = Tier.unusual
    }
    return hasInitials && !this.#hasWords(chain) ? Tier.none : tier
  }

  /** Whether every character that only an initial stands for is in a word of the index. */
  #hasWords(chain: Chain): boolean {
    const { text } = chain
    const inWord = new Uint8Array(text.length)
    for (let start = 0; start < text.length; start++) {
      for (let end = start + 2; end <= Math.min(text.length, start + MAX_WORD); end++) {
        const entry = this.#lookup.get(text.slice(start, end))
        if (entry !== null && (end - start > 2 || entry.wordShare > 0)) inWord.fill(1, start, end)
      }
    }
    let at = text.length
    for (let link: Chain | null = chain; link !== null; link = link.before) {
      if (inWord[--at] === 0 && link.fit.form === Form.initial) return false
    }
    return true
  }

  /**
   * Texts that sound like a folded Han run and occur far more often, most rows first: 法治政府 for
   * 法制政府. Where nothing sounds like the whole run, a part of it that the index lacks is replaced
   * (马纳瓜在哪里 for 马拿瓜在哪里). `rowsOf` counts the rows that contain a text; it is asked a bounded
   * number of times.
   */
  suggest(run: string, rowsOf: (text: string) => number): string[] {
    return this.#alikes.of(run, rowsOf)
  }
}

/** What occurs of the first tier of which anything does. */
function firstTier(
  tiers: readonly string[][],
  limit: number,
  occurs: (text: string) => boolean,
): string[] {
  const found: string[] = []
  let asked = limit * ASKED_PER_RESULT
  for (const tier of tiers) {
    for (const text of tier) {
      if (found.length === limit || asked-- <= 0) return found
      if (occurs(text)) found.push(text)
    }
    if (found.length > 0) return found
  }
  return found
}
