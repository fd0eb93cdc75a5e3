/**
 * How fast a merge works while an index is searched. Even at a lower priority a thread that never
 * rests makes searches start late: both collect garbage in threads that they share, and a busy
 * processor is handed over milliseconds later. So it rests between short pieces of work, as long
 * as there are searches.
 */

/** Milliseconds of work between rests, at least: most pieces are shorter. */
const WORK_MS = 2
/** Rest, by the work before it. */
const REST = 3
/** Milliseconds without a search after which a merge works without rest. */
const QUIET_MS = 250

/** Counts searches where a merging thread can see it. */
export class SearchCounter {
  /** One number; shared with threads. */
  readonly shared = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))

  add(): void {
    Atomics.add(this.shared, 0, 1)
  }
}

/** Time in milliseconds, and how a thread sleeps. */
export interface ThreadClock {
  now(): number
  sleep(milliseconds: number): void
}

/** For the thread that merges. */
export class MergePace {
  readonly #searches: Int32Array
  readonly #clock: ThreadClock
  #seen: number
  #searchedAt = Number.NEGATIVE_INFINITY
  #since: number

  /** `searches`: see SearchCounter. */
  constructor(searches: Int32Array, clock: ThreadClock = ownClock()) {
    this.#searches = searches
    this.#clock = clock
    this.#seen = Atomics.load(searches, 0)
    this.#since = clock.now()
  }

  /** Between two pieces of work. */
  rest(): void {
    const now = this.#clock.now()
    const worked = now - this.#since
    if (worked < WORK_MS) return
    const count = Atomics.load(this.#searches, 0)
    if (count !== this.#seen) {
      this.#seen = count
      this.#searchedAt = now
    }
    if (now - this.#searchedAt < QUIET_MS) this.#clock.sleep(worked * REST)
    this.#since = this.#clock.now()
  }
}

function ownClock(): ThreadClock {
  // Nobody writes to it: waiting for it is sleeping.
  const never = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  return {
    now: () => performance.now(),
    sleep: (milliseconds) => {
      Atomics.wait(never, 0, 0, milliseconds)
    },
  }
}
