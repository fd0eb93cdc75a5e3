import { describe, expect, it } from 'vitest'
import { Folder, foldToString } from '../fold/folder.js'
import { fullFolds } from '../fold/folds.js'
import { characterReadings, exceptionReadings } from './readings.js'

const characters = characterReadings()
const exceptions = exceptionReadings()
const folder = new Folder(fullFolds)
const readingsOf = (char: string) => characters.get(char)?.readings ?? []

/** The reading of a text by the rule that exceptionReadings states. */
function read(text: string): string {
  const folded = foldToString(folder.fold(text))
  const syllables: string[] = []
  while (syllables.length < folded.length) {
    const at = syllables.length
    let length = folded.length - at
    while (length > 1 && !exceptions.has(folded.slice(at, at + length))) length--
    const numbers = exceptions.get(folded.slice(at, at + length)) ?? [0]
    numbers.forEach((number, i) => {
      syllables.push(readingsOf(folded[at + i]!)[number] ?? '?')
    })
  }
  return syllables.join(' ')
}

describe('readings', () => {
  it('tell words with characters of several readings', () => {
    const expected: Record<string, string> = {
      银行: 'yin hang',
      行政: 'xing zheng',
      曾经: 'ceng jing',
      会计: 'kuai ji',
      重庆: 'chong qing',
      音乐: 'yin yue',
      首都: 'shou du',
      土地: 'tu di',
      了解: 'liao jie',
      参差: 'cen ci',
      女生努力: 'nv sheng nu li',
      战略: 'zhan lve',
    }
    for (const [word, reading] of Object.entries(expected)) expect(read(word)).toBe(reading)
  })

  it('tell apart what folding joins', () => {
    expect(read('乾隆')).toBe('qian long')
    expect(read('乾燥')).toBe('gan zao')
    expect(read('著名')).toBe('zhu ming')
    expect(read('看著')).toBe(read('看着'))
  })

  it('know further readings that words attest, and no others', () => {
    expect(readingsOf('曾')).toEqual(['ceng', 'zeng'])
    expect(readingsOf('行')).toEqual(['xing', 'hang', 'heng'])
    expect(readingsOf('调')).not.toContain('zhou')
  })

  it('cover the common characters and are plain letters', () => {
    expect(characters.size).toBeGreaterThan(10_000)
    const common = [...characters.values()].filter(({ isCommon }) => isCommon)
    expect(common.length).toBeGreaterThan(1900)
    for (const { readings } of characters.values()) {
      for (const syllable of readings) expect(syllable).toMatch(/^[a-z]{1,6}$/)
    }
  })

  it('belong to folded characters only, a number of reading for each of a word', () => {
    for (const char of characters.keys()) expect(foldToString(folder.fold(char))).toBe(char)
    for (const [word, numbers] of exceptions) {
      expect(numbers).toHaveLength(word.length)
      numbers.forEach((number, i) => {
        expect(readingsOf(word[i]!).length).toBeGreaterThan(number)
      })
    }
  })
})
