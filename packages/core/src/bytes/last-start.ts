/** The last of ascending starts that is not behind a value; −1 when all are. */
export function lastStart<T extends number | string>(starts: ArrayLike<T>, value: T): number {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (starts[middle]! <= value) low = middle + 1
    else high = middle
  }
  return low - 1
}
