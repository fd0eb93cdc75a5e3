import { describe, expect, it } from 'vitest'
import { MergePace, SearchCounter } from './merge-pace.js'

/** A merge of 1,000 ms in pieces of 1 ms; `searches` at the times given. Tells how long it rested. */
const restOf = (...searches: number[]) => {
  const counter = new SearchCounter()
  let time = 0
  let rested = 0
  const pace = new MergePace(counter.shared, {
    now: () => time,
    sleep: (milliseconds) => {
      time += milliseconds
      rested += milliseconds
    },
  })
  const due = [...searches]
  for (let piece = 0; piece < 1000; piece++) {
    time++
    while (due.length > 0 && due[0]! <= time) {
      due.shift()
      counter.add()
    }
    pace.rest()
  }
  return rested
}
const every = (step: number, until: number) =>
  Array.from({ length: until / step }, (_, i) => i * step)

describe('a merge', () => {
  it('works without rest where nobody searches', () => {
    expect(restOf()).toBe(0)
  })

  it('rests three times as long as it works while there are searches', () => {
    expect(restOf(...every(10, 10_000))).toBe(3000)
  })

  it('works on without rest when searches have stopped', () => {
    const once = restOf(0)
    expect(once).toBeGreaterThan(100)
    expect(once).toBeLessThan(300)
    expect(restOf(...every(10, 1000))).toBeLessThan(1200)
  })

  it('tells a shared counter from its own beginning', () => {
    const counter = new SearchCounter()
    counter.add()
    let slept = false
    let time = 0
    const clock = { now: () => time, sleep: () => (slept = true) }
    const pace = new MergePace(counter.shared, clock)
    time = 50
    pace.rest()
    expect(slept).toBe(false)
  })
})
