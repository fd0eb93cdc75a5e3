/** Collects sorted words and lays them out as a trie; see trie.ts for the layout. */
import { BLOCK_EXPONENT, BLOCK_SHIFT, homeOf, ROOT_SLOTS, type Trie } from './trie.js'

/** Room for the nodes of one more word, which are reserved before they are counted. */
const SPARE = 256

export class TrieBuilder {
  // Nodes in order of the words, so that a node's first child comes right after it. `next` is
  // the sibling after it, or 0, which is nobody's; `weight` is NaN where no word ends.
  #unit: Uint16Array
  #next: Int32Array
  #weight: Float64Array
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
    this.#unit = new Uint16Array(capacity)
    this.#next = new Int32Array(capacity)
    this.#weight = new Float64Array(capacity).fill(Number.NaN)
    this.#children = new Uint16Array(capacity)
  }

  /**
   * Adds the word in `units[0, length)`. Words come sorted by unit and hold no unit 0; one that
   * repeats the word before replaces its weight.
   */
  add(units: Uint16Array, length: number, weight: number): void {
    this.#reserve(length)
    const word = this.#word
    const path = this.#path
    const common = Math.min(length, this.#length)
    let shared = 0
    while (shared < common && units[shared] === word[shared]) shared++
    if (shared < common) this.#next[path[shared]!] = this.#nodes
    for (let i = shared; i < length; i++) {
      if (i > 0) this.#children[path[i - 1]!]!++
      path[i] = this.#nodes
      word[i] = units[i]!
      this.#unit[this.#nodes++] = units[i]!
    }
    this.#length = length
    this.#weight[path[length - 1]!] = weight
    if (length > this.#depth) this.#depth = length
  }

  /**
   * Lays out the trie; the builder is used up by that.
   * @param unknown weight of every single unit that is not a word, and of those taken away by
   *   a weight of -Infinity
   */
  build(unknown: number): Trie {
    const slots = this.#countSlots()
    const units = new Uint16Array(slots)
    const block = new Int32Array(slots)
    const weight = new Float64Array(slots)
    weight.fill(unknown, 0, ROOT_SLOTS)
    weight.fill(Number.NEGATIVE_INFINITY, ROOT_SLOTS)
    // The node at each slot, plus one.
    const nodeAt = new Int32Array(slots)
    const settle = (slot: number, node: number) => {
      nodeAt[slot] = node + 1
      if (this.#weight[node]! > Number.NEGATIVE_INFINITY) weight[slot] = this.#weight[node]!
    }
    if (this.#nodes > 0) {
      let node = 0
      do {
        settle(this.#unit[node]!, node)
        node = this.#next[node]!
      } while (node !== 0)
    }
    let free = ROOT_SLOTS
    for (let slot = 0; slot < free; slot++) {
      const parent = nodeAt[slot]! - 1
      if (parent < 0 || this.#children[parent] === 0) continue
      const exponent = exponentFor(this.#children[parent]!)
      block[slot] = (free << BLOCK_SHIFT) | exponent
      let child = parent + 1
      do {
        settle(place(units, block[slot]!, this.#unit[child]!), child)
        child = this.#next[child]!
      } while (child !== 0)
      free += 1 << exponent
    }
    return { units, block, weight, unknown, slots, depth: this.#depth }
  }

  #countSlots(): number {
    let slots = ROOT_SLOTS
    for (let node = 0; node < this.#nodes; node++) {
      if (this.#children[node] !== 0) slots += 1 << exponentFor(this.#children[node]!)
    }
    return slots
  }

  #reserve(length: number): void {
    if (length > this.#path.length) {
      this.#path = grown(this.#path, new Int32Array(length * 2))
      this.#word = grown(this.#word, new Uint16Array(length * 2))
    }
    if (this.#nodes + length <= this.#unit.length) return
    const capacity = (this.#nodes + length) * 2
    this.#unit = grown(this.#unit, new Uint16Array(capacity))
    this.#next = grown(this.#next, new Int32Array(capacity))
    this.#weight = grown(this.#weight, new Float64Array(capacity).fill(Number.NaN))
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

function grown<T extends Float64Array | Int32Array | Uint16Array>(from: T, to: T): T {
  to.set(from)
  return to
}
