/**
 * The five reports of seeds/ and the made-up ones, each against its reviewed golden file.
 * UPDATE_GOLDEN=1 rewrites the files; review the difference line by line before keeping it.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { looksLikeReport } from './detect.js'
import { readReport } from './read-report.js'
import type { Report } from './types.js'

const seeds = new URL('../../../../seeds/', import.meta.url)
const golden = new URL('../../../../test/golden/reports/', import.meta.url)
const madeUp = new URL('../../fixtures/reports/', import.meta.url)
const reportsIn = (folder: URL) => readdirSync(folder).filter((name) => name.endsWith('.txt'))
const names = [...reportsIn(seeds), ...reportsIn(madeUp)]
const read = (name: string) =>
  readFileSync(new URL(name, reportsIn(madeUp).includes(name) ? madeUp : seeds), 'utf8')

/** A report as a reviewer compares it with its source. */
function summary(report: Report) {
  return {
    title: report.title,
    titleSource: report.titleSource,
    date: report.date,
    meta: report.meta,
    paragraphCount: report.paragraphs.length,
    first: report.paragraphs[0]?.text,
    last: report.paragraphs.at(-1)?.text,
    headingPaths: [...new Set(report.paragraphs.map(({ heading }) => (heading ?? []).join(' › ')))],
    paragraphs: report.paragraphs.map(({ text, heading }) => ({
      heading: (heading ?? []).length,
      opening: text.slice(0, 24),
      ending: text.slice(-12),
      length: text.length,
    })),
    removed: report.removed,
    repairs: report.repairs,
  }
}

const han = (text: string) => text.match(/\p{Script=Han}/gu) ?? []

function histogram(characters: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const character of characters) counts[character] = (counts[character] ?? 0) + 1
  return counts
}

describe.each(names)('the report %s', (name) => {
  const report = readReport(read(name))

  it('reads as its reviewed golden file says', () => {
    const file = new URL(`${basename(name, '.txt')}.json`, golden)
    if (process.env['UPDATE_GOLDEN'] === '1') {
      writeFileSync(file, `${JSON.stringify(summary(report), null, 2)}\n`)
    }
    const expected: unknown = JSON.parse(readFileSync(file, 'utf8'))
    expect(JSON.parse(JSON.stringify(summary(report)))).toEqual(expected)
  })

  it('accounts for every Han character of its source', () => {
    const shown = report.paragraphs.map((paragraph) => paragraph.text)
    const removed = report.removed.map((line) => line.text)
    const mended = report.repairs.filter((repair) => repair.kind === 'and').map(() => '和')
    expect(histogram(han([...shown, ...removed].join('')))).toEqual(
      histogram([...han(read(name)), ...mended]),
    )
  })

  it('keeps the text in order', () => {
    const source = han(read(name)).join('')
    let at = 0
    for (const { text } of report.paragraphs) {
      for (const run of text
        .replace(/(?<=\p{Script=Han})和(?=\p{Script=Han})/gu, ' ')
        .match(/\p{Script=Han}+/gu) ?? []) {
        const found = source.indexOf(run, at)
        expect(found, run).toBeGreaterThanOrEqual(at)
        at = found + run.length
      }
    }
  })

  it('is recognised as a report', () => {
    expect(looksLikeReport(read(name))).toBe(true)
  })
})

describe('the 偃师 report', () => {
  const report = readReport(read('002_cff210fd281492f5.txt'))
  const text = report.paragraphs.map((paragraph) => paragraph.text).join('\n')

  it.each([
    '法治政府建设工作会议',
    '依法决策、依法行政及个人',
    '2022年度营商环境评价',
    '提升复议应诉工作成效',
    '一是学习宣传贯彻',
    '严格规范文明执法,推进',
    '二十大精神和习近平法治思想',
  ])('has %s in one piece', (joined) => {
    expect(text.replaceAll('，', ',')).toContain(joined)
  })
})
