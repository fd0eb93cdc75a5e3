import fc from 'fast-check'
import { pack } from 'msgpackr'
import { describe, expect, it } from 'vitest'
import { deflate } from '../build/deflate-portable.js'
import type { HitDocument } from '../model.js'
import { memorySource } from '../segment/byte-source.js'
import { ChunkReader } from '../segment/chunks.js'
import { DOCUMENTS_PER_CHUNK } from '../segment/format.js'
import { DocumentStore, DocumentStoreWriter } from './document-store.js'

function storeOf(records: readonly unknown[]): DocumentStore {
  const writer = new DocumentStoreWriter(deflate)
  for (const record of records) writer.add(pack(record))
  const bytes = writer.finish()
  return new DocumentStore(new ChunkReader(memorySource(bytes), 0, bytes.length, 'DOCS', 1 << 20))
}

const text = fc.string({ unit: 'grapheme' })
const value = fc.oneof(text, fc.maxSafeInteger(), fc.array(text))
const document: fc.Arbitrary<HitDocument> = fc.record({
  id: text,
  title: text,
  url: fc.option(text),
  date: fc.option(fc.constant('2025-03-12')),
  meta: fc.dictionary(fc.oneof(text, fc.constantFrom('__proto__', 'constructor')), value),
})

describe('stored documents', () => {
  it('come back in any order, across chunks', () => {
    const many = fc.array(document, { maxLength: DOCUMENTS_PER_CHUNK * 3 })
    fc.assert(
      fc.property(many, (documents) => {
        const store = storeOf(
          documents.map(({ id, title, url, date, meta }) => [id, title, url, date, meta]),
        )
        for (const i of documents.map((_, k) => k).reverse()) {
          const { meta, ...rest } = store.get(i)
          const { meta: given, ...expected } = documents[i]!
          expect(rest).toEqual(expected)
          expect(Object.entries(meta)).toEqual(Object.entries(given))
        }
      }),
      { numRuns: 30 },
    )
  })

  it.each([
    ['no list', { id: 'a' }],
    ['a list of four', ['a', '', null, null]],
    ['an id that is a number', [1, '', null, null, {}]],
    ['metadata that is a list', ['a', '', null, null, []]],
  ])('that are %s are damage', (_, record) => {
    expect(() => storeOf([record]).get(0)).toThrow(/a document record (is broken|lacks)/)
  })

  it('that do not exist are damage', () => {
    const store = storeOf([['a', '', null, null, {}]])
    expect(() => store.get(1)).toThrow('document 1 is not stored')
    expect(() => store.get(DOCUMENTS_PER_CHUNK)).toThrow('section DOCS has no chunk 1')
  })
})
