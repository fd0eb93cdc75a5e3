import { describe, expect, it } from 'vitest'
import { find, open } from '../../../../test/support/notation.js'

describe('hits in the order of a field', () => {
  const index = open(`
    a city=洛阳: 法治
    b: 法治
    c city=安阳: 法治
    d city=洛阳: 法治 | 法治
    e: 法治
    f city=开封: 法治
  `)

  it('keep their order between equals, those without a value last', () => {
    expect(find(index, '法治', { sort: 'city:asc' })).toBe('c.0 f.0 a.0 d.0 d.1 b.0 e.0')
    expect(find(index, '法治', { sort: 'city:desc' })).toBe('a.0 d.0 d.1 f.0 c.0 b.0 e.0')
  })

  it('are a page of the whole order', () => {
    const page = { sort: 'city:desc', limit: 3, offset: 2 }
    expect(find(index, '法治', page)).toBe('d.1 f.0 c.0')
  })

  it('may be none', () => {
    expect(find(index, '"没有"', { sort: 'city:asc' })).toBe('')
  })
})
