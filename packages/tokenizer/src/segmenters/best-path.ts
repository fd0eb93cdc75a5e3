/**
 * Cuts text along the path of highest total weight through the graph of a trie's words.
 *
 * The rules are those of jieba without its hidden Markov model, down to the rounding of the
 * sums, so that the cuts are the same:
 * - every single character is a word, with the lowest weight when the trie does not hold it;
 * - sums run from the end of the text to its start; of two equal paths the one whose first
 *   word is shorter wins;
 * - at a separator (space, tab, line feed, ，。) sums start again.
 * A surrogate pair counts as one character.
 */
import {
  BLOCK_EXPONENT,
  BLOCK_SHIFT,
  childOf,
  homeOf,
  ROOT_SLOTS,
  type Trie,
} from '../dictionary/trie.js'
import type { WordSink } from '../types.js'

/**
 * Longer texts are cut piece by piece, so that memory stays bounded. Pieces end where no word
 * of the trie crosses; only where 32,768 units hold no such place is the cut a guess.
 */
const PIECE = 1 << 15

/** Separators lie at or below 。, or are the full-width comma; Han, kana and hangul lie between. */
const IDEOGRAPHIC_STOP = 0x3002
const FULLWIDTH_COMMA = 0xff0c

export class BestPath {
  readonly #trie: Trie
  /** Weight of the best path from each unit to the end. One longer than the text. */
  #best = new Float64Array(1025)
  /** First word of that path: its node, or -1, and its length in units. */
  #node = new Int32Array(1024)
  #length = new Uint16Array(1024)

  constructor(trie: Trie) {
    this.#trie = trie
  }

  cut(units: Uint16Array, start: number, end: number, sink: WordSink): void {
    let from = start
    while (end - from > PIECE) {
      const pieceEnd = from + PIECE
      this.#solve(units, from, pieceEnd)
      from = this.#emit(from, this.#safeEnd(units, from, pieceEnd), sink)
    }
    this.#solve(units, from, end)
    this.#emit(from, end, sink)
  }

  /** Total weight of the best path over `units[start, end)`, at most PIECE units. */
  weigh(units: Uint16Array, start: number, end: number): number {
    this.#solve(units, start, end)
    return this.#best[0]!
  }

  // The hot loop of every build; measured by bench/segmenter-speed.ts. Lookups are written out
  // because a call per unit costs a third of the speed.
  #solve(units: Uint16Array, start: number, end: number): void {
    const count = end - start
    if (count > this.#node.length) this.#grow(count)
    const best = this.#best
    const bestNode = this.#node
    const bestLength = this.#length
    const trieUnits = this.#trie.units
    const block = this.#trie.block
    const weight = this.#trie.weight
    best[count] = 0
    for (let i = count - 1; i >= 0; i--) {
      const unit = units[start + i]!
      if ((unit <= IDEOGRAPHIC_STOP || unit >= FULLWIDTH_COMMA) && isSeparator(unit)) {
        best[i] = 0
        bestNode[i] = unit
        bestLength[i] = 1
        continue
      }
      if ((unit & 0xfc00) === 0xd800 && i + 1 < count && isLow(units[start + i + 1]!)) {
        this.#solvePair(units, start, count, i)
        continue
      }
      let node = unit
      let top = best[i + 1]! + weight[unit]!
      let topNode = unit
      let topLength = 1
      let entry = block[unit]!
      let j = i + 1
      while (entry !== 0 && j < count) {
        const next = units[start + j]!
        const mask = (1 << (entry & BLOCK_EXPONENT)) - 1
        const base = entry >>> BLOCK_SHIFT
        const home = homeOf(next, mask)
        let at = home
        let found = trieUnits[base + at]!
        while (found !== next && found !== 0) {
          at = (at + 1) & mask
          if (at === home) break
          found = trieUnits[base + at]!
        }
        if (found !== next) break
        node = base + at
        j++
        const sum = best[j]! + weight[node]!
        if (sum > top) {
          top = sum
          topNode = node
          topLength = j - i
        }
        entry = block[node]!
      }
      best[i] = top
      bestNode[i] = topNode
      bestLength[i] = topLength
    }
  }

  /** The same step for a surrogate pair at unit i: its shortest word is the pair. */
  #solvePair(units: Uint16Array, start: number, count: number, i: number): void {
    const trie = this.#trie
    const unknown = trie.weight[units[start + i]!]! // no word ends inside a pair
    let node = childOf(trie, units[start + i]!, units[start + i + 1]!)
    let top = this.#best[i + 2]! + (node >= 0 && isWord(trie, node) ? trie.weight[node]! : unknown)
    let topNode = node
    let topLength = 2
    for (let j = i + 2; node >= 0 && j < count; j++) {
      node = childOf(trie, node, units[start + j]!)
      if (node < 0) break
      const sum = this.#best[j + 1]! + trie.weight[node]!
      if (sum > top) {
        top = sum
        topNode = node
        topLength = j + 1 - i
      }
    }
    this.#best[i] = top
    this.#node[i] = topNode
    this.#length[i] = topLength
  }

  /** Reports the solved words from `start` until `end` is reached or passed; returns where. */
  #emit(start: number, end: number, sink: WordSink): number {
    const count = end - start
    const node = this.#node
    const length = this.#length
    let i = 0
    while (i < count) {
      const next = i + length[i]!
      sink.word(start + i, start + next, node[i]!)
      i = next
    }
    return start + i
  }

  /**
   * The last place in a solved piece that no word can cross. Near the piece's end words may
   * be hidden by it, so the last `depth` units do not count.
   */
  #safeEnd(units: Uint16Array, start: number, end: number): number {
    const limit = Math.max(start + 1, end - this.#trie.depth)
    let safe = -1
    let reach = start
    for (let at = start; at < limit; at++) {
      if (reach <= at && at > start) safe = at
      reach = Math.max(reach, this.#reachOf(units, at, end))
    }
    // Without such a place, stop well before the end, where its influence has faded.
    return safe > start ? safe : Math.max(start + 1, end - 8 * this.#trie.depth)
  }

  /** End of the longest walk from `at`; walks that end in no word count too. */
  #reachOf(units: Uint16Array, at: number, end: number): number {
    let node = units[at]!
    let next = at + 1
    if ((node & 0xfc00) === 0xd800 && next < end && isLow(units[next]!)) {
      node = childOf(this.#trie, node, units[next]!)
      next++
    }
    while (node >= 0 && next < end) {
      node = childOf(this.#trie, node, units[next]!)
      if (node >= 0) next++
    }
    return next
  }

  #grow(count: number): void {
    const capacity = Math.min(PIECE, Math.max(count, this.#node.length * 2))
    this.#best = new Float64Array(capacity + 1)
    this.#node = new Int32Array(capacity)
    this.#length = new Uint16Array(capacity)
  }
}

function isSeparator(unit: number): boolean {
  return (
    unit === 0x20 ||
    unit === 0x09 ||
    unit === 0x0a ||
    unit === IDEOGRAPHIC_STOP ||
    unit === FULLWIDTH_COMMA
  )
}

function isLow(unit: number): boolean {
  return (unit & 0xfc00) === 0xdc00
}

function isWord(trie: Trie, node: number): boolean {
  return node < ROOT_SLOTS || trie.weight[node] !== Number.NEGATIVE_INFINITY
}
