/** Median time of a task that is long enough to be timed alone, by tinybench. */
import { Bench } from 'tinybench'

const LEAST_RUNS = 3
/** A task that takes longer runs once: it is long enough to be measured that way. */
const LONG_MS = 1000

/**
 * Median milliseconds by the clock. The first run warms up, and is the only one when it takes more
 * than a second; else at least three follow, more while `budget` milliseconds last.
 */
export function timeTask(task: () => unknown, budget: number): number {
  const start = performance.now()
  task()
  const first = performance.now() - start
  if (first > LONG_MS) return first
  const bench = new Bench({
    time: budget,
    iterations: LEAST_RUNS,
    warmup: false,
    throws: true,
  }).add('task', task)
  const [{ result } = {}] = bench.runSync()
  return result !== undefined && 'latency' in result ? result.latency.p50 : Number.NaN
}
