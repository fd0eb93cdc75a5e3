/** A search that is given up: by a signal that turns while it runs, as shared memory lets it. */
import { describe, expect, it } from 'vitest'
import { open } from '../../../../test/support/notation.js'
import type { LocalSearchOptions } from '../model.js'

/** Enough rows that lists and loops over rows take many looks. */
const rows = Array.from({ length: 30_000 }, (_, i) => {
  return `d${i} city=${i % 7}: 行政复议法${i % 5 === 0 ? '信访' : ''}${i % 3 === 0 ? '政府' : ''}`
})
const index = open(rows.join('\n'))
const few = open('a: 法治政府\nb: 法治，政府')

/** Is aborted from its `look`th look on; counts them. */
function turning(look: number, reason?: unknown) {
  return {
    looks: 0,
    reason,
    get aborted() {
      return ++this.looks >= look
    },
  }
}

const searches: readonly (readonly [string, string, LocalSearchOptions])[] = [
  ['lists are merged', '行政 OR 复议 OR 政府 OR 信访', {}],
  ['lists are intersected', '"行政复议" "信访"', {}],
  ['texts are read', '行政复议信访政府', { limit: 300 }],
  ['values are counted', '行政', { facets: ['city'] }],
  ['hits are sorted', '行政', { sort: 'city:desc' }],
  ['documents are put together', '行政', { group: 'document', limit: 30 }],
]

describe('a search that is given up', () => {
  it.each(searches)('ends soon while %s', (_, query, options) => {
    const whole = turning(Number.POSITIVE_INFINITY)
    expect(index.search(query, { ...options, signal: whole })).toEqual(index.search(query, options))
    expect(whole.looks).toBeGreaterThan(5)
    for (const look of [1, 2, Math.ceil(whole.looks / 2), whole.looks]) {
      const signal = turning(look, new Error('gone'))
      expect(() => index.search(query, { ...options, signal })).toThrow('gone')
      expect(signal.looks).toBe(look)
    }
  })

  it.each(searches)(
    'leaves an index that finds the same after it, while %s',
    (_, query, options) => {
      const expected = index.search(query, options)
      const { looks } = watched(query, options)
      for (let look = 1; look <= looks; look += Math.ceil(looks / 4)) {
        expect(() => index.search(query, { ...options, signal: turning(look) })).toThrow()
        expect(index.search(query, options)).toEqual(expected)
      }
    },
  )

  it('throws the reason of an AbortSignal, as a bundle does', () => {
    const reason = new Error('typed on')
    const given = () => few.search('法治', { signal: AbortSignal.abort(reason) })
    expect(given).toThrow(reason)
  })

  it('throws ABORTED for a flag that has no reason', () => {
    const given = () => few.search('法治', { signal: { aborted: true } })
    expect(given).toThrow(expect.objectContaining({ name: 'IndexError', code: 'ABORTED' }))
  })

  it('is no other search when the signal stays quiet', () => {
    const { signal } = new AbortController()
    expect(few.search('法治政府', { signal })).toEqual(few.search('法治政府'))
  })

  it('may have its hits read afterwards', () => {
    const control = new AbortController()
    const { hits } = few.search('法治', { signal: control.signal })
    control.abort()
    expect(hits[0]!.text).toBe('法治政府')
  })
})

function watched(query: string, options: LocalSearchOptions) {
  const signal = turning(Number.POSITIVE_INFINITY)
  index.search(query, { ...options, signal })
  return signal
}
