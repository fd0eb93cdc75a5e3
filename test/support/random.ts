/** Seeded randomness for tests: the same seed draws the same corpus on every machine. */

export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** A number in [0, 1). The generator is splitmix32. */
  next(): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }

  /** A whole number in [from, to). */
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(items: ArrayLike<T>): T {
    return items[this.int(0, items.length)]!
  }

  /** Early items come up more often than late ones, as words of a language do. */
  pickSkewed<T>(items: ArrayLike<T>): T {
    return items[Math.floor(this.next() ** 3 * items.length)]!
  }

  /** `count` results of a draw. */
  times<T>(count: number, draw: (i: number) => T): T[] {
    return Array.from({ length: count }, (_, i) => draw(i))
  }
}
