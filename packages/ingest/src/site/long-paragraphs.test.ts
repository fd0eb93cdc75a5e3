import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutLong, longestParagraph } from './long-paragraphs.js'

describe('a long paragraph', () => {
  it('is cut after a sentence, with what closes it', () => {
    const sentence = '他说：“推进法治政府建设。”'
    const text = sentence.repeat(700)
    const pieces = cutLong(text)
    expect(pieces.join('')).toBe(text)
    expect(pieces.every((piece) => piece.endsWith('。”'))).toBe(true)
  })

  it('is cut at a line end first, in a listing', () => {
    const text = `${'let x = 1; // 一。二，三'}\n`.repeat(400)
    expect(cutLong(text).every((piece) => piece.endsWith('三'))).toBe(true)
  })

  it('stays whole when it is short', () => {
    expect(cutLong(' 短。文 ')).toEqual([' 短。文 '])
  })

  it('of any characters keeps them all, none of them cut in half', () => {
    const character = fc.constantFrom('字', '𠀀', '。', ' ', '\n', 'a', '，')
    fc.assert(
      fc.property(fc.array(character, { minLength: 1, maxLength: 20 }), (unit) => {
        const text = unit.join('').repeat(1200)
        const pieces = cutLong(text)
        expect(pieces.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
        for (const piece of pieces) {
          expect(piece.length).toBeLessThanOrEqual(Math.max(longestParagraph, unit.length))
          expect(piece).not.toMatch(/\p{Surrogate}/u)
        }
      }),
      { numRuns: 60 },
    )
  })
})
