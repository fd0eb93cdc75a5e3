import { regionalWords } from '@wenxun/tokenizer/synonyms'
import { describe, expect, it } from 'vitest'
import { NumberDecoder } from '../bytes/number-decoder.js'
import { NumberEncoder } from '../bytes/number-encoder.js'
import * as Context from './contexts.js'
import { mayHoldWord, readWordFilter } from './word-filter.js'
import { writeWordFilter } from './word-filter-writer.js'

const words = [...new Set(regionalWords().map(({ word }) => word))]

describe('the filter of regional words', () => {
  const numbers = new NumberEncoder(Context.CONTEXTS)
  writeWordFilter(numbers, words)
  const filter = readWordFilter(new NumberDecoder(numbers.finish(), Context.CONTEXTS))

  it('knows a pair of every word', () => {
    expect(words.filter((word) => word.length < 2)).toEqual([])
    expect(words.every((word) => mayHoldWord(filter, `有${word}吗`))).toBe(true)
  })

  it('takes few other texts for one', () => {
    const texts = Array.from({ length: 2000 }, (_, i) => {
      return String.fromCharCode(0x4e00 + ((i * 7919) % 20_000), 0x4e00 + ((i * 104_729) % 20_000))
    })
    const taken = texts.filter((text) => mayHoldWord(filter, text))
    expect(taken.length).toBeLessThan(texts.length / 10)
    expect(mayHoldWord(filter, '法')).toBe(false)
  })
})
