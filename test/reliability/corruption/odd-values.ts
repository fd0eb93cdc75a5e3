/** Values that a field of MessagePack or JSON may have, and should not. */

import type { Random } from '../../support/random.js'

const NUMBERS = [
  ...[0, -0, -1, 1, 0.5, 2 ** 31, 2 ** 32, 2 ** 53, 1e300, -1e300],
  ...[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
] as const
const ODD_VALUES = [null, true, '', 'x', [], {}, [1, [2]], { toString: null }] as const

/** Changes one value somewhere in a tree of maps, in place; returns what was done. */
export function changeValue(root: Record<string, unknown>, random: Random): string {
  let owner = root
  let path = random.pick(Object.keys(root))
  let key = path
  while (isRecord(owner[key]) && random.chance(0.95)) {
    owner = owner[key] as Record<string, unknown>
    key = random.pick(Object.keys(owner))
    path += `.${key}`
  }
  const before = owner[key]
  if (typeof before === 'string' && random.chance(0.7)) {
    const at = random.int(0, before.length + 1)
    const piece = random.pick(['', '𠮷', '\ud842', '法', 'a', '\u0000', '\u0001', '\u0300'])
    owner[key] = before.slice(0, at) + piece + before.slice(at + random.int(0, 3))
  } else if (random.chance(0.15)) owner[key] = random.pick(ODD_VALUES)
  else owner[key] = random.pick(NUMBERS)
  return `${path} = ${typeof owner[key] === 'number' ? owner[key] : JSON.stringify(owner[key])}`
}

function isRecord(value: unknown): boolean {
  const isObject = typeof value === 'object' && value !== null
  return isObject && !(value instanceof Uint8Array) && Object.keys(value).length > 0
}
