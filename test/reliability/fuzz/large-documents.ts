/** Documents out of all proportion, but sound. */

import type { SourceDocument } from '@wenxun/core'

export interface LargeDocument {
  readonly name: string
  readonly document: SourceDocument
  readonly query: string
  /** Paragraphs that the query matches. */
  readonly hits: number
}

/** `size`: UTF-16 units, paragraphs, or values, whatever there is much of. */
export function largeDocuments(size: number): LargeDocument[] {
  const many = <T>(make: (i: number) => T, count = size) =>
    Array.from({ length: count }, (_, i) => make(i))
  const id = 'large'
  return [
    {
      name: 'one paragraph of one character',
      document: { id, paragraphs: [{ text: '法'.repeat(size) }] },
      query: '法法法',
      hits: 1,
    },
    {
      name: 'one paragraph of sentences',
      document: { id, paragraphs: [{ text: '全面推进依法行政，'.repeat(size / 9) }] },
      query: '依法行政',
      hits: 1,
    },
    {
      name: 'one paragraph of different characters',
      document: { id, paragraphs: [{ text: `${distinct(size)}法治` }] },
      query: '法治',
      hits: 1,
    },
    {
      name: 'one paragraph of Latin words',
      document: {
        id,
        paragraphs: [{ text: `${many((i) => `word${i}`, size / 8).join(' ')}法治` }],
      },
      query: '法治',
      hits: 1,
    },
    {
      name: 'one word',
      document: { id, paragraphs: [{ text: 'a'.repeat(size) }, { text: '法治' }] },
      query: '法治',
      hits: 1,
    },
    {
      name: 'combining marks on one letter',
      document: { id, paragraphs: [{ text: `e${'\u0301'.repeat(size)}法治` }] },
      query: '法治',
      hits: 1,
    },
    {
      name: 'tiny paragraphs',
      document: { id, paragraphs: many(() => ({ text: '法' })) },
      query: '法',
      hits: size,
    },
    {
      name: 'empty paragraphs, and one that is not',
      document: { id, paragraphs: [...many(() => ({ text: '' })), { text: '法治' }] },
      query: '法治',
      hits: 1,
    },
    {
      name: 'a heading for every paragraph',
      document: { id, paragraphs: many((i) => ({ text: '政府', heading: [`第${i}章`] })) },
      query: '政府',
      hits: size,
    },
    {
      name: 'a long title and long headings',
      document: {
        id,
        title: '法'.repeat(size),
        paragraphs: [{ text: '政府', heading: ['治'.repeat(size)] }],
      },
      query: '政府',
      hits: 1,
    },
    {
      name: 'much metadata',
      document: {
        id,
        meta: Object.fromEntries(many((i) => [`field${i}`, i], Math.ceil(size / 20))),
        paragraphs: [{ text: '法治' }],
      },
      query: '法治',
      hits: 1,
    },
    {
      name: 'many values of one field',
      document: { id, meta: { tags: many((i) => `标签${i}`) }, paragraphs: [{ text: '法治' }] },
      query: '法治',
      hits: 1,
    },
  ]
}

/** Han characters, each as rarely as can be. */
function distinct(size: number): string {
  return Array.from({ length: size }, (_, i) => String.fromCharCode(0x4e00 + (i % 20_000))).join('')
}
