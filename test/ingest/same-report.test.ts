/** One report in every format and encoding: the same document, and the same answers. */
import { mkdirSync, readFileSync } from 'node:fs'
import { openIndex, type SourceDocument } from '@wenxun/core'
import { beforeEach, describe, expect, it } from 'vitest'
import { bytesIn } from '../../packages/ingest/fixtures/encode.js'
import { gather, useTestFolder } from '../../packages/ingest/fixtures/folder.js'
import { makeDocx, zip } from '../../packages/ingest/fixtures/make-docx.js'
import { typeset } from '../../packages/ingest/fixtures/make-pdf.js'
import { build } from '../support/notation.js'

const seed = new URL('../../seeds/000_b3b32445fc0a20aa.txt', import.meta.url)
const source = readFileSync(seed, 'utf8')
const lines = source
  .split('\n')
  .map((line) => line.trim())
  .filter((line) => line !== '')

const escaped = (text: string) => text.replace(/[&<]/g, (mark) => (mark === '&' ? '&amp;' : '&lt;'))
const rankOf = (line: string) => {
  if (line.length > 60) return 0
  if (/^[一二三四五六七八九十]+、/.test(line)) return 2
  return /^[（(][一二三四五六七八九十]+[）)][^。]*$/.test(line) ? 3 : 0
}

const html = () =>
  `<!doctype html><meta charset="utf-8"><body>${lines
    .map((line) =>
      rankOf(line) > 0
        ? `<h${rankOf(line)}>${escaped(line)}</h${rankOf(line)}>`
        : `<p>${escaped(line)}</p>`,
    )
    .join('\n')}</body>`
const markdown = () =>
  lines
    .map((line) => (rankOf(line) > 0 ? `${'#'.repeat(rankOf(line))} ${line}` : line))
    .join('\n\n')
const word = () => {
  const styled = (line: string) =>
    rankOf(line) > 0 ? { style: `heading ${rankOf(line) - 1}` } : {}
  return makeDocx(lines.map((line) => ({ text: line, ...styled(line) })))
}
/** What the reader of the .txt gives, in our own shape. */
const json = ({ title, date, meta, paragraphs }: SourceDocument) =>
  JSON.stringify({ title, date, meta, paragraphs })

const files: Record<string, (document: SourceDocument) => string | Uint8Array> = {
  'utf8.txt': () => source,
  'utf8-mark.txt': () => `\ufeff${source}`,
  'utf16le.txt': () => bytesIn('utf16le', `\ufeff${source}`),
  'utf16be.txt': () => bytesIn('utf16-be', source),
  'gb18030.txt': () => bytesIn('gb18030', source),
  'report.md': markdown,
  'page.html': html,
  'gbk.html': () => bytesIn('gbk', html().replace('utf-8', 'gbk')),
  'word.docx': word,
  'office.pdf': () => typeset(lines),
  'data.json': json,
  'data.jsonl': json,
  'packed.zip': () => zip({ 'in.txt': bytesIn('gb18030', source), 'in.pdf': typeset(lines) }),
}

const folder = useTestFolder()
let reference: SourceDocument
beforeEach(async () => {
  mkdirSync(`${folder.path}/one`)
  const [item] = await gather(folder.put('one/reference.txt', source))
  reference = item!.document!
})

async function read(name: string): Promise<SourceDocument[]> {
  const items = await gather(folder.put(name, files[name]!(reference)))
  return items.map((item) => {
    if (item.problem) throw new Error(item.problem.message)
    return item.document
  })
}

/** The standard font's collection has one full stop, so a PDF gives ． back as it was or as '.' */
describe('one report', () => {
  it.each(Object.keys(files))('as %s is the same document', async (name) => {
    for (const { title, date, meta, paragraphs } of await read(name)) {
      expect(paragraphs.map(({ text, heading }) => ({ text, heading }))).toEqual(
        reference.paragraphs.map(({ text, heading }) => ({ text, heading })),
      )
      expect({ title, date, meta }).toEqual({
        title: reference.title,
        date: reference.date,
        meta: reference.meta,
      })
    }
  })

  const queries = [
    '法治政府建设',
    '行政复议',
    '"行政执法"',
    '2024年工作',
    '存在的问题',
    '营商环境',
    '洛政文[2025]11号',
    '行政机关负责人出庭应诉率是多少',
    '矛盾纠纷化解',
    '下一步打算',
  ]

  it('gives the same top paragraph for ten questions in every format', async () => {
    const top = (document: SourceDocument) => {
      const index = openIndex(build([document]))
      return queries.map((query) => index.search(query, { limit: 1 }).hits[0]?.text)
    }
    const expected = top(reference)
    expect(expected.every((text) => text !== undefined)).toBe(true)
    for (const name of Object.keys(files)) {
      for (const document of await read(name)) expect(top(document), name).toEqual(expected)
    }
  })
})
