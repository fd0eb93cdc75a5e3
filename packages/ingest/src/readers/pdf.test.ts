import { describe, expect, it } from 'vitest'
import { gather, outcome, textsOf, useTestFolder } from '../../fixtures/folder.js'
import { makePdf, type PdfPageText, typeset } from '../../fixtures/make-pdf.js'

const folder = useTestFolder()

async function read(bytes: Buffer) {
  folder.put('a.pdf', bytes)
  const [item] = await gather(folder.path)
  return item
}

const filler = (start: string, length: number) => start + '各地都在想办法把事情办好'.repeat(length)

describe('PDF documents', () => {
  it('give paragraphs, not lines: also where a page ends', async () => {
    const paragraphs = Array.from({ length: 12 }, (_, i) => `${filler(`第${i + 1}件事`, 6)}。`)
    expect(textsOf(await read(typeset(paragraphs)))).toEqual(paragraphs)
  })

  it('keep apart two paragraphs of which the first fills its last line', async () => {
    const full = `${'满'.repeat(26 + 28 - 1)}。`
    expect(textsOf(await read(typeset([full, full, '短。', full])))).toEqual([
      full,
      full,
      '短。',
      full,
    ])
  })

  it('are free of page numbers and running heads, which are listed', async () => {
    const pages: PdfPageText[] = Array.from({ length: 4 }, (_, i) => [
      { text: '年度报告选编', x: 200, y: 40, size: 10 },
      { text: `这是${'一二三四'[i]}页`, x: 79, y: 200 },
      { text: `${i + 1}`, x: 290, y: 800, size: 10 },
    ])
    const item = await read(makePdf(pages))
    expect(textsOf(item)).toEqual(['这是一页', '这是二页', '这是三页', '这是四页'])
    expect(item?.source?.removed?.map(({ reason }) => reason).sort()).toEqual([
      ...Array(4).fill('page number'),
      ...Array(4).fill('running head'),
    ])
  })

  it('keep a number that is not at the edge of its page', async () => {
    expect(textsOf(await read(makePdf([[{ text: '2024', x: 79, y: 400 }]])))).toEqual(['2024'])
  })

  it('have no spaces between characters that are set apart, and one between words', async () => {
    const page = [
      { text: '政', x: 79, y: 200 },
      { text: '府', x: 97, y: 200 },
      { text: 'open', x: 79, y: 240 },
      { text: 'data', x: 120, y: 240 },
    ]
    expect(textsOf(await read(makePdf([page])))).toEqual(['政府', 'open data'])
  })

  it('without text say that they are scanned', async () => {
    const item = await read(makePdf([[]]))
    expect(item?.problem).toMatchObject({ code: 'empty' })
    expect(item?.problem?.message).toContain('OCR')
  })

  it('that are damaged, or not asked for, are a problem each, and the next is read', async () => {
    const good = typeset(['正文'])
    folder.put('1.pdf', good.subarray(0, 200))
    folder.put('2.pdf', good)
    folder.put('3.pdf', Buffer.from('%PDF-1.7\n'))
    expect((await gather(folder.path)).map(outcome)).toEqual(['corrupt', '2.pdf', 'corrupt'])
    expect((await gather(folder.path, { format: 'text' })).map(outcome)).toEqual(
      Array(3).fill('unsupported'),
    )
  })

  it('that take too long are given up, and the next is read', async () => {
    folder.put('1.pdf', typeset(Array.from({ length: 400 }, (_, i) => filler(`${i}`, 20))))
    const [slow] = await gather(folder.path, { maxPdfTime: 1 })
    expect(slow?.problem).toMatchObject({ code: 'too-large' })
    expect((await gather(folder.path)).map(outcome)).toEqual(['1.pdf'])
  })
})
