import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Folder, foldToString } from '../fold/folder.js'
import { fullFolds } from '../fold/folds.js'
import { regionalWords } from './synonyms.js'

const folder = new Folder(fullFolds)
const fold = (text: string) => foldToString(folder.fold(text))
const words = regionalWords()
const pairs = words.filter(({ other }) => other !== '')
const others = (word: string) =>
  pairs.filter((entry) => entry.word === fold(word)).map(({ other }) => other)

describe('regional words', () => {
  it('lead from the forms of Taiwan and Hong Kong to those of the mainland and back', () => {
    for (const [regional, mainland] of [
      ['軟體', '软件'],
      ['資訊', '信息'],
      ['網路', '网络'],
      ['滑鼠', '鼠标'],
      ['記憶體', '内存'],
      ['計程車', '出租车'],
      ['智慧財產權', '知识产权'],
      ['密芝根', '密歇根'],
    ] as const) {
      expect(others(regional)).toContain(mainland)
      expect(others(mainland)).toContain(fold(regional))
    }
  })

  it('leave out pairs that mean two things to a mainland reader', () => {
    for (const word of ['档案', '执行', '宣告', '物件', '核心', '建立', '狮子山', '行程']) {
      expect(others(word)).toEqual([])
    }
  })

  it('never look for a form that stands in other words by accident', () => {
    expect(others('登出')).toEqual(['注销'])
    expect(others('注销')).toEqual([])
    expect(others('卡塔尔')).toEqual([])
  })

  it('are folded runs of two and more characters, neither side inside the other', () => {
    for (const { word, other } of pairs) {
      expect(word).toMatch(/^\p{Script=Han}{2,}$/u)
      expect(fold(word)).toBe(word)
      expect(word.includes(other) || other.includes(word)).toBe(false)
    }
  })

  it('name words that only look as if they held one', () => {
    const whole = words.filter(({ other }) => other === '').map(({ word }) => word)
    expect(whole).toEqual(expect.arrayContaining(['软体动物', '方程式', '海内存知己']))
  })

  it('take less than 60 kB in the package', () => {
    const path = new URL('synonym-data.ts', import.meta.url)
    expect(readFileSync(path).length).toBeLessThan(60_000)
  })
})
