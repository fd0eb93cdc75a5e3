import { describe, expect, it } from 'vitest'
import { bytesIn, encodeAs, encodings } from '../../fixtures/encode.js'
import { pageText } from './page-encoding.js'

const simplified = '推进法治政府建设，一网通办，双随机、一公开。'
const traditional = '推進法治政府建設，一網通辦，雙隨機、一公開。'
const pageOf = (text: string, head = '') =>
  `<!doctype html><html><head>${head}<title>1</title></head><body><p>${text}</p></body></html>`

describe('the encoding of a page', () => {
  it.each(encodings)('$name (mark: $mark) is found out without a declaration', (written) => {
    const text = written.traditional ? traditional : simplified
    const read = pageText(encodeAs(pageOf(text), written))
    expect(read).toMatchObject({ encoding: written.found, badOffset: -1 })
    expect(read.text).toContain(text)
  })

  it.each([
    ['gb2312', 'gbk', simplified],
    ['GB18030', 'gb18030', '𠀀㐂法治'],
    ['big5', 'big5hkscs', '香港嘅𡁻法律'],
    ['big5-hkscs', 'big5hkscs', traditional],
    ['shift_jis', 'shift_jis', '日本の法律'],
    ['windows-1252', 'windows-1252', 'café à la carte'],
  ])('%s is read when the page declares it', (declared, name, text) => {
    const html = pageOf(
      text,
      `<meta http-equiv=Content-Type content="text/html; charset=${declared}">`,
    )
    expect(pageText(bytesIn(name, html))).toMatchObject({ text: html, badOffset: -1 })
  })

  it('is UTF-8 when the bytes are, whatever the page declares', () => {
    const html = pageOf(simplified, '<meta charset="gb2312">')
    expect(pageText(bytesIn('utf8', html)).text).toBe(html)
  })

  it('is found behind a head of 200 kB of scripts', () => {
    const html = pageOf(simplified.repeat(20), `<script>${'x = 1;'.repeat(35_000)}</script>`)
    expect(pageText(bytesIn('gbk', html)).text).toBe(html)
  })

  it('can be said', () => {
    expect(pageText(bytesIn('euc-kr', '법치'), 'euc-kr').text).toBe('법치')
  })

  it('lets a page with broken bytes be read, and says where they are', () => {
    const bytes = Buffer.concat([
      bytesIn('utf8', pageOf(simplified.repeat(4))),
      Buffer.from([0xff]),
    ])
    const { text, badOffset } = pageText(bytes)
    expect(text).toContain(simplified)
    expect(badOffset).toBe(bytes.length - 1)
  })
})
