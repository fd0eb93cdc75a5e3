/** JSON: an array of records, one record, or an object that holds the array as `documents`. */
import type { SourceDocument } from '@wenxun/core'
import { documentOf, type RecordResult } from '../fields.js'
import { weighted } from '../paragraph-weight.js'
import { profileFor } from '../profiles.js'
import type {
  Format,
  Problem,
  ReaderContext,
  ReadItem,
  ReadOptions,
  Source,
  TextReader,
} from '../types.js'

/**
 * A record's text is data and stays as it is, unless a profile is asked for by name. What the
 * record itself says of title, date and fields goes before what the profile finds.
 */
function cleaned(
  { document, text, weight }: Extract<RecordResult, { document: object }>,
  option: ReadOptions['profile'] = 'auto',
): { document: SourceDocument; source: Partial<Source> } {
  if (text === undefined || option === 'auto' || option === 'plain') return { document, source: {} }
  const profile = profileFor(text, option)
  const { removed, repairs, title, date, meta, paragraphs } = profile.read(text)
  const found = { ...(title && { title }), ...(date && { date }) }
  const fields = { ...meta, ...document.meta }
  return {
    document: {
      ...found,
      ...document,
      ...(Object.keys(fields).length > 0 && { meta: fields }),
      paragraphs: weighted(paragraphs, weight),
    },
    source: { profile: profile.name, ...(removed && { removed }), ...(repairs && { repairs }) },
  }
}

/** A record as read items: the document, and what was wrong with it. `line` is for JSONL. */
export function* itemsOfRecord(
  record: unknown,
  fallbackId: string,
  format: Format,
  context: ReaderContext,
  line?: number,
): Generator<ReadItem> {
  const { path, encoding } = context
  const place = line === undefined ? {} : { line }
  const where = line === undefined ? `record ${fallbackId}` : `line ${line}`
  const problem = (code: Problem['code'], message: string): ReadItem => ({
    problem: { path, code, message: `${path}: ${where}: ${message}`, ...place },
  })
  const result = documentOf(record, fallbackId, context.options.fields ?? {})
  if ('error' in result) {
    yield problem('record', result.error)
    return
  }
  if (result.badDate !== undefined) {
    yield problem('date', `the date "${result.badDate}" is not understood and was left out`)
  }
  const { document, source } = cleaned(result, context.options.profile)
  yield { document, source: { path, format, encoding, ...place, ...source } }
}

/** What the parser says about the text, in one line. */
export function syntaxMessage(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\s+/g, ' ').slice(0, 200) : String(error)
}

function recordsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  if (typeof value === 'object' && value !== null && 'documents' in value) {
    if (Array.isArray(value.documents)) return value.documents
  }
  return [value]
}

export const jsonReader: TextReader = {
  takes: 'text',
  *read(text, context) {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch (error) {
      const message = `${context.path}: not valid JSON: ${syntaxMessage(error)}`
      yield { problem: { path: context.path, code: 'syntax', message } }
      return
    }
    const records = recordsOf(value)
    for (const [i, record] of records.entries()) {
      const id = records.length === 1 ? context.id : `${context.id}#${i + 1}`
      yield* itemsOfRecord(record, id, 'json', context)
    }
  },
}
