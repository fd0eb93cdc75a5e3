import type { SourceDocument } from '@wenxun/core'
import { characterReadings, exceptionReadings } from '@wenxun/tokenizer/readings'
import { describe, expect, it } from 'vitest'
import { build } from '../../../../test/support/notation.js'
import { openFields } from '../../../../test/support/open-fields.js'
import { Random } from '../../../../test/support/random.js'
import { openSeeds } from '../../../../test/support/seeds.js'
import { Section } from '../segment/format.js'
import { Pinyin } from './pinyin.js'

const SEED = 20261122

function openPinyin(documents: readonly SourceDocument[], options = {}) {
  const { segment, text } = openFields(build([...documents], options))
  const info = segment.sections.find(({ id }) => id === Section.pinyin)
  const bytes = info ? segment.chunked(Section.pinyin).chunk(0) : new Uint8Array(0)
  const lines = documents.flatMap(({ paragraphs }) => paragraphs.map((item) => item.text))
  return {
    pinyin: new Pinyin(bytes, text.dictionary),
    dictionary: text.dictionary,
    lines,
    sectionBytes: info?.length ?? 0,
    rowsOf: (part: string) => lines.filter((line) => line.includes(part)).length,
  }
}

const documentsOf = (...lines: string[]) =>
  lines.map((text, i) => ({ id: `${i}`, paragraphs: [{ text }] }))

const expand = (lines: string | string[], input: string) =>
  openPinyin(documentsOf(...[lines].flat())).pinyin.expand(input, 10)

const seeds = openPinyin((await openSeeds()).documents)

describe('pinyin', () => {
  it('may be whole syllables, initials, both, or mixed with characters', () => {
    for (const input of ['fazhizhengfu', 'fzzf', 'fazhizf', 'fzzhengfu', 'fazhi政府', '法治zf']) {
      expect(seeds.pinyin.expand(input, 3)).toContain('法治政府')
    }
    expect(seeds.pinyin.expand('luoyang', 3)).toEqual(['洛阳'])
    expect(seeds.pinyin.expand('yingshanghuanjing', 3)).toEqual(['营商环境'])
  })

  it('ignores case, tones and apostrophes, which part syllables', () => {
    expect(expand('女生努力', 'nüshengnuli')).toEqual(['女生努力'])
    expect(expand('女生努力', 'NǚSHĒNGnǔlì')).toEqual(['女生努力'])
    expect(expand('女生努力', 'nvshengnuli')).toEqual(['女生努力'])
    expect(expand(['西安', '先'], "xi'an")).toEqual(['西安'])
    expect(expand('战略', 'zhanlue')).toEqual(['战略'])
    expect(expand('战略', 'zhanlve')).toEqual(['战略'])
  })

  it('may leave the last syllable unfinished, but not wrong', () => {
    expect(expand('周杰伦', 'zhouji')).toEqual(['周杰'])
    for (const input of ['kai', 'kaih', 'kaihu', 'kaihui']) {
      expect(expand('开会', input)).not.toEqual([])
    }
    expect(expand('开会', 'kaig')).toEqual([])
  })

  it('reads words as they are read', () => {
    expect(expand(['银行', '招商银行'], 'yinhang')).toEqual(['银行'])
    expect(expand('银行', 'yinxing')).toEqual([])
    expect(expand('会计', 'kuaiji')).toEqual(['会计'])
    expect(expand('会计', 'huiji')).toEqual([])
    expect(expand('重庆市', 'chongqing')).toEqual(['重庆'])
  })

  it('takes another reading of a character where the usual ones find nothing', () => {
    expect(expand('曾经沧海难为水', 'zengjingcang')).toEqual(['曾经沧'])
    expect(expand(['行政', '省政'], 'xingzheng')).toEqual(['行政'])
    expect(seeds.pinyin.expand('xingzheng', 10)).toEqual(['行政'])
  })

  it('finds a character alone and a Latin term beside pinyin', () => {
    for (const input of ['liu', 'de', 'hua']) expect(expand('刘德华', input)).toHaveLength(1)
    expect(expand('刘德华', 'ldh')).toEqual(['刘德华'])
    expect(expand('QQ音乐', 'qqyinyue')).toEqual(['qq音乐'])
  })

  it('does not read single letters, English, nor terms of the index as initials', () => {
    for (const input of ['a', 'z', 'ü', 'the', 'rust', 'service', 'management', '', '2024']) {
      expect(seeds.pinyin.expand(input, 10)).toEqual([])
    }
    expect(expand('沿途', 'yt')).toEqual(['沿途'])
    expect(expand(['沿途', 'yt'], 'yt')).toEqual([])
  })

  it('offers words before accidents of two characters', () => {
    expect(seeds.pinyin.expand('jianshe', 10)).toEqual(['建设'])
    expect(seeds.pinyin.expand('zhengwu', 10)).toEqual(['政务'])
  })

  it('asks whether texts occur, and passes on when none of a kind does', () => {
    const asked: string[] = []
    const occurs = (text: string) => asked.push(text) > 0 && text === '发展政府'
    expect(seeds.pinyin.expand('fzzf', 5, occurs)).toEqual(['发展政府'])
    expect(asked[0]).toBe('法治政府')
    expect(asked.length).toBeLessThanOrEqual(20)
    expect(seeds.pinyin.expand('fzzf', 5, () => false)).toEqual([])
  })

  it('finds nothing in an index without readings', () => {
    const { pinyin, sectionBytes } = openPinyin(documentsOf('法治'), { pinyin: false })
    expect(sectionBytes).toBe(0)
    expect(pinyin.expand('fazhi', 5)).toEqual([])
    expect(pinyin.suggest('法制', () => 1)).toEqual([])
  })
})

