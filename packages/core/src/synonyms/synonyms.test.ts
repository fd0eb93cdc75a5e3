import { Folder, foldToString } from '@wenxun/tokenizer/scan'
import { describe, expect, it } from 'vitest'
import { build, documentsOf } from '../../../../test/support/notation.js'
import { openFields } from '../../../../test/support/open-fields.js'
import { Section } from '../segment/format.js'
import { Synonyms } from './synonyms.js'

function openSynonyms(notation: string, options = {}) {
  const { segment, metadata } = openFields(build(documentsOf(notation), options))
  const has = segment.has(Section.synonyms)
  const bytes = has ? segment.chunked(Section.synonyms).chunk(0) : new Uint8Array(0)
  const folder = new Folder(metadata.folds)
  const synonyms = new Synonyms(bytes)
  return {
    has,
    of: (text: string) =>
      synonyms
        .alternatives(foldToString(folder.fold(text)))
        .map(({ start, end, text: other }) => `${start}-${end} ${other}`),
  }
}

describe('regional words of an index', () => {
  it('are found where they stand, also by characters that the index lacks', () => {
    const { of } = openSynonyms('a: 网络软件与内存信息')
    expect(of('網路軟體')).toEqual(['0-2 网络', '2-4 软件'])
    expect(of('記憶體的資訊')).toEqual(['0-3 内存', '4-6 信息'])
  })

  it('lead from the mainland to regions as well', () => {
    expect(openSynonyms('a: 這個網路的軟體').of('网络软件')).toEqual(['0-2 网路', '2-4 软体'])
  })

  it('give the longest word at a place, and every alternative of it', () => {
    const { of } = openSynonyms('a: 人工智能，视频，影片，佐治亚，格鲁吉亚')
    expect(of('人工智慧')).toEqual(['0-4 人工智能'])
    expect(of('喬治亞')).toEqual(['0-3 佐治亚', '0-3 格鲁吉亚'])
  })

  it('leave words alone that only look as if they held one', () => {
    const { of } = openSynonyms('a: 软件和程序')
    expect(of('軟體')).toEqual(['0-2 软件'])
    expect(of('軟體動物')).toEqual([])
    expect(of('方程式')).toEqual([])
  })

  it('are only those that can find something', () => {
    const { of } = openSynonyms('a: 软件')
    expect(of('軟體')).toEqual(['0-2 软件'])
    expect(of('网络')).toEqual([])
    expect(of('软件')).toEqual([])
  })

  it('do not take an accident for a word', () => {
    expect(openSynonyms('a: 国内存在许多问题').of('記憶體')).toEqual([])
  })

  it('are left out when nothing matters, or on request', () => {
    expect(openSynonyms('a: 天地玄黄').has).toBe(false)
    expect(openSynonyms('a: 软件', { synonyms: false }).has).toBe(false)
    expect(new Synonyms(new Uint8Array(0)).alternatives('软体')).toEqual([])
  })
})
