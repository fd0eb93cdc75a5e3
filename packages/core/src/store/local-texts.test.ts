import { Folder } from '@wenxun/tokenizer/scan'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analyzer } from '../../../../test/support/notation.js'
import { deflate } from '../build/deflate-portable.js'
import { memorySource } from '../segment/byte-source.js'
import { ChunkReader } from '../segment/chunks.js'
import { LocalTexts } from './local-texts.js'
import { Decoder } from './recoder.js'
import { TextStoreWriter } from './text-store.js'

const folder = new Folder(analyzer.folds)
const ALL = 1000

function storesOf(texts: readonly string[], kept: readonly number[], target = 40) {
  const writer = new TextStoreWriter(deflate, target)
  for (const [i, text] of texts.entries()) writer.add({ text, heading: [`第${i >> 2}章`] })
  const { chunks, starts, table } = writer.finish()
  return kept.map((keptChunks) => {
    const reader = new ChunkReader(memorySource(chunks), 0, chunks.length, 'TEXT', 0)
    return new LocalTexts(reader, starts, new Decoder(table), { rows: texts.length, keptChunks })
  })
}

function has(store: LocalTexts, row: number, term: string): boolean {
  return store.surelyHas(Int32Array.of(row), 0, term, folder)
}

const text = fc
  .array(fc.constantFrom('法治', '政府', '哈', '哈哈', '楓橋', 'か\u3099', '，', '', '\u0f00'))
  .map((pieces) => pieces.join(''))

describe('the texts of an index at hand', () => {
  it('are the same whether all chunks are kept or one, in any order', () => {
    const rows = fc.array(fc.nat(), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 30 }), rows, (texts, order) => {
        const [all, one] = storesOf(texts, [ALL, 1])
        const asked = Int32Array.from(order, (place) => place % texts.length)
        const units = new Uint16Array(1000)
        for (const [i, row] of asked.entries()) {
          expect(all!.surelyHas(asked, i, '治', folder)).toBe(texts[row]!.includes('治'))
          expect(all!.text(row)).toBe(texts[row])
          expect(one!.text(row)).toBe(texts[row])
          expect(all!.heading(row)).toEqual({ heading: [`第${row >> 2}章`], anchor: null })
          expect(all!.read(row, units)).toBe(texts[row]!.length)
        }
      }),
    )
  })

  it('are known to hold what is written as most texts write it, overlapping or not', () => {
    const texts = ['法治哈哈哈政府', '哈法', '哈哈法哈哈法治', '', '政府哈哈法']
    const rare = Array.from({ length: 600 }, (_, i) => String.fromCharCode(0x4e00 + i * 9)).join('')
    for (const store of storesOf([...texts, rare], [ALL, 1])) {
      for (const term of ['哈', '哈哈', '哈哈哈', '哈法', '哈哈法治', '府', '法治哈哈哈政府']) {
        const found = texts.map((_, row) => has(store, row, term))
        expect(found).toEqual(texts.map((one) => one.includes(term)))
      }
      const last = rare.slice(-3)
      expect(has(store, texts.length, last)).toBe(true)
      expect(has(store, 0, last)).toBe(false)
      expect(has(store, 0, '無此字')).toBe(false)
    }
  })

  it('must be asked for what belongs to a character before it, or is spelt otherwise', () => {
    const [store] = storesOf(['たか\u3099', '法', '楓橋', '枫桥', '枫桥'], [ALL])
    expect(has(store!, 0, 'たか')).toBe(false)
    expect(has(store!, 3, '枫桥')).toBe(true)
    expect(has(store!, 2, '枫桥')).toBe(false)
  })

  it('are read chunk by chunk where the ends of chunks are out of order', () => {
    const writer = new TextStoreWriter(deflate, 1)
    for (const one of ['法治', '政府', '楓橋']) writer.add({ text: one })
    const { chunks, starts, table } = writer.finish()
    const reader = new ChunkReader(memorySource(chunks), 0, chunks.length, 'TEXT', 0)
    const claims = { count: 3, startOf: (i: number) => [0, 5, 2, 9][i]!, indexAt: () => 0 }
    const forged = { ...claims, chunk: (i: number) => reader.chunk(i) }
    const options = { rows: 3, keptChunks: ALL }
    const store = new LocalTexts(forged, starts, new Decoder(table), options)
    expect([0, 1, 2, 1, 0].map((row) => store.text(row))).toEqual(
      [0, 1, 2, 1, 0].map((row) => ['法治', '政府', '楓橋'][row]),
    )
  })
})
