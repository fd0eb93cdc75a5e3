import { expect, it } from 'vitest'
import { formatBytes, formatDuration, plural } from './quantity.js'

it('writes bytes with the unit that keeps them short', () => {
  expect([0, 742, 53_329, 999_400, 999_600, 56_600_000, 3e12].map(formatBytes)).toEqual([
    '0 B',
    '742 B',
    '53.3 kB',
    '999 kB',
    '1.0 MB',
    '56.6 MB',
    '3.0 TB',
  ])
})

it('writes durations from fractions of a millisecond to minutes', () => {
  expect([0.42, 38.2, 999, 2400, 59_960, 187_000].map(formatDuration)).toEqual([
    '0.4 ms',
    '38 ms',
    '999 ms',
    '2.4 s',
    '1:00',
    '3:07',
  ])
})

it('counts with the noun in the right number', () => {
  expect([1, 2, 1234].map((count) => plural(count, 'file'))).toEqual([
    '1 file',
    '2 files',
    '1,234 files',
  ])
})
