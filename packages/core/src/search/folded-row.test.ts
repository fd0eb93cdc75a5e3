import { Folder } from '@wenxun/tokenizer/scan'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analyzer } from '../../../../test/support/notation.js'
import { deflate } from '../build/deflate-portable.js'
import { foldText } from '../query/scanned-text.js'
import { memorySource } from '../segment/byte-source.js'
import { ChunkReader } from '../segment/chunks.js'
import { LocalTexts } from '../store/local-texts.js'
import { Decoder } from '../store/recoder.js'
import { type TextStore, TextStoreWriter } from '../store/text-store.js'
import { FoldedRow } from './folded-row.js'

const folder = new Folder(analyzer.folds)

function storeOf(texts: readonly string[]): TextStore {
  const writer = new TextStoreWriter(deflate, 64)
  for (const text of texts) writer.add({ text })
  const { chunks, starts, table } = writer.finish()
  const reader = new ChunkReader(memorySource(chunks), 0, chunks.length, 'TEXT', 1 << 20)
  const options = { rows: texts.length, keptChunks: 4 }
  return new LocalTexts(reader, starts, new Decoder(table), options)
}

/** Characters whose folds keep, lose and change lengths, and halves of pairs. */
const piece = fc.constantFrom(
  ...[
    '法治',
    '楓橋',
    'Ａ',
    '２',
    'é',
    'e\u0301',
    'ﬁ',
    '㎏',
    '々',
    '〇',
    '𠮷',
    '\ud842',
    '葛\u{e0100}',
  ],
  ...['\u200b', 'か\u3099', '👩‍⚕️', '，', ' ', '哈哈'],
)
const anyText = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))

describe('the folded text of a row', () => {
  it('is that of its text, and finds what stands in it', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 6 }), anyText, (texts, sought) => {
        const row = new FoldedRow(storeOf(texts), folder)
        const terms = ['法', '治枫', '𠮷', 'kg', foldText(folder, sought)]
        // Forth and back, since the row in hand is kept.
        for (const i of [...texts.keys(), ...[...texts.keys()].reverse()]) {
          row.load(i)
          const folded = foldText(folder, texts[i]!)
          expect(String.fromCharCode(...row.units.subarray(0, row.length))).toBe(folded)
          for (const term of terms.filter((text) => text !== '')) {
            expect(row.indexOf(term)).toBe(folded.indexOf(term))
            // Found without folding only where it is.
            if (row.texts.surelyHas!(Int32Array.of(i), 0, term, folder))
              expect(folded).toContain(term)
          }
        }
      }),
      { numRuns: 80 },
    )
  })

  it('is known to have what stands in it as it is written, of frequent and rare characters', () => {
    const rare = Array.from({ length: 600 }, (_, i) => String.fromCharCode(0x4e00 + i * 7)).filter(
      (char) => foldText(folder, char) === char,
    )
    const texts = [`${rare.join('')}法治政府`, ...rare.map((char) => `${char}楓橋${char}經驗。`)]
    const row = new FoldedRow(storeOf(texts), folder)
    fc.assert(
      fc.property(
        fc.nat({ max: texts.length - 1 }),
        fc.nat(),
        fc.nat({ max: 5 }),
        (i, at, more) => {
          const folded = foldText(folder, texts[i]!)
          const start = at % folded.length
          const term = folded.slice(start, start + 1 + more)
          for (const j of [i, (i * 31) % texts.length]) {
            expect(row.texts.surelyHas!(Int32Array.of(j), 0, term, folder)).toBe(
              foldText(folder, texts[j]!).includes(term),
            )
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  it('may be longer than any before', () => {
    const texts = ['法', '㎏'.repeat(3000), '治'.repeat(5000)]
    const row = new FoldedRow(storeOf(texts), folder)
    for (const [i, text] of texts.entries()) {
      row.load(i)
      expect(row.length).toBe(foldText(folder, text).length)
    }
  })
})
