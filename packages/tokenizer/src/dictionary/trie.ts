/**
 * A trie over UTF-16 units in three flat arrays, built from sorted words.
 *
 * A node is its slot number. The first 65,536 slots are the root's children, addressed by
 * unit: every unit has a node there, in the dictionary or not. The children of any other
 * node lie together in one block, an open-addressing hash table whose size is a power of
 * two; `block[node]` says where it is. Nodes without children have no block, so most walks
 * end without a probe.
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
  /** Number of slots; node numbers are below it. */
  readonly slots: number
  /** Units of the longest word. */
  readonly depth: number
}

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

/** Room for the nodes of one more word, which are reserved before they are counted. */
const SPARE = 256

/** Collects sorted words, then lays them out. */
export class TrieBuilder {
  // Nodes in depth-first order; weights are numbers from 1, or 0 where no word ends.
  #parent: Int32Array
  #unit: Uint16Array
  #weight: Int32Array
  #children: Uint16Array
  #nodes = 0
  #depth = 0
  // The nodes and units of the last word added.
  #path = new Int32Array(16)
  #word = new Uint16Array(16)
  #length = 0

  /** @param nodes how many nodes to expect; grows when there are more */
  constructor(nodes: number) {
    const capacity = nodes + SPARE
    this.#parent = new Int32Array(capacity)
    this.#unit = new Uint16Array(capacity)
    this.#weight = new Int32Array(capacity)
    this.#children = new Uint16Array(capacity)
  }

  /**
   * Adds the word in `units[0, length)` with the number of its weight, from 0. Words come sorted
   * by unit; one that repeats the word before replaces its weight.
   */
  add(units: Uint16Array, length: number, weight: number): void {
    this.#reserve(length)
    const word = this.#word
    const path = this.#path
    const common = Math.min(length, this.#length)
    let shared = 0
    while (shared < common && units[shared] === word[shared]) shared++
    let node = shared === 0 ? -1 : path[shared - 1]!
    for (let i = shared; i < length; i++) {
      if (node >= 0) this.#children[node]!++
      node = this.#append(units[i]!, node)
      path[i] = node
      word[i] = units[i]!
    }
    this.#length = length
    this.#weight[node] = weight + 1
    if (length > this.#depth) this.#depth = length
  }

  #append(unit: number, parent: number): number {
    const node = this.#nodes++
    this.#parent[node] = parent
    this.#unit[node] = unit
    return node
  }

  /**
   * Lays out the trie; the builder is used up by that.
   * @param weights what the numbers of weights mean
   * @param unknown weight of every single unit that is not a word
   */
  build(weights: ArrayLike<number>, unknown: number): Trie {
    const slots = this.#countSlots()
    const units = new Uint16Array(slots)
    const block = new Int32Array(slots)
    const weight = new Float64Array(slots)
    weight.fill(unknown, 0, ROOT_SLOTS)
    weight.fill(Number.NEGATIVE_INFINITY, ROOT_SLOTS)
    // Parents come first, so their entries can turn into slots while the rest are still nodes.
    const slotOf = this.#parent
    const nodeUnit = this.#unit
    const nodeWeight = this.#weight
    const children = this.#children
    const nodes = this.#nodes
    let free = ROOT_SLOTS
    for (let node = 0; node < nodes; node++) {
      const parent = slotOf[node]!
      const unit = nodeUnit[node]!
      const slot = parent < 0 ? unit : place(units, block[slotOf[parent]!]!, unit)
      slotOf[node] = slot
      if (nodeWeight[node] !== 0) weight[slot] = weights[nodeWeight[node]! - 1]!
      if (children[node] === 0) continue
      const exponent = exponentFor(children[node]!)
      block[slot] = (free << BLOCK_SHIFT) | exponent
      free += 1 << exponent
    }
    return { units, block, weight, slots, depth: this.#depth }
  }

  #countSlots(): number {
    const children = this.#children
    const nodes = this.#nodes
    let slots = ROOT_SLOTS
    for (let node = 0; node < nodes; node++) {
      if (children[node] !== 0) slots += 1 << exponentFor(children[node]!)
    }
    return slots
  }

  #reserve(length: number): void {
    if (length > this.#path.length) {
      this.#path = grown(this.#path, new Int32Array(length * 2))
      this.#word = grown(this.#word, new Uint16Array(length * 2))
    }
    if (this.#nodes + length <= this.#parent.length) return
    const capacity = (this.#nodes + length) * 2
    this.#parent = grown(this.#parent, new Int32Array(capacity))
    this.#unit = grown(this.#unit, new Uint16Array(capacity))
    this.#weight = grown(this.#weight, new Int32Array(capacity))
    this.#children = grown(this.#children, new Uint16Array(capacity))
  }
}

/** One child needs one slot; more get a table at most two thirds full. */
function exponentFor(children: number): number {
  return children === 1 ? 0 : 32 - Math.clz32(children + (children >> 1))
}

function place(units: Uint16Array, entry: number, unit: number): number {
  const mask = (1 << (entry & BLOCK_EXPONENT)) - 1
  const base = entry >>> BLOCK_SHIFT
  let at = homeOf(unit, mask)
  while (units[base + at] !== 0) at = (at + 1) & mask
  units[base + at] = unit
  return base + at
}

function grown<T extends Int32Array | Uint16Array>(from: T, to: T): T {
  to.set(from)
  return to
}
