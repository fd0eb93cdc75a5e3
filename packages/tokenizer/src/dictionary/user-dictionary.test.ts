import { describe, expect, it } from 'vitest'
import { TokenizerError } from '../tokenizer-error.js'
import { parseUserDictionary } from './user-dictionary.js'

const fault = (line: string) => () => parseUserDictionary(`好词 3 n\n\n${line}\n`, 'my.txt')

describe('user dictionary', () => {
  it('reads what jieba reads: frequency and tag may be left out', () => {
    const text = '\uFEFF# 注释\n府院联动 20 n\r\n一网通办 5\n枫桥经验\n双随机 nz\n\n  停用 0  \n'
    expect(parseUserDictionary(text, 'my.txt')).toEqual([
      { word: '府院联动', frequency: 20 },
      { word: '一网通办', frequency: 5 },
      { word: '枫桥经验', frequency: null },
      { word: '双随机', frequency: null },
      { word: '停用', frequency: 0 },
    ])
  })

  it('names file, line and fault', () => {
    expect(fault('法治 许多 n 四 五')).toThrow(
      'my.txt, line 3: expected "word frequency tag", found 5 fields: "法治 许多 n 四 五"',
    )
    expect(fault('法治 -5 n')).toThrow('my.txt, line 3: frequency is not a whole number: -5')
    expect(fault('法治 3.5')).toThrow('frequency is not a whole number: 3.5')
    expect(fault('法治 n 3')).toThrow('frequency is not a whole number: n')
    expect(fault('法治 99999999999')).toThrow('frequency is above 1000000000')
    expect(fault(`${'长'.repeat(300)} 3`)).toThrow('word is longer than 255 UTF-16 units')
    expect(fault('法\uD842治 3')).toThrow('word holds half of a surrogate pair')
    expect(fault('法\uFFFD治 3')).toThrow('is the file UTF-8?')
    expect(fault('法\u0000治 3')).toThrow('word holds a control character')
  })

  it('fails with a stable code', () => {
    expect(fault('法治 -5 n')).toThrow(TokenizerError)
    expect(fault('法治 -5 n')).toThrow(expect.objectContaining({ code: 'USER_DICTIONARY' }))
  })
})
