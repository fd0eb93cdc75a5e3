import { describe, expect, it } from 'vitest'
import { decodeTermPiece, encodeTermPiece } from './term-piece.js'

describe('a term piece', () => {
  const postings = Uint8Array.of(1, 2, 3)
  const empty = { blocks: [], far: [], postings: new Uint8Array(0) }

  it('tells where the blocks of its far lists stand', () => {
    const far = [
      {
        offset: 1,
        headBytes: 2,
        pieces: [
          { rawBytes: 900, bytes: 800, pack: 0, start: 1600 },
          { rawBytes: 901, bytes: 816, pack: 0, start: 2400 },
          { rawBytes: 902, bytes: 832, pack: 1, start: 0 },
          { rawBytes: 30, bytes: 48, pack: 1, start: 832 },
        ],
      },
      { offset: 3, headBytes: 1, pieces: [{ rawBytes: 7, bytes: 32, pack: 0, start: 0 }] },
    ]
    const [texts, titles] = decodeTermPiece(encodeTermPiece([{ ...empty, far, postings }, empty]))
    expect([...texts!.far.values()]).toEqual(far)
    expect(texts!.postings).toEqual(postings)
    expect([...titles!.far.values()]).toEqual([])
  })

  it('whose first blocks follow nothing is damaged', () => {
    // No term blocks; one far list of one piece with a place that is left out.
    const bytes = Uint8Array.of(0, 1, 0, 1, 1, 9, 1, 0, 0)
    expect(() => decodeTermPiece(bytes)).toThrow('a far list starts nowhere')
  })
})
