/** Seeded random numbers, so that every bench draws the same samples everywhere. */

/** Uniform numbers in [0, 1) from a 32-bit state (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** `count` different items in random order; all of them when there are fewer. */
export function sample<T>(items: readonly T[], count: number, seed: number): T[] {
  const random = seededRandom(seed)
  const pool = [...items]
  const taken = Math.min(count, pool.length)
  for (let i = 0; i < taken; i++) {
    const j = i + Math.floor(random() * (pool.length - i))
    const swapped = pool[i]!
    pool[i] = pool[j]!
    pool[j] = swapped
  }
  return pool.slice(0, taken)
}
