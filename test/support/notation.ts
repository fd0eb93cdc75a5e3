/**
 * Tiny corpora from strings. A line is a document, ` | ` separates paragraphs:
 *
 *     a 《年度报告》 city=洛阳 date=2025-03: 一、总则 / （一）目的 § 法治政府建设 | 行政复议
 *
 * is document `a` with a title, metadata, and two paragraphs, the first under two headings.
 * Hits are written `a.0 a.1` (document.paragraph), marked text `法治[政府]`.
 */

import type { Hit, SearchIndex, SearchOptions, SearchResult, SourceDocument } from '@wenxun/core'
import { openIndex } from '@wenxun/core'
import { IndexBuilder, type IndexBuilderOptions } from '@wenxun/core/build'
import { createAnalyzer } from '@wenxun/tokenizer'

/** One for all tests: reading its dictionary takes longer than a tiny build. */
export const analyzer = createAnalyzer()

const HEAD = /^(\S+?)(?:\s+《(.*?)》)?((?:\s+\S+=\S+)*):\s?(.*)$/

/** Documents in the notation above; empty lines are skipped. */
export function documentsOf(notation: string): SourceDocument[] {
  const lines = notation.split('\n').map((line) => line.trim())
  return lines.filter((line) => line !== '').map(documentOf)
}

function documentOf(line: string): SourceDocument {
  const match = HEAD.exec(line)
  if (match === null) throw new Error(`no document: ${line}`)
  const [, id = '', title = '', pairs = '', body = ''] = match
  const fields = pairs.trim() === '' ? [] : pairs.trim().split(/\s+/)
  const meta = Object.fromEntries(fields.map((pair) => pair.split('=') as [string, string]))
  const { date, ...rest } = meta
  return {
    id,
    title,
    meta: Object.fromEntries(
      Object.entries(rest).map(([name, value]) => [name, metaValueOf(value)]),
    ),
    paragraphs: body === '' ? [] : body.split(' | ').map(paragraphOf),
    ...(date !== undefined && { date }),
  }
}

/** `5` is a number, `a,b` are two texts. */
function metaValueOf(text: string): string | number | string[] {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text)
  return text.includes(',') ? text.split(',') : text
}

function paragraphOf(text: string) {
  const [path, body] = text.split(' § ')
  return body === undefined ? { text } : { heading: path!.split(' / '), text: body }
}

/** The bytes of an index of these documents. */
export function build(
  documents: Iterable<SourceDocument>,
  options: Partial<IndexBuilderOptions> = {},
): Uint8Array {
  const builder = new IndexBuilder({ analyzer, ...options })
  for (const document of documents) builder.add(document)
  return builder.finish()
}

export function open(corpus: string | readonly SourceDocument[]): SearchIndex {
  return openIndex(build(typeof corpus === 'string' ? documentsOf(corpus) : corpus))
}

/** Hits as `a.0 b.2`, in order. */
export function places(result: SearchResult): string {
  return result.hits.map(placeOf).join(' ')
}

export function placeOf({ document, paragraph }: Hit): string {
  return `${document.id}.${paragraph}`
}

/** What finds texts in other words or by their sound; left out where the texts decide. */
export const LITERAL_ONLY = { pinyin: false, synonyms: false } as const

/** Places of the hits of a query, in order. */
export function find(index: SearchIndex, query: string, options?: SearchOptions): string {
  return places(index.search(query, options))
}

/** A hit's text with its highlights in brackets. */
export function marked({ text, highlights }: Pick<Hit, 'text' | 'highlights'>): string {
  let shown = ''
  let at = 0
  for (const [start, end] of highlights) {
    shown += `${text.slice(at, start)}[${text.slice(start, end)}]`
    at = end
  }
  return shown + text.slice(at)
}
