import pc from 'picocolors'
import { expect, it } from 'vitest'
import { Progress, progressLine } from './progress.js'

const half = { bytesDone: 5_000_000, bytesTotal: 10_000_000, documents: 1204 }

it('says how far, how fast and how long', () => {
  expect(progressLine(half, 2000)).toBe(
    '50% · 1,204 documents · 5.0 MB of 10.0 MB · 2.5 MB/s · 2.0 s left',
  )
})

it('promises no end in the first second, or while the total is unknown', () => {
  expect(progressLine(half, 500)).not.toContain('left')
  expect(progressLine({ ...half, bytesTotal: 0 }, 2000)).toBe('1,204 documents · 5.0 MB · 2.5 MB/s')
})

it('draws at most every 100 ms, only on a terminal, and takes its line away', () => {
  const drawn: string[] = []
  let now = 0
  const terminal = {
    write: (text: string) => {
      drawn.push(text)
    },
    colors: pc.createColors(false),
    isTerminal: true,
    columns: 20,
  }
  const progress = new Progress(terminal, () => now)
  for (now = 100; now <= 150; now += 10) progress.update(half)
  progress.clear()
  expect(drawn).toEqual(['\r\u001B[K50% · 1,204 docume…', '\r\u001B[K'])

  const silent = new Progress({ ...terminal, isTerminal: false }, () => now)
  silent.update(half)
  silent.clear()
  expect(drawn).toHaveLength(2)
})
