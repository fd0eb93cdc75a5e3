/** Every reader on truncated and mutated files: an answer in bounded time, never an exception. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { decode, detectEncoding } from './encoding.js'
import { formatOf } from './format.js'
import { readString } from './read-path.js'
import { looksLikeReport } from './report/detect.js'
import { readReport } from './report/read-report.js'
import type { Format } from './types.js'

const seed = (name: string) =>
  readFileSync(new URL(`../../../seeds/${name}`, import.meta.url), 'utf8')
const reports = [
  seed('000_b3b32445fc0a20aa.txt'),
  seed('001_2f5770046f07f43a.txt'),
  seed('002_cff210fd281492f5.txt'),
  seed('004_fc9550a1f6ecbf75.txt'),
].map((text) => text.slice(0, 2500))
const samples: Record<Exclude<Format, 'docx' | 'pdf'>, string> = {
  text: reports[0]!,
  markdown:
    '---\ntitle: 题\n---\n# 题\n\n- 一 **二** `三`\n\n1. 甲\n\n|a|b|\n|-|-|\n|1|2|\n\n```\nx\n```\n<p>行</p>\n',
  html: '<!doctype html><title>题</title><body><h1 id=a>一</h1><table><tr><td>甲<td>乙</table><pre>x</pre><p>文<br>字',
  json: '[{"id":"a","title":"题","paragraphs":[{"text":"文","heading":["上"]}],"meta":{"k":["v"]}}]',
  jsonl: '{"id":"a","text":"一\\n二","date":"2024-01-02"}\n{"id":"b","paragraphs":["甲"]}\n',
  csv: 'id,title,text,date\na,题,"一\n二",2024-01-02\nb,"引""号",三,\n',
  tsv: 'id\ttitle\ttext\na\t题\t一\nb\t"引\t二\n',
}
const formats = Object.keys(samples) as (keyof typeof samples)[]
const joints = [
  '\n',
  '\n\n',
  ' ',
  '  ',
  '?',
  '一、',
  '(一)',
  '。',
  ':',
  '\ufffd',
  '\ud800',
  '\u0000',
  '<',
  '{',
  '# ',
  '|',
  '首页 > ',
  '验证码:',
]

/** The text with pieces cut out, doubled or put in at random places. */
const mutated = (text: string) =>
  fc
    .array(fc.tuple(fc.nat(text.length), fc.nat(40), fc.constantFrom(...joints)), { maxLength: 12 })
    .map((edits) =>
      edits.reduce((all, [at, cut, piece]) => all.slice(0, at) + piece + all.slice(at + cut), text),
    )

describe('mutated input', () => {
  it.each(formats)('%s gives items whose shape holds', async (format) => {
    await fc.assert(
      fc.asyncProperty(mutated(samples[format]), async (text) => {
        for (const item of await readString(text, { format, path: `x.${format}` })) {
          if (item.problem) expect(item.problem.message).toMatch(/^x\./)
          else {
            expect(typeof item.document.id).toBe('string')
            for (const { text: shown } of item.document.paragraphs)
              expect(typeof shown).toBe('string')
          }
        }
      }),
    )
  })

  it('reports lose no Han character but to the account of what was removed', () => {
    const han = (text: string) => (text.match(/\p{Script=Han}/gu) ?? []).sort().join('')
    fc.assert(
      fc.property(fc.constantFrom(...reports).chain(mutated), (text) => {
        const report = readReport(text)
        const put = report.repairs.filter((repair) => repair.kind === 'and').map(() => '和')
        const shown = [...report.paragraphs, ...report.removed].map((piece) => piece.text)
        expect(han(shown.join(''))).toBe(han([text, ...put].join('')))
        looksLikeReport(text)
      }),
    )
  })

  it('any bytes are detected and decoded', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('utf8', 'gb18030', 'big5hkscs', 'utf16le'),
        fc.nat(300),
        fc.array(fc.tuple(fc.nat(900), fc.nat(255)), { maxLength: 5 }),
        (written, end, edits) => {
          const bytes = iconv.encode(reports[1]!.slice(0, end + 1), written).subarray(0, end + 1)
          for (const [at, byte] of edits) if (at < bytes.length) bytes[at] = byte
          const { encoding } = detectEncoding(bytes)
          const { text, badOffset } = decode(bytes, encoding)
          expect(badOffset).toBeLessThanOrEqual(bytes.length)
          formatOf(text, 'x', true)
        },
      ),
    )
  })
})

describe('input made to be slow', () => {
  const long = 200_000
  it.each([
    ['one Han run', '政'.repeat(long)],
    ['spaces', `一${' '.repeat(long)}二`],
    ['spaced characters', '政 府 工作 情 况 '.repeat(long / 10)],
    [
      'spaced words',
      Array.from({ length: long / 10 }, (_, i) => `甲${i % 7}乙丙 丁戊己`).join(' '),
    ],
    ['labels', '发布日期: '.repeat(long / 6)],
    ['crumbs', '首页 > '.repeat(long / 5)],
    ['numbers', '一、'.repeat(long / 2)],
    ['lines', '一、\n(一)\n'.repeat(long / 10)],
    ['open lines', '政府工作,情况很好,继续推进各项工作落实到位并且\n'.repeat(long / 20)],
    ['questions', '?'.repeat(long)],
    ['parentheses', '('.repeat(long)],
  ])('%s is read as a report', (_name, text) => {
    expect(readReport(text).paragraphs.length).toBeGreaterThan(0)
    looksLikeReport(text)
  })

  it.each([
    ['markdown', '['.repeat(20_000)],
    ['markdown', '*a '.repeat(20_000)],
    ['markdown', `${'> '.repeat(500)}文`],
    ['html', '<b><p>'.repeat(2000)],
    ['html', '<table><tr>'.repeat(2000)],
    ['html', `<!--${' '.repeat(long)}`],
    ['json', '['.repeat(long)],
    ['json', `{"text":${'{"a":'.repeat(50_000)}`],
    ['jsonl', '{"a":1}\n'.repeat(long / 10)],
  ] as const)('%s such as %.20s is read', async (format, text) => {
    expect((await readString(text, { format })).length).toBeGreaterThan(0)
  })
})
