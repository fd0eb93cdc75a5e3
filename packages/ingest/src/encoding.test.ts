import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { decode, detectEncoding } from './encoding.js'
import { readString } from './read-path.js'

const simplified =
  '为了规范行政执法行为,保障公民、法人和其他组织的合法权益,市政府制定本办法。各县(区)应当加强监督,落实责任。' +
  '全年受理行政复议案件51起,办结44起,群众满意率98.8%。'
const traditional =
  '為規範行政機關的行為,保障市民的權益,本府訂定本辦法。各機關應加強監督,落實責任。全年受理案件51宗,其中44宗已經處理。'
const cantonese = '佢哋喺嗰度做緊嘢,啲人話咁樣唔得,我哋嘅意見係要改善個服務,等市民可以用得方便啲。'

describe('detection', () => {
  it.each([
    ['utf-8', 'utf8', simplified],
    ['utf-8', 'utf8', 'plain ASCII text'],
    ['utf-16le', 'utf16le', simplified],
    ['utf-16be', 'utf16-be', simplified],
    ['utf-16le', 'utf16le', '规范行政执法行为保障公民法人和其他组织的合法权益'],
    ['gb18030', 'gbk', simplified],
    ['gb18030', 'gb18030', simplified],
    ['gb18030', 'gb18030', traditional],
    ['big5-hkscs', 'big5', traditional],
    ['big5-hkscs', 'big5hkscs', cantonese],
  ] as const)('finds %s in bytes of %s', (expected, written, text) => {
    const bytes = iconv.encode(text, written)
    const { encoding } = detectEncoding(bytes)
    expect(encoding).toBe(expected)
    expect(decode(bytes, encoding)).toEqual({ text, badOffset: -1 })
  })

  it.each(['utf8', 'utf16le', 'utf16-be', 'gb18030'])('takes the mark of %s away', (written) => {
    const mark =
      written === 'gb18030' ? Buffer.from('84319533', 'hex') : iconv.encode('\ufeff', written)
    const bytes = Buffer.concat([mark, iconv.encode(simplified, written)])
    const { encoding, markLength } = detectEncoding(bytes)
    expect(markLength).toBeGreaterThan(1)
    expect(decode(bytes, encoding).text).toBe(simplified)
  })

  it('believes the declaration of a page', () => {
    const page = `<html><head><meta charset="big5"></head><body>${traditional.slice(0, 3)}</body>`
    expect(detectEncoding(iconv.encode(page, 'big5')).encoding).toBe('big5-hkscs')
  })

  it('does not mistake a character cut by the sample for another encoding', () => {
    const bytes = Buffer.from(simplified)
    for (let end = 60; end < 70; end++) {
      expect(detectEncoding(bytes.subarray(0, end)).encoding).toBe('utf-8')
    }
  })
})

describe('decoding', () => {
  it('reads the Hong Kong characters of Big5', () => {
    const bytes = iconv.encode(cantonese, 'big5hkscs')
    expect(decode(bytes, 'big5-hkscs').text).toBe(cantonese)
  })

  it('says where the first bad byte is', () => {
    const good = Buffer.from(simplified)
    const bytes = Buffer.concat([good, Buffer.from([0xff]), good])
    expect(decode(bytes, 'utf-8').badOffset).toBe(good.length)
    const mainland = iconv.encode(simplified, 'gb18030')
    const broken = Buffer.concat([mainland, Buffer.from([0xff, 0x20]), mainland])
    expect(decode(broken, 'gb18030').badOffset).toBe(mainland.length)
  })

  it('keeps a replacement character that the text really has', () => {
    expect(decode(Buffer.from('前\ufffd后'), 'utf-8').badOffset).toBe(-1)
  })

  it('takes a mark off a string', async () => {
    const [item] = await readString('\ufeff第一段', { path: 'a.txt' })
    expect(item?.document?.paragraphs).toEqual([{ text: '第一段' }])
  })
})
