import { expect, it } from 'vitest'
import { open } from '../../../../test/support/notation.js'

const index = open(`
  a city=洛阳 level=3 tags=甲,乙: 法治政府 | 没有 | 依法治国
  b city=鄭州 level=4 tags=乙: 法治政府
  c: 法治政府
`)

it('counts every matching paragraph under each value of its document', () => {
  const { facets, total } = index.search('法治', { limit: 1, facets: ['city', 'tags', 'level'] })
  expect(total).toBe(4)
  expect(facets).toEqual({
    city: [
      { value: '洛阳', count: 2 },
      { value: '鄭州', count: 1 },
    ],
    tags: [
      { value: '乙', count: 3 },
      { value: '甲', count: 2 },
    ],
    level: [
      { value: 3, count: 2 },
      { value: 4, count: 1 },
    ],
  })
})

it('counts what the filters leave, and nothing unless asked', () => {
  const filter = { city: '郑州' }
  expect(index.search('法治', { filter, facets: ['tags'] }).facets).toEqual({
    tags: [{ value: '乙', count: 1 }],
  })
  expect(index.search('法治').facets).toEqual({})
})

it('names the fields there are when asked for another', () => {
  expect(() => index.search('法治', { facets: ['stadt'] })).toThrow(/no field "stadt".*city/)
})
