/**
 * How often the pairs of regional words occur in segments together. Every snapshot of a live index
 * asks for all of them, while few segments change between two snapshots; so what a large one
 * answers is kept with it.
 */

import { regionalPairs } from '../build/synonyms-writer.js'
import type { CountTable } from '../counts/count-table.js'
import { PairColumn } from '../counts/index-counts.js'

const COLUMNS = Object.keys(PairColumn).length

let places: ReadonlyMap<number, number> | null = null
/** Per table of pairs a value for each place and column. */
const known = new WeakMap<CountTable, Int32Array>()

export class RegionalCounts {
  readonly #places = placesOfPairs()
  readonly #sums = new Int32Array(this.#places.size * COLUMNS)

  /** What the tables in `plus` hold together, less those in `minus`. */
  constructor(plus: readonly CountTable[], minus: readonly CountTable[]) {
    for (const table of plus) this.#add(table, 1)
    for (const table of minus) this.#add(table, -1)
  }

  /** By PairColumn; undefined for a pair that no regional word has. */
  get(key: number, column: number): number | undefined {
    const place = this.#places.get(key)
    return place === undefined ? undefined : this.#sums[place * COLUMNS + column]
  }

  #add(table: CountTable, sign: number): void {
    const sums = this.#sums
    if (table.keys.length < this.#places.size) {
      addSmall(table, this.#places, sums, sign)
      return
    }
    let counts = known.get(table)
    if (counts === undefined) {
      counts = new Int32Array(sums.length)
      addLarge(table, this.#places, counts)
      known.set(table, counts)
    }
    for (let i = 0; i < sums.length; i++) sums[i]! += sign * counts[i]!
  }
}

function placesOfPairs(): ReadonlyMap<number, number> {
  places ??= new Map(Array.from(regionalPairs(), (key, place) => [key, place]))
  return places
}

function addSmall(
  { keys, columns }: CountTable,
  at: ReadonlyMap<number, number>,
  sums: Int32Array,
  sign: number,
): void {
  for (let i = 0; i < keys.length; i++) {
    const place = at.get(keys[i]!)
    if (place === undefined) continue
    for (let c = 0; c < COLUMNS; c++) sums[place * COLUMNS + c]! += sign * columns[c]![i]!
  }
}

function addLarge(table: CountTable, at: ReadonlyMap<number, number>, sums: Int32Array): void {
  for (const [key, place] of at) {
    const i = table.find(key)
    if (i < 0) continue
    for (let c = 0; c < COLUMNS; c++) sums[place * COLUMNS + c] = table.columns[c]![i]!
  }
}
