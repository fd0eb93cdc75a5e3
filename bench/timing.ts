/**
 * Times of queries on a machine that does other work as well.
 *
 * Every query runs `rounds` times, one round after the other over the whole set; its time is
 * the median of its runs, so that an interruption of one run does not count, or the best of them,
 * which a busy machine changes least. CPU time is that
 * of all threads of the process, garbage collection and compilation included; for work on one
 * thread it is what the wall clock shows on an idle machine.
 */

export interface Percentiles {
  /** Milliseconds. */
  readonly p50: number
  readonly p95: number
  readonly mean: number
}

export interface Times {
  readonly queries: number
  readonly cpu: Percentiles
  readonly wall: Percentiles
}

export interface TimingOptions {
  /** Timed rounds; default 5. */
  readonly rounds?: number
  /** Milliseconds after which a function gets no further timed round; default unlimited. */
  readonly budget?: number
  /** Which of a query's runs counts; default `median`. */
  readonly keep?: 'median' | 'best'
  /** Milliseconds of untimed runs of each function; default 1000. */
  readonly warmUpMs?: number
}

/** Times one function over a list of inputs. */
export function timeEach<T>(
  inputs: readonly T[],
  run: (input: T) => unknown,
  options: TimingOptions = {},
): Times {
  return timeInterleaved(inputs, [run], options)[0]!
}

/** Queries that one function runs before the next has its turn. */
const BLOCK = 20
/** Runs of each function before timing starts, for the compiler's sake; slow ones do fewer. */
const WARM_UP_RUNS = 20_000
const WARM_UP_MS = 1000
/** For a median of rounds; fewer come from a budget that is used up. */
const ROUNDS = 5

/**
 * Times several functions over the same inputs in turn, block by block, so that all of them see
 * the machine in the same state. Each has a budget of its own.
 */
export function timeInterleaved<T>(
  inputs: readonly T[],
  runs: readonly ((input: T) => unknown)[],
  options: TimingOptions = {},
): Times[] {
  const { rounds = ROUNDS, budget = Number.POSITIVE_INFINITY, keep = 'median' } = options
  const stopwatches = runs.map(() => new Stopwatch(inputs.length))
  for (const run of runs) warmUp(inputs, run, options.warmUpMs)
  for (let round = 0; round < rounds; round++) {
    const active = stopwatches.map(({ spent }) => spent < budget)
    for (let start = 0; start < inputs.length; start += BLOCK) {
      const block = inputs.slice(start, start + BLOCK)
      for (const [r, run] of runs.entries()) {
        if (active[r] !== true) continue
        for (const [i, input] of block.entries()) {
          stopwatches[r]!.time(start + i, () => run(input))
        }
      }
    }
  }
  return stopwatches.map((stopwatch) => stopwatch.times(keep))
}

/** Runs the inputs round and round, not timed. */
export function warmUp<T>(
  inputs: readonly T[],
  run: (input: T) => unknown,
  milliseconds = WARM_UP_MS,
): void {
  if (inputs.length === 0) return
  const end = performance.now() + milliseconds
  for (let i = 0; i < WARM_UP_RUNS && performance.now() < end; i++) run(inputs[i % inputs.length]!)
}

/** Collects the runs of each query of one set. */
export class Stopwatch {
  /** Milliseconds spent in all runs. */
  spent = 0
  readonly #cpu: number[][]
  readonly #wall: number[][]

  constructor(queries: number) {
    this.#cpu = Array.from({ length: queries }, () => [])
    this.#wall = Array.from({ length: queries }, () => [])
  }

  /** Runs query `i` and keeps its time. */
  time(i: number, run: () => unknown): void {
    const before = process.cpuUsage()
    const start = performance.now()
    run()
    const took = performance.now() - start
    const { user, system } = process.cpuUsage(before)
    this.spent += took
    this.add(i, (user + system) / 1000, took)
  }

  /** Keeps a time that was measured elsewhere, in milliseconds. */
  add(i: number, cpu: number, wall: number): void {
    this.#cpu[i]!.push(cpu)
    this.#wall[i]!.push(wall)
  }

  times(keep: 'median' | 'best' = 'median'): Times {
    const kept = keep === 'median' ? median : (runs: readonly number[]) => Math.min(...runs)
    return {
      queries: this.#cpu.length,
      cpu: summary(this.#cpu.map(kept)),
      wall: summary(this.#wall.map(kept)),
    }
  }
}

function summary(times: readonly number[]): Percentiles {
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length
  return { p50: median(times), p95: percentile(times, 0.95), mean }
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** The smallest value that is at least as large as the given part of all values. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN
}

/** Milliseconds or a ratio with three significant digits. */
export function show(value: number): string {
  if (!Number.isFinite(value)) return '-'
  if (value >= 100) return value.toFixed(0)
  return value.toPrecision(3).replace(/^0\./, '.')
}

/** `p50 / p95` in milliseconds. */
export function showPair({ p50, p95 }: Percentiles): string {
  return `${show(p50)} / ${show(p95)}`
}
