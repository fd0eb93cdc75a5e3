import { describe, expect, it } from 'vitest'
import { build } from '../../../../test/support/notation.js'
import { openIndex } from '../open-index.js'

const page = (id: string, ...texts: string[]) => ({
  id,
  paragraphs: texts.map((text) => ({ text })),
})

const pages = [
  page('one word', '渔业渔业渔业。', '渔业许可。'),
  page('both, apart', '船舶登记由海事机构负责，依照有关法律、行政法规的规定办理。', '渔业资源。'),
  page('both, together', '说到渔业，也说到船舶。'),
  page('none', '行政复议。'),
  { id: 'title', title: '渔业法', paragraphs: [{ text: '对船舶的检查。' }] },
]

const found = (query: string, options: object) => {
  const index = openIndex(build(pages, options))
  return index.search(query, { group: 'document' }).groups!.map(({ document }) => document.id)
}

describe('pages of a site', () => {
  const options = { secondLook: 8 }

  it('that hold all words somewhere come before those that hold some', () => {
    const order = found('渔业 船舶', options)
    expect(order[0]).toBe('both, together')
    expect(order.slice(1, 3).sort()).toEqual(['both, apart', 'title'])
    expect(order[3]).toBe('one word')
    expect(order).not.toContain('none')
  })

  it('are the same without pruning', () => {
    const index = openIndex(build(pages, options))
    const asked = { group: 'document', groupSize: 1, limit: 3 } as const
    const brief = ({ hits }: { hits: readonly { document: { id: string }; score: number }[] }) =>
      hits.map(({ document, score }) => [document.id, score])
    expect(brief(index.search('渔业 船舶', asked))).toEqual(
      brief(index.searchExhaustively('渔业 船舶', asked)),
    )
  })

  it('of an index that is no site are ordered by their paragraphs', () => {
    const order = found('渔业 船舶', {})
    expect(order.indexOf('one word')).toBeLessThan(order.indexOf('both, apart'))
  })
})
