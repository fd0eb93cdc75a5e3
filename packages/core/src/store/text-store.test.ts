import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deflate } from '../build/deflate-portable.js'
import type { SourceParagraph } from '../model.js'
import { memorySource } from '../segment/byte-source.js'
import { ChunkReader, ChunkWriter } from '../segment/chunks.js'
import { everyParagraph } from './every-paragraph.js'
import { Decoder } from './recoder.js'
import { TextStore, TextStoreWriter } from './text-store.js'

function store(paragraphs: readonly SourceParagraph[], target: number, keptChunks = 4) {
  const writer = new TextStoreWriter(deflate, target)
  for (const paragraph of paragraphs) writer.add(paragraph)
  const { chunks, starts, table } = writer.finish()
  const reader = new ChunkReader(memorySource(chunks), 0, chunks.length, 'TEXT', 1 << 20)
  const options = { rows: paragraphs.length, keptChunks }
  return { reader, texts: new TextStore(reader, starts, new Decoder(table), options) }
}

const paragraph = fc.record(
  {
    text: fc.string({ unit: 'binary', maxLength: 40 }),
    heading: fc.array(fc.constantFrom('一、总则', '（一）目的', '', '附则'), { maxLength: 4 }),
    anchor: fc.constantFrom('', 'p1', '第一条'),
  },
  { requiredKeys: ['text'] },
)

describe('stored paragraphs', () => {
  it('come back with headings and anchors, in any order, for every size of chunk', () => {
    const sizes = fc.constantFrom(1, 16, 100, 8192)
    fc.assert(
      fc.property(fc.array(paragraph, { maxLength: 40 }), sizes, (paragraphs, target) => {
        const { texts } = store(paragraphs, target)
        texts.verify()
        const order = paragraphs.map((_, i) => i).sort((a, b) => (a % 7) - (b % 7) || b - a)
        for (const row of order) {
          const { text, heading = [], anchor = null } = paragraphs[row]!
          expect(texts.text(row)).toBe(text)
          expect(texts.heading(row)).toEqual({ heading, anchor })
        }
        const given = paragraphs.map(({ heading = [], ...rest }) => ({ ...rest, heading }))
        expect([...everyParagraph(texts)]).toEqual(given)
      }),
    )
  })

  it('fill chunks up to the target size', () => {
    const paragraphs = Array.from({ length: 1000 }, (_, i) => ({ text: `第${i}段：法治政府建设` }))
    const { reader } = store(paragraphs, 1024)
    const sizes = Array.from({ length: reader.count - 1 }, (_, i) => reader.chunk(i).length)
    expect(sizes.length).toBeGreaterThan(5)
    expect(sizes.every((size) => size >= 1024 && size < 2048)).toBe(true)
  })

  it('beyond the training sample come back, with characters that it lacked', () => {
    const text = '楓橋經驗'
    const heading = ['《條例》']
    const long = Array.from({ length: 11 }, () => ({ text: '法治'.repeat(50_000) }))
    const { texts } = store([...long, { text, heading, anchor: '錨' }], 8192)
    expect(texts.text(11)).toBe(text)
    expect(texts.heading(11)).toEqual({ heading, anchor: '錨' })
  })

  it('that do not exist are damage', () => {
    const { texts } = store([{ text: '法' }], 100)
    expect(() => texts.text(1)).toThrow('paragraph 1 is not stored')
    expect(() => store([], 100).texts.heading(0)).toThrow('paragraph 0 is not stored')
  })

  it('and an index that count differently are damage', () => {
    const { reader } = store([{ text: '法' }, { text: '治' }], 100)
    const decoder = new Decoder(new Uint8Array(0))
    const open = (starts: number[], rows: number) =>
      new TextStore(reader, Uint32Array.from(starts), decoder, { rows, keptChunks: 1 })
    expect(() => open([0, 1], 2)).toThrow('differ in length')
    expect(() => open([0], 1).text(0)).toThrow('text chunk 0 holds 2 paragraphs')
  })

  it.each([
    ['keep a heading that is not there', [1, 0, 2, 0], 'a heading path is broken'],
    ['add more headings than there may be', [1, 0, 0, 65], 'a heading path is broken'],
    ['have a heading beyond their chunk', [1, 0, 0, 1, 9], 'a text chunk ends 9 bytes too early'],
    ['have an anchor beyond their chunk', [1, 0, 1, 0, 9], 'a text chunk ends 9 bytes too early'],
    ['have no heading', [1, 0], 'a text chunk ends 1 bytes too early'],
  ])('that %s are damage', (_, chunk, message) => {
    const writer = new ChunkWriter(deflate, 100)
    writer.piece(Uint8Array.from(chunk))
    const bytes = writer.finish()
    const reader = new ChunkReader(memorySource(bytes), 0, bytes.length, 'TEXT', 1 << 20)
    const decoder = new Decoder(new Uint8Array(0))
    const texts = new TextStore(reader, Uint32Array.of(0), decoder, { rows: 1, keptChunks: 1 })
    expect(() => texts.heading(0)).toThrow(message)
    expect(() => [...everyParagraph(texts)]).toThrow(message)
  })
})
