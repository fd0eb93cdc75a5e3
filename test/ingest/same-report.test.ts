/** One report in every format and encoding: the same document, and the same answers. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openIndex, type SourceDocument } from '@wenxun/core'
import { describe, expect, it } from 'vitest'
import { bytesIn } from '../../packages/ingest/fixtures/encode.js'
import { gather, useTestFolder } from '../../packages/ingest/fixtures/folder.js'
import { makeDocx, zip } from '../../packages/ingest/fixtures/make-docx.js'
import { typeset } from '../../packages/ingest/fixtures/make-pdf.js'
import { build } from '../support/notation.js'

const seeds = new URL('../../seeds/', import.meta.url)
const names = readdirSync(seeds).filter((name) => name.endsWith('.txt'))

/** A report as text, its lines, and what the reader of text makes of it. */
interface Report {
  readonly source: string
  readonly lines: readonly string[]
  readonly document: SourceDocument
}

const escaped = (text: string) => text.replace(/[&<]/g, (mark) => (mark === '&' ? '&amp;' : '&lt;'))
const rankOf = (line: string) => {
  if (line.length > 60) return 0
  if (/^[一二三四五六七八九十]+、/.test(line)) return 2
  return /^[（(][一二三四五六七八九十]+[）)][^。]*$/.test(line) ? 3 : 0
}

const html = ({ lines }: Report) =>
  `<!doctype html><meta charset="utf-8"><body>${lines
    .map((line) =>
      rankOf(line) > 0
        ? `<h${rankOf(line)}>${escaped(line)}</h${rankOf(line)}>`
        : `<p>${escaped(line)}</p>`,
    )
    .join('\n')}</body>`
const markdown = ({ lines }: Report) =>
  lines
    .map((line) => (rankOf(line) > 0 ? `${'#'.repeat(rankOf(line))} ${line}` : line))
    .join('\n\n')
const word = ({ lines }: Report) => {
  const styled = (line: string) =>
    rankOf(line) > 0 ? { style: `heading ${rankOf(line) - 1}` } : {}
  return makeDocx(lines.map((line) => ({ text: line, ...styled(line) })))
}
/**
 * As the office set it. The extract of the 偃师 report was cut by the pages of such a PDF; a PDF
 * of its pieces would be another document.
 */
const pdf = ({ lines, document }: Report) => {
  const isCut = document.meta?.['region'] === '偃师区'
  return typeset(isCut ? document.paragraphs.map(({ text }) => text) : lines)
}
/** What the reader of text gives, in our own shape. */
const json = ({ document: { title, date, meta, paragraphs } }: Report) =>
  JSON.stringify({ title, date, meta, paragraphs })

const files: Record<string, (report: Report) => string | Uint8Array> = {
  'utf8.txt': ({ source }) => source,
  'utf8-mark.txt': ({ source }) => `\ufeff${source}`,
  'utf16le.txt': ({ source }) => bytesIn('utf16le', `\ufeff${source}`),
  'utf16be.txt': ({ source }) => bytesIn('utf16-be', source),
  'gb18030.txt': ({ source }) => bytesIn('gb18030', source),
  'report.md': markdown,
  'page.html': html,
  // Not GBK: bullets and hard spaces, which two of the reports have, are outside it.
  'declared.html': (report) => bytesIn('gb18030', html(report).replace('utf-8', 'gb18030')),
  'word.docx': word,
  'office.pdf': pdf,
  'data.json': json,
  'data.jsonl': json,
  'packed.zip': (report) =>
    zip({ 'in.txt': bytesIn('gb18030', report.source), 'in.pdf': pdf(report) }),
}

const folder = useTestFolder()

async function reportOf(name: string): Promise<Report> {
  const source = readFileSync(new URL(name, seeds), 'utf8')
  const lines = source
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  mkdirSync(join(folder.path, 'reference'))
  const [item] = await gather(folder.put('reference/report.txt', source))
  return { source, lines, document: item!.document! }
}

async function read(file: string, report: Report): Promise<SourceDocument[]> {
  const items = await gather(folder.put(file, files[file]!(report)))
  return items.map((item) => {
    if (item.problem) throw new Error(item.problem.message)
    return item.document
  })
}

/**
 * Differences that are left: formats that wrap their lines cannot tell two spaces from one, and
 * in a PDF the space that stood at the end of a line is not there.
 */
const shown = (text: string) => text.replace(/\s+/g, ' ')
const compact = (text: string) => text.replace(/\s+/g, '')

/** What must be the same. */
const contentOf = (
  { title = '', date, meta, paragraphs }: SourceDocument,
  form: (text: string) => string,
) => ({
  title: form(title),
  date,
  meta,
  paragraphs: paragraphs.map(({ text, heading }) => ({
    text: form(text),
    heading: heading?.map(form),
  })),
})

describe.each(names)('the report %s', (name) => {
  it.each(Object.keys(files))('as %s is the same document', async (file) => {
    const report = await reportOf(name)
    for (const document of await read(file, report)) {
      const form = document.id.endsWith('.pdf') ? compact : shown
      expect(contentOf(document, form)).toEqual(contentOf(report.document, form))
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
      return queries.map((query) => compact(index.search(query, { limit: 1 }).hits[0]?.text ?? ''))
    }
    const report = await reportOf(name)
    const expected = top(report.document)
    expect(expected.filter((text) => text !== '').length).toBeGreaterThan(7)
    for (const file of Object.keys(files)) {
      for (const document of await read(file, report)) expect(top(document), file).toEqual(expected)
    }
  })
})
