/**
 * Work in steps: it yields where others may have their turn, and returns what it made. Half done
 * work is dropped by not going on.
 */
export type Steps<T> = Generator<void, T>

/** Takes all steps at once. */
export function finished<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}
