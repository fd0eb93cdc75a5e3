/** Pinyin → texts of an index. Tones are ignored; ü is v. */

import { type Chain, ChainFinder, Form, type TermLookup, textOf } from './chains.js'
import { inOrder } from './in-order.js'
import { Fitting, Input } from './input.js'
import { ReadingTable } from './reading-table.js'
import { SoundAlikes } from './sound-alikes.js'
import { isWordPair } from './word-pairs.js'

export type { TermLookup }

/** Longer inputs are no pinyin that anyone types. */
const MAX_INPUT = 48
const NO_LETTERS = /^[^a-z]+$/
/** Longest word that is looked for in a text. */
const MAX_WORD = 4
/** A Latin term beside pinyin has so many letters at least. */
const MIN_TERM = 2
/** Texts looked up in an index for one result. */
const ASKED_PER_RESULT = 4

/** How well a text fits, best first. */
const Tier = { whole: 0, unfinished: 1, unusual: 2, none: 3 } as const
/** A text that is not all words must be so much likelier than any that is (logarithm). */
const NO_WORDS = Math.log(10)

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
    this.#chains = new ChainFinder(lookup, this.#table)
    this.#alikes = new SoundAlikes(this.#table, lookup, this.#chains)
  }

  /**
   * Texts that may be meant by `input`, likeliest first, at most `limit`. The input is Latin
   * (fazhizhengfu), or mixed (fazhi政府, and qqyinyue for qq音乐): original text rather than folded,
   * since ü is not u. All adjacent pairs of a text are in the index; `occurs` tells whether the
   * whole is, and is asked at most four times per result.
   *
   * Of the following, only what first finds anything counts: whole syllables; the last unfinished
   * (zhouji for 周杰); a character not read as usual (zengjing for 曾经). Texts that are no words of
   * the index (件涉 for jianshe) count where none is, or they are far likelier. Where the input is no row of syllables, initials may stand for
   * them (fzzf, fazhizf), in words only, unless it is a term of the index itself (http). One letter
   * finds nothing.
   */
  expand(input: string, limit: number, occurs: (text: string) => boolean = () => true): string[] {
    const typed = Input.of(input)
    const { length } = typed.text
    if (length < 2 || length > MAX_INPUT || !typed.hasLatin) return []
    // What is no letter stands in every text, and so do its pairs.
    for (let at = 1; at < length; at++) {
      const pair = typed.text.slice(at - 1, at + 1)
      if (NO_LETTERS.test(pair) && !this.#lookup.get(pair)?.rows) return []
    }
    const take = (tiers: readonly string[][]) => firstTier(tiers, limit, occurs)
    const strict = new Fitting(this.#table.syllables, typed, false)
    const isPinyin = strict.isComplete()
    const found = isPinyin ? take(this.#read(strict)) : []
    if (found.length > 0) return found
    const beside = take(this.#beside(typed))
    if (isPinyin || beside.length > 0 || this.#lookup.get(typed.text) !== null) return beside
    return take(this.#read(new Fitting(this.#table.syllables, typed, true)))
  }

  /** Texts by tier. */
  #read(fits: Fitting): string[][] {
    const tiers = Array.from({ length: Tier.none }, () => new Map<string, number>())
    const floors = tiers.map(() => Number.NEGATIVE_INFINITY)
    for (const chain of this.#chains.find(fits)) {
      const text = textOf(chain)
      const isWords = this.#isWords(text)
      const tier = this.#tierOf(chain, text, isWords)
      if (tier === Tier.none) continue
      const score = this.#score(chain, text) - (isWords ? 0 : NO_WORDS)
      if (isWords) floors[tier] = Math.max(floors[tier]!, score)
      const found = tiers[tier]!
      if (score > (found.get(text) ?? Number.NEGATIVE_INFINITY)) found.set(text, score)
    }
    return tiers.map((found, i) => {
      const isKept = (text: string) => found.get(text)! >= floors[i]! || this.#isWords(text)
      return inOrder(found).filter(isKept)
    })
  }

  /** Pinyin beside a Latin term of the index: qqyinyue. */
  #beside(typed: Input): string[][] {
    const letters = /^[a-z]*/.exec(typed.text)![0].length
    for (let at = Math.min(letters, typed.text.length - MIN_TERM); at >= MIN_TERM; at--) {
      const head = typed.text.slice(0, at)
      if (this.#lookup.get(head) === null) continue
      const fits = new Fitting(this.#table.syllables, typed.behind(at), false)
      const tiers = fits.isComplete() ? this.#read(fits) : []
      if (tiers.some(({ length }) => length > 0)) {
        return tiers.map((tier) => tier.map((rest) => head + rest))
      }
    }
    return []
  }

  /** A long text that is a term of the index is as likely as its rows say. */
  #score({ score }: Chain, text: string): number {
    const rows = text.length > 2 ? (this.#lookup.get(text)?.rows ?? 0) : 0
    return rows === 0 ? score : Math.max(score, Math.log(rows))
  }

  #tierOf(chain: Chain, text: string, isWords: boolean): number {
    const numbers = this.#table.numbersOf(text)
    let tier: number = chain.form === Form.unfinished ? Tier.unfinished : Tier.whole
    let at = text.length
    let hasInitials = false
    for (let link: Chain | null = chain; link !== null; link = link.before) {
      const number = Number(numbers[--at])
      if (link.form === Form.initial) hasInitials = true
      if (link.reading < 0 || link.reading === number) continue
      // A word that is told apart is never read as its characters alone: yinxing is not 银行.
      if (number > 0) return Tier.none
      tier = Tier.unusual
    }
    return hasInitials && !(isWords && tier < Tier.unusual) ? Tier.none : tier
  }

  /** Whether every character is in a word of the index; a character alone is one. */
  #isWords(text: string): boolean {
    if (text.length === 1) return true
    let covered = 0
    for (let start = 0; start < text.length && start <= covered; start++) {
      for (let end = Math.min(text.length, start + MAX_WORD); end > covered; end--) {
        if (this.#isWord(text.slice(start, end))) covered = end
      }
    }
    return covered === text.length
  }

  #isWord(text: string): boolean {
    if (text.length === 2) return isWordPair(this.#lookup, text)
    return text.length > 2 && this.#lookup.get(text) !== null
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
