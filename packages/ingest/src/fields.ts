/** A JSON record to a document, by our field names or the caller's mapping. */
import type { MetaValue, SourceDocument, SourceParagraph } from '@wenxun/core'
import { isoDate } from './iso-date.js'
import { metaValueOf } from './meta-value.js'
import { weighted, weightIn } from './paragraph-weight.js'
import type { FieldMapping } from './types.js'

type JsonObject = Readonly<Record<string, unknown>>

export type RecordResult =
  | {
      readonly document: SourceDocument
      readonly badDate?: string
      /** The whole text, where the record gives one and not paragraphs. */
      readonly text?: string
      /** Of all paragraphs that have none of their own. */
      readonly weight?: number
    }
  | { readonly error: string }

const ownFields = new Set(['id', 'title', 'url', 'date', 'text', 'paragraphs', 'meta', 'weight'])

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const nameOf = (value: unknown) => {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`
}

class RecordError extends Error {}

/** A value by name, or by dotted path where no field has that very name. */
function lookUp(record: JsonObject, name: string): unknown {
  if (Object.hasOwn(record, name)) return record[name]
  let value: unknown = record
  for (const part of name.split('.')) {
    if (!isObject(value) || !Object.hasOwn(value, part)) return undefined
    value = value[part]
  }
  return value
}

function scalar(value: unknown, field: string): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  throw new RecordError(`"${field}" should be text, but is ${nameOf(value)}`)
}

/** Lines of a text as paragraphs; blank lines separate and are not paragraphs. */
export function paragraphsOf(text: string): SourceParagraph[] {
  const paragraphs: SourceParagraph[] = []
  for (const line of text.split(/\r\n|[\n\r\u2028\u2029]/)) {
    const trimmed = line.trim()
    if (trimmed !== '') paragraphs.push({ text: trimmed })
  }
  return paragraphs
}

function headingOf(value: unknown): string[] | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string') return [value]
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
  throw new RecordError('"heading" should be text or an array of texts')
}

function paragraphOf(value: unknown): SourceParagraph {
  if (typeof value === 'string') return { text: value }
  if (!isObject(value))
    throw new RecordError(`a paragraph should be text or an object, but is ${nameOf(value)}`)
  const text = scalar(value['text'], 'text')
  if (text === undefined) throw new RecordError('a paragraph has no "text"')
  const heading = headingOf(value['heading'])
  const anchor = scalar(value['anchor'], 'anchor')
  const weight = weightIn(value['weight'])
  return {
    text,
    ...(heading ? { heading } : {}),
    ...(anchor === undefined ? {} : { anchor }),
    ...(weight === undefined ? {} : { weight }),
  }
}

function bodyOf(text: unknown, paragraphs: unknown, fields: FieldMapping): SourceParagraph[] {
  const given = paragraphs ?? (Array.isArray(text) ? text : undefined)
  if (given !== undefined && given !== null) {
    if (!Array.isArray(given))
      throw new RecordError(`"paragraphs" should be an array, but is ${nameOf(given)}`)
    return given.map(paragraphOf)
  }
  const whole = scalar(text, fields['text'] ?? 'text')
  if (whole !== undefined) return paragraphsOf(whole)
  const wanted = fields['text'] ?? fields['paragraphs']
  throw new RecordError(
    wanted === undefined
      ? 'neither "text" nor "paragraphs" is given'
      : `there is no field "${wanted}"`,
  )
}

function metaOf(record: JsonObject, fields: FieldMapping): Record<string, MetaValue> | undefined {
  const given = lookUp(record, fields['meta'] ?? 'meta') ?? {}
  if (!isObject(given)) throw new RecordError(`"meta" should be an object, but is ${nameOf(given)}`)
  const meta: [string, MetaValue][] = []
  const mapped = Object.entries(fields).filter(([own]) => !ownFields.has(own))
  const entries = [
    ...Object.entries(given),
    ...mapped.map(([own, theirs]): [string, unknown] => [own, lookUp(record, theirs)]),
  ]
  for (const [key, value] of entries) {
    if (value === undefined || value === null) continue
    const parsed = metaValueOf(key, value)
    if (parsed === undefined)
      throw new RecordError(`meta "${key}" should be text, a number or an array of texts`)
    meta.push([key, parsed])
  }
  // Never through the setter of `__proto__`: every key is one like any other.
  return entries.length > 0 ? Object.fromEntries(meta) : undefined
}

/**
 * The document of a record `{ id, title?, text | paragraphs, url?, date?, meta?, weight? }`. Other
 * top-level fields are ignored unless mapped. `fallbackId` serves records without an id.
 */
export function documentOf(
  record: unknown,
  fallbackId: string,
  fields: FieldMapping,
): RecordResult {
  if (!isObject(record)) return { error: `a record should be an object, but is ${nameOf(record)}` }
  try {
    const field = (name: string) =>
      scalar(lookUp(record, fields[name] ?? name), fields[name] ?? name)
    const id = field('id')?.trim()
    if (!id && fields['id'] !== undefined) return { error: `there is no field "${fields['id']}"` }
    const title = field('title')
    const url = field('url')
    const given = field('date')
    const date = given === undefined ? undefined : isoDate(given)
    const meta = metaOf(record, fields)
    const weight = weightIn(lookUp(record, fields['weight'] ?? 'weight'))
    const text = lookUp(record, fields['text'] ?? 'text')
    const paragraphs = lookUp(record, fields['paragraphs'] ?? 'paragraphs')
    const document: SourceDocument = {
      id: id || fallbackId,
      ...(title === undefined ? {} : { title }),
      ...(url === undefined ? {} : { url }),
      ...(date ? { date } : {}),
      ...(meta === undefined ? {} : { meta }),
      paragraphs: weighted(bodyOf(text, paragraphs, fields), weight),
    }
    return {
      document,
      ...(given && !date ? { badDate: given } : {}),
      ...(typeof text === 'string' && !paragraphs ? { text } : {}),
      ...(weight === undefined ? {} : { weight }),
    }
  } catch (error) {
    if (error instanceof RecordError) return { error: error.message }
    throw error
  }
}
