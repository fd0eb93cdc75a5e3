import { describe, expect, it } from 'vitest'
import { openList } from '../../../../test/support/posting-lists.js'
import { KeptLists } from './kept-lists.js'
import type { PostingList } from './posting-list.js'

const list = (postings: number) => {
  return openList(new Map(Array.from({ length: postings }, (_, i) => [i, 1])), postings)
}

/** The lists of `keys` that are opened again when they are asked for in this order. */
function openings(kept: KeptLists<string>, lists: Record<string, PostingList>, keys: string) {
  const opened: string[] = []
  for (const key of keys) {
    const found = kept.get(key, () => {
      opened.push(key)
      return lists[key]!
    })
    expect(found).toBe(lists[key])
  }
  return opened.join('')
}

describe('kept lists', () => {
  const lists = { a: list(10), b: list(10), c: list(10), d: list(10) }
  const size = lists.a.byteLength

  it('opens each once while there is room', () => {
    expect(openings(new KeptLists(size * 8), lists, 'abcdabcd')).toBe('abcd')
  })

  it('forgets those that were not asked for lately', () => {
    // Two a generation, two generations.
    expect(openings(new KeptLists(size * 4.5), lists, 'abcaad')).toBe('abcd')
    expect(openings(new KeptLists(size * 4.5), lists, 'abcdab')).toBe('abcdb')
  })

  it('lends no list more than an eighth of its room', () => {
    const kept = new KeptLists(8000)
    expect(kept.take(1001)).toBe(false)
    expect(kept.take(1000)).toBe(true)
  })
})
