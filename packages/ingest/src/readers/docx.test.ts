import { describe, expect, it } from 'vitest'
import { gather, outcome, textsOf, useTestFolder } from '../../fixtures/folder.js'
import { makeDocx, wordParts, zip } from '../../fixtures/make-docx.js'
import { drawNumber } from './word-numerals.js'

const folder = useTestFolder()

describe('Word documents', () => {
  it('give title, headings and paragraphs', async () => {
    folder.put(
      'a.docx',
      makeDocx([
        { text: '一本手册', style: 'Title' },
        { text: '开头' },
        { text: '安装', style: 'heading 1' },
        { text: '步骤', style: 'heading 2' },
        { text: '先读<说明>&再动手' },
        { text: '使用', style: 'heading 1' },
      ]),
    )
    const [item] = await gather(folder.path)
    expect(item).toMatchObject({
      document: {
        id: 'a.docx',
        title: '一本手册',
        paragraphs: [
          { text: '一本手册' },
          { text: '开头' },
          { text: '安装' },
          { text: '步骤', heading: ['安装'] },
          { text: '先读<说明>&再动手', heading: ['安装', '步骤'] },
          { text: '使用' },
        ],
      },
      source: { format: 'docx' },
    })
  })

  it('have the numbers that Word draws, so that headings keep their level', async () => {
    folder.put(
      'a.docx',
      makeDocx([
        { text: '主要做法', level: 0 },
        { text: '抓学习', level: 1 },
        { text: '抓制度', level: 1 },
        { text: '清理文件', level: 2 },
        { text: '存在问题', level: 0 },
        { text: '力量不足', level: 1 },
      ]),
    )
    const [item] = await gather(folder.path, { profile: 'plain' })
    expect(textsOf(item)).toEqual([
      '一、主要做法',
      '(一)抓学习',
      '(二)抓制度',
      '1.清理文件',
      '二、存在问题',
      '(一)力量不足',
    ])
  })

  it('show what the reader of the page sees: no deleted text, no marks of notes', async () => {
    const deleted = '<w:del><w:r><w:delText>删去</w:delText></w:r></w:del>'
    const inserted = '<w:ins><w:r><w:t>补上</w:t></w:r></w:ins>'
    folder.put('a.docx', makeDocx([{ text: '正文', more: deleted + inserted }]))
    const [item] = await gather(folder.path)
    expect(textsOf(item)).toEqual(['正文补上'])
  })

  it('are known by content: under another name, and inside an archive', async () => {
    const bytes = makeDocx([{ text: '正文' }])
    folder.put('a.bin', bytes)
    folder.put('b.zip', zip({ '附件.docx': bytes }))
    const items = await gather(folder.path)
    expect(items.map(outcome)).toEqual(['a.bin', 'b.zip/附件.docx'])
    expect(items.every((item) => item.source?.format === 'docx')).toBe(true)
  })

  it.each([
    ['corrupt', zip({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w:document' })],
    ['empty', makeDocx([])],
    ['unsupported', zip({ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<x/>' })],
    ['unsupported', Buffer.from('d0cf11e0a1b11ae100000000', 'hex')],
  ])('that cannot be read are a problem of kind %s', async (code, bytes) => {
    folder.put('a.docx', bytes)
    expect((await gather(folder.path)).map(outcome)).toEqual([code])
  })

  it('above the limit are passed over, packed ever so small', async () => {
    const parts = wordParts([{ text: '文'.repeat(1_000_000) }])
    folder.put('a.docx', zip(parts))
    expect((await gather(folder.path, { maxFileBytes: 100_000 })).map(outcome)).toEqual([
      'too-large',
    ])
  })
})

it.each([
  [10, 'chineseCounting', '十'],
  [21, 'chineseCountingThousand', '二十一'],
  [103, 'chineseCounting', '一百零三'],
  [2024, 'ideographDigital', '二〇二四'],
  [12, 'chineseLegalSimplified', '壹拾贰'],
  [3, 'ideographTraditional', '丙'],
  [4, 'decimalEnclosedCircleChinese', '④'],
  [28, 'lowerLetter', 'bb'],
  [49, 'upperRoman', 'XLIX'],
  [7, 'unheardOf', '7'],
])('%i in %s is %s', (value, format, drawn) => {
  expect(drawNumber(value, format)).toBe(drawn)
})
