import { describe, expect, it } from 'vitest'
import { analyzer, find, open } from '../../../../test/support/notation.js'
import type { SourceDocument } from '../model.js'
import { openIndex } from '../open-index.js'
import { deflate as portable } from './deflate-portable.js'
import { IndexBuilder } from './index-builder.js'

const text = (id: string, ...texts: string[]): SourceDocument => ({
  id,
  paragraphs: texts.map((paragraph) => ({ text: paragraph })),
})

describe('a document that cannot be indexed', () => {
  it.each([
    ['no object', null, 'A document must be an object'],
    ['no id', { paragraphs: [] }, 'Document "undefined": id must be a text that is not empty'],
    ['an empty id', text(''), 'id must be a text that is not empty'],
    ['a number as title', { ...text('a'), title: 5 }, 'title must be a text, found number'],
    ['null as url', { ...text('a'), url: null }, 'url must be a text, found null'],
    ['no paragraphs', { id: 'a' }, 'paragraphs must be an array, found undefined'],
    ['a text as paragraphs', { id: 'a', paragraphs: '法治' }, 'paragraphs must be an array'],
    [
      'a paragraph without text',
      { id: 'a', paragraphs: [{}] },
      'paragraphs[0].text must be a text',
    ],
    ['null as paragraph', { id: 'a', paragraphs: [null] }, 'paragraphs[0].text must be a text'],
    [
      'a text as heading',
      { id: 'a', paragraphs: [{ text: '', heading: '一' }] },
      'paragraphs[0].heading must be an array of texts, found string',
    ],
    [
      'a number as anchor',
      { id: 'a', paragraphs: [{ text: '' }, { text: '', anchor: 1 }] },
      'paragraphs[1].anchor must be a text',
    ],
    ['a text as metadata', { ...text('a'), meta: 'x' }, 'meta must be an object, found string'],
    ['a list as metadata', { ...text('a'), meta: ['x'] }, 'meta must be an object, found an array'],
    ['an object in metadata', { ...text('a'), meta: { k: {} } }, 'meta.k must be a text'],
    [
      'NaN in metadata',
      { ...text('a'), meta: { k: Number.NaN } },
      'meta.k must be a text, a finite',
    ],
    ['nothing in metadata', { ...text('a'), meta: { k: undefined } }, 'meta.k must be'],
  ])('is refused: %s', (_, document, message) => {
    const builder = new IndexBuilder({ analyzer })
    const add = () => builder.add(document as SourceDocument)
    expect(add).toThrow(expect.objectContaining({ code: 'BAD_DOCUMENT' }))
    expect(add).toThrow(message)
  })

  it('leaves the index as if it had never come', () => {
    const builder = new IndexBuilder({ analyzer })
    builder.add(text('a', '法治'))
    expect(() => builder.add(text('a', '政府'))).toThrow('Two documents have the id "a".')
    expect(() => builder.add({ id: 'b', paragraphs: '' as never })).toThrow()
    builder.add(text('b', '复议'))
    const index = openIndex(builder.finish())
    expect([find(index, '法治'), find(index, '政府'), find(index, '复议')]).toEqual([
      'a.0',
      '',
      'b.0',
    ])
  })
})

describe('a builder', () => {
  it('counts what it was given', () => {
    const builder = new IndexBuilder({ analyzer })
    builder.add(text('a', '法治', '𠮷'))
    builder.add(text('b'))
    const { documentCount, paragraphCount, textUnits } = builder
    // A document without paragraphs has an empty one, to be found by its title.
    expect([documentCount, paragraphCount, textUnits]).toEqual([2, 3, 4])
  })

  it('finishes once', () => {
    const builder = new IndexBuilder({ analyzer })
    builder.finish()
    expect(() => builder.finish()).toThrow('has finished')
    expect(() => builder.add(text('a'))).toThrow('has finished')
  })

  it('makes the same index of the same documents', () => {
    const make = () => {
      const builder = new IndexBuilder({ analyzer })
      for (let i = 0; i < 50; i++) builder.add(text(`d${i}`, `法治政府第${i}段`, '行政复议 MCP'))
      return builder.finish()
    }
    expect(Buffer.compare(make(), make())).toBe(0)
  })

  it('makes an index that answers the same with portable compression and other parameters', () => {
    const documents = Array.from({ length: 40 }, (_, i) => text(`d${i}`, `法治政府第${i}段`))
    const results = [{}, { deflate: portable }, { textChunkBytes: 1 }].map((options) => {
      const builder = new IndexBuilder({ analyzer, ...options })
      for (const document of documents) builder.add(document)
      return openIndex(builder.finish()).search('法治 第7段')
    })
    expect(results[1]).toEqual(results[0])
    expect(results[2]).toEqual(results[0])
  })
})

describe('an index of little', () => {
  it('may have no documents', () => {
    const index = open([])
    index.verify()
    for (const query of ['法治', '"法治"', '-法治', '', 'city:x']) {
      expect(index.search(query)).toMatchObject({ query, total: 0, totalIsExact: true, hits: [] })
    }
    expect(index.topTerms(3)).toEqual([])
    expect(index.inspect().counts.documents).toBe(0)
  })

  it('may have documents without text', () => {
    const index = open([
      { id: 'a', paragraphs: [] },
      { id: 'b', title: '年度报告', paragraphs: [] },
      { id: 'c', paragraphs: [{ text: '' }, { text: ' \n' }, { text: '，。', heading: [''] }] },
    ])
    index.verify()
    expect(find(index, '报告')).toBe('b.0')
    expect(find(index, '，')).toBe('')
    expect(index.search('报告').hits[0]).toMatchObject({ text: '', highlights: [], snippet: [] })
  })

  it.each([
    { k1: -1, b: 0.5 },
    { k1: Number.NaN, b: 0.5 },
    { k1: 1.2, b: 1.5 },
  ])('refuses parameters that no index may have: %o', (bm25) => {
    expect(() => new IndexBuilder({ analyzer, bm25 })).toThrow(
      /bm25 needs k1 from 0 to 100 and b from 0 to 1/,
    )
  })
})
