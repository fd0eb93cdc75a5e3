import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ByteWriter } from '../bytes/byte-writer.js'
import { ESCAPE_CODE, ONE_BYTE_CODES, TWO_BYTE_CODES } from '../segment/format.js'
import { Decoder, RecodingTable } from './recoder.js'

function encode(sample: readonly string[], texts: readonly string[]) {
  const table = new RecodingTable()
  table.train(sample)
  const encoded = texts.map((text) => {
    const out = new ByteWriter()
    table.encode(text, out)
    return out.finish()
  })
  const decoder = new Decoder(table.bytes())
  return { encoded, decoded: encoded.map((bytes) => decoder.decode(bytes, 0, bytes.length)) }
}

/** Any UTF-16, lone surrogates included. */
const anyText = fc
  .array(fc.oneof(fc.nat({ max: 0xffff }), fc.integer({ min: 0x4e00, max: 0x4f00 })))
  .map((units) => String.fromCharCode(...units))

describe('recoded text', () => {
  it('comes back, trained on it or on something else', () => {
    fc.assert(
      fc.property(fc.array(anyText), fc.array(anyText), (sample, texts) => {
        expect(encode(sample, texts).decoded).toEqual(texts)
      }),
    )
  })

  it('comes back with lone surrogates', () => {
    const texts = ['\ud842', '\udfb7\ud842', '𠮷野家', `\ud800a\udfff`]
    expect(encode(texts, texts).decoded).toEqual(texts)
  })

  it('takes one byte for frequent characters', () => {
    expect(encode(['法治政府'], ['法治法治']).encoded[0]).toHaveLength(4)
  })

  it('comes back with more distinct characters than there are codes', () => {
    const codes = ONE_BYTE_CODES + TWO_BYTE_CODES
    const all = Array.from({ length: codes + 500 }, (_, i) => String.fromCharCode(0x3400 + i))
    const last = all.slice(-3).join('')
    const { encoded, decoded } = encode([all.join('')], [all.join(''), last])
    expect(decoded).toEqual([all.join(''), last])
    expect(encoded[1]).toHaveLength(9)
    expect(encoded[1]![0]).toBe(ESCAPE_CODE)
  })

  it('comes back when it is long', () => {
    const long = `${'政府建设'.repeat(5000)}完`
    expect(encode([], [long]).decoded[0]).toBe(long)
  })
})

describe('a recoding table', () => {
  it.each([3, (ONE_BYTE_CODES + TWO_BYTE_CODES) * 2 + 2])('of %i bytes is damage', (length) => {
    expect(() => new Decoder(new Uint8Array(length))).toThrow(`the recoding table has ${length}`)
  })
})
