/**
 * A trie over UTF-16 units in three flat arrays.
 *
 * A node is its slot number. The first 65,536 slots are the root's children, addressed by
 * unit: every unit has a node there, in the dictionary or not. The children of any other
 * node lie together in one block, an open-addressing hash table whose size is a power of
 * two; `block[node]` says where it is. Blocks follow each other in order of the nodes they
 * belong to, so their sizes alone tell where they are. Nodes without children have no block,
 * so most walks end without a probe.
 */

/** Slots of the root's children. */
export const ROOT_SLOTS = 0x10000

/** `block[node]` is the block's first slot times 32 plus the exponent of its size; 0 for none. */
export const BLOCK_SHIFT = 5
export const BLOCK_EXPONENT = (1 << BLOCK_SHIFT) - 1

/** The home slot of a unit inside a block of `mask + 1` slots. */
export function homeOf(unit: number, mask: number): number {
  return (unit ^ (unit >>> 7)) & mask
}

export interface Trie {
  /** Unit that leads to each slot; 0 where the slot is empty. Meaningless below ROOT_SLOTS. */
  readonly units: Uint16Array
  /** Where the children of each slot lie. */
  readonly block: Int32Array
  /** Log probability of the word that ends at each slot; -Infinity where none does. */
  readonly weight: Float64Array
  /** Weight of a single unit that is no word, which no word is below. */
  readonly unknown: number
  /** Number of slots; node numbers are below it. */
  readonly slots: number
  /** Units of the longest word. */
  readonly depth: number
}

/** Receives a word in `units[0, length)`, whose buffer is reused, and its weight. */
export type WordVisitor = (units: Uint16Array, length: number, weight: number) => void

/** The node one unit below `node`, or -1. */
export function childOf(trie: Trie, node: number, unit: number): number {
  const entry = trie.block[node]!
  if (entry === 0) return -1
  const mask = (1 << (entry & BLOCK_EXPONENT)) - 1
  const base = entry >>> BLOCK_SHIFT
  const home = homeOf(unit, mask)
  let at = home
  do {
    const found = trie.units[base + at]!
    if (found === unit) return base + at
    if (found === 0) return -1
    at = (at + 1) & mask
  } while (at !== home)
  return -1
}

/** The node at the end of a text of one unit or more, or -1. */
export function nodeOf(trie: Trie, units: Uint16Array): number {
  let node = units[0]!
  for (let i = 1; i < units.length && node >= 0; i++) node = childOf(trie, node, units[i]!)
  return node
}

/**
 * Visits every word in order of its units. Single units of the least weight are left out:
 * they weigh what they would weigh without being words.
 */
export function visitWords(trie: Trie, visit: WordVisitor): void {
  const word = new Uint16Array(trie.depth + 1)
  const below = (node: number, length: number) => {
    const weight = trie.weight[node]!
    if (weight > (length === 1 ? trie.unknown : Number.NEGATIVE_INFINITY)) {
      visit(word, length, weight)
    }
    if (trie.block[node] === 0) return
    for (const child of sortedChildren(trie, node)) {
      word[length] = trie.units[child]!
      below(child, length + 1)
    }
  }
  for (let unit = 0; unit < ROOT_SLOTS; unit++) {
    word[0] = unit
    below(unit, 1)
  }
}

function sortedChildren({ units, block }: Trie, node: number): number[] {
  const base = block[node]! >>> BLOCK_SHIFT
  const size = 1 << (block[node]! & BLOCK_EXPONENT)
  if (size === 1) return [base]
  const children: number[] = []
  for (let at = base; at < base + size; at++) if (units[at] !== 0) children.push(at)
  return children.sort((a, b) => units[a]! - units[b]!)
}