const characters = characterReadings()
const isRead = (text: string) => [...text].every((char) => characters.has(char))

/** The slow twin: whether some way to read the characters spells the input. */
function spells(text: string, input: string, mayAbbreviate: boolean): boolean {
  if (text === '') return input === ''
  return (characters.get(text[0]!)?.readings ?? []).some((syllable) => {
    const isLast = text.length === 1
    const written = [syllable]
    if (isLast) for (let i = 1; i < syllable.length; i++) written.push(syllable.slice(0, i))
    if (mayAbbreviate) written.push(syllable[0]!, syllable.replace(/^([zcs]h).*/, '$1'))
    return written.some((letters) => {
      return (
        input.startsWith(letters) &&
        spells(text.slice(1), input.slice(letters.length), mayAbbreviate)
      )
    })
  })
}

function usualReading(text: string): string[] {
  return Array.from(text, (char) => characters.get(char)!.readings[0]!)
}

describe('what is expanded', () => {
  it('spells the input and has its pairs in the index', () => {
    const random = new Random(SEED)
    const inputs = random.times(600, () => {
      const line = random.pick(seeds.lines)
      const start = random.int(0, line.length)
      const part = line.slice(start, start + random.int(1, 6))
      if (part === '' || !isRead(part)) return 'fazhi'
      const syllables = usualReading(part).map((syllable) => {
        return random.chance(0.2) ? syllable[0]! : syllable
      })
      const whole = syllables.join('')
      return random.chance(0.3) ? whole.slice(0, -1) : whole
    })
    let found = 0
    for (const input of inputs) {
      for (const text of seeds.pinyin.expand(input, 20)) {
        found++
        if (/[a-z]/.test(text)) continue
        expect(spells(text, input, true), `${input} → ${text}, seed ${SEED}`).toBe(true)
        for (let i = 1; i < text.length; i++) {
          expect(seeds.dictionary.get(text.slice(i - 1, i + 1))).not.toBeNull()
        }
      }
    }
    expect(found).toBeGreaterThan(inputs.length)
  })

  it('includes every word of the seeds by its own reading', () => {
    const exceptions = exceptionReadings()
    const isPlain = (text: string) => ![...exceptions.keys()].some((word) => text.includes(word))
    const words = [...seeds.dictionary.entries()].filter(({ term, rows, wordShare }) => {
      const isWord = term.length > 2 || wordShare > 0
      return isRead(term) && term.length > 1 && isWord && rows > 1 && isPlain(term)
    })
    const missed = words.filter(({ term }) => {
      return !seeds.pinyin.expand(usualReading(term).join(''), 20).includes(term)
    })
    expect(words.length).toBeGreaterThan(500)
    expect(missed.map(({ term }) => term)).toEqual([])
  })

  it('is bounded, whatever is typed', () => {
    const inputs = ['z'.repeat(48), 'yi'.repeat(24), 'zgrdcwh', 'x'.repeat(5000), 'a法'.repeat(24)]
    for (const input of inputs) {
      expect(seeds.pinyin.expand(input, 5).length).toBeLessThanOrEqual(5)
    }
  })
})

describe('sound-alikes', () => {
  it('are suggested for what hardly occurs', () => {
    for (const [typed, meant] of [
      ['法制政府', '法治政府'],
      ['行正执法', '行政执法'],
      ['洛洋', '洛阳'],
      ['一往通办', '一网通办'],
    ] as const) {
      expect(seeds.pinyin.suggest(typed, seeds.rowsOf)[0]).toBe(meant)
    }
    const { pinyin, rowsOf } = openPinyin(documentsOf('首都马纳瓜的历史'))
    expect(pinyin.suggest('马拿瓜', rowsOf)).toEqual(['马纳瓜'])
    expect(pinyin.suggest('马拿瓜在哪里', rowsOf)).toEqual(['马纳瓜在哪里'])
  })

  it('are none for what occurs about as often, and never the run itself', () => {
    expect(seeds.pinyin.suggest('法治政府', seeds.rowsOf)).toEqual([])
    expect(seeds.pinyin.suggest('法', seeds.rowsOf)).toEqual([])
    const { pinyin, rowsOf } = openPinyin(documentsOf('法制', '法治', '法治'))
    expect(pinyin.suggest('法制', rowsOf)).toEqual([])
  })

  it('sound like the run and occur ten times as often', () => {
    const random = new Random(SEED)
    for (let i = 0; i < 300; i++) {
      const line = random.pick(seeds.lines)
      const start = random.int(0, line.length)
      const part = line.slice(start, start + random.int(2, 7))
      if (part.length < 2 || !isRead(part)) continue
      for (const text of seeds.pinyin.suggest(part, seeds.rowsOf)) {
        expect(text).not.toBe(part)
        expect(seeds.rowsOf(text)).toBeGreaterThanOrEqual(10 * seeds.rowsOf(part))
      }
    }
  })
})

describe('the section', () => {
  it('is small', () => {
    expect(seeds.sectionBytes).toBeLessThan(6000)
  })
})
