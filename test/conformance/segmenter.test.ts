import {
  createAnalyzer,
  createIntlSegmenter,
  createVocabularySegmenter,
  type Segmenter,
  TokenizerError,
} from '@wenxun/tokenizer'
import { createJiebaSegmenter } from '@wenxun/tokenizer/jieba'
import { describe, expect, it } from 'vitest'
import { cutTexts, describeSegmenter, unitsOf } from './segmenter.cases.js'

const createDictionary = () => createAnalyzer().segmenter

describeSegmenter('dictionary', createDictionary)
describeSegmenter('intl', () => createIntlSegmenter())
describeSegmenter('vocabulary', () =>
  createVocabularySegmenter(['法治', '政府', '法治政府', '建设', '𠮷野家', '哈哈', 'ラーメン']),
)

const jieba = tryJieba()
if (jieba) {
  describeSegmenter('jieba', createJiebaSegmenter)
} else {
  describe.skip('segmenter jieba (nodejieba is not installed)', () => it('is not tested', () => {}))
}

function tryJieba(): Segmenter | null {
  try {
    return createJiebaSegmenter()
  } catch (error) {
    if (error instanceof TokenizerError && error.code === 'NODEJIEBA_MISSING') return null
    throw error
  }
}

describe('dictionary segmenter', () => {
  it('cuts as a reader would', () => {
    const segmenter = createDictionary()
    expect(cutTexts(segmenter, '洛阳市人民政府关于法治政府建设情况的报告')).toEqual([
      '洛阳市',
      '人民政府',
      '关于',
      '法治',
      '政府',
      '建设',
      '情况',
      '的',
      '报告',
    ])
  })
})

describe('user dictionary', () => {
  const text = '推进府院联动和法治政府建设'
  const plain = createDictionary()
  const withWords = (userDictionary: string) => createAnalyzer({ userDictionary }).segmenter

  it('adds words, and changes the fingerprint', () => {
    expect(cutTexts(plain, text)).toContain('府')
    const segmenter = withWords('府院联动 20 n')
    expect(cutTexts(segmenter, text)).toContain('府院联动')
    expect(segmenter.fingerprint).not.toBe(plain.fingerprint)
  })

  it('keeps a word without frequency whole, however common its parts are', () => {
    expect(cutTexts(plain, text)).toContain('法治')
    expect(cutTexts(withWords('法治政府'), text)).toContain('法治政府')
    expect(cutTexts(withWords('法治政府 n'), text)).toContain('法治政府')
  })

  it('takes words away with frequency 0', () => {
    expect(cutTexts(plain, '法治')).toEqual(['法治'])
    expect(cutTexts(withWords('法治 0'), '法治')).toEqual(['法', '治'])
  })

  it('takes no character away, which would leave nothing to cut a text into', () => {
    const other = '各级人民政府应当依法全面履行的职责'
    expect(cutTexts(withWords('的 0'), other)).toEqual(cutTexts(plain, other))
  })

  it('folds its words', () => {
    expect(cutTexts(withWords('府院聯動 20'), text)).toContain('府院联动')
  })

  it('leaves other cuts alone, and the ids of single characters', () => {
    const other = '各级人民政府应当依法全面履行职责'
    expect(cutTexts(withWords('府院联动 20\n一网通办 5'), other)).toEqual(cutTexts(plain, other))
    const ids: number[] = []
    withWords('府院联动').cut(unitsOf('的'), 0, 1, { word: (_start, _end, id) => ids.push(id) })
    expect(ids).toEqual(['的'.charCodeAt(0)])
  })

  it('refuses a broken line by file, line and fault', () => {
    const create = () =>
      createAnalyzer({ userDictionary: '好词 3\n坏词 many', userDictionaryName: 'my-words.txt' })
    expect(create).not.toThrow()
    const broken = () =>
      createAnalyzer({ userDictionary: '好词 3\n坏词 -3', userDictionaryName: 'my-words.txt' })
    expect(broken).toThrow('my-words.txt, line 2: frequency is not a whole number: -3')
  })
})
