/** Ranking of texts by what speaks for them. */

/** Keys by descending value; ties in order of the keys. */
export function inOrder(values: ReadonlyMap<string, number>): string[] {
  const order = [...values].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  return order.map(([key]) => key)
}
