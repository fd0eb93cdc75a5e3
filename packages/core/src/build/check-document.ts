/**
 * Refuses documents that cannot be indexed, with a message that names the field. What passes is a
 * plain copy: a getter is asked once, so nothing can change between the check and its use.
 */

import { IndexError } from '../errors.js'
import type { MetaValue, SourceDocument, SourceParagraph } from '../model.js'
import { MOST_WEIGHT } from '../ranking/paragraph-weight.js'
import { MAX_HEADINGS } from '../segment/format.js'

/** Longest text of a field or paragraph in UTF-16 units; a longer one is no paragraph. */
export const MAX_TEXT_UNITS = 1 << 26

/** Half of a surrogate pair; stored ids are UTF-8, where two such ids would become one. */
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

/**
 * A copy of a document that can be indexed.
 *
 * @throws IndexError BAD_DOCUMENT
 */
export function checkDocument(document: SourceDocument): SourceDocument {
  if (!isRecord(document)) {
    throw new IndexError('BAD_DOCUMENT', 'A document must be an object with id and paragraphs.')
  }
  const check = new DocumentCheck()
  const id = check.id(check.read('id', () => document.id))
  const title = check.text(
    'title',
    check.read('title', () => document.title),
  )
  const url = check.text(
    'url',
    check.read('url', () => document.url),
  )
  const date = check.text(
    'date',
    check.read('date', () => document.date),
  )
  const meta = check.meta(check.read('meta', () => document.meta))
  const paragraphs = check.paragraphs(check.read('paragraphs', () => document.paragraphs))
  return {
    id,
    paragraphs,
    ...(title !== undefined && { title }),
    ...(url !== undefined && { url }),
    ...(date !== undefined && { date }),
    ...(meta !== undefined && { meta }),
  }
}

/** Checks the fields of one document; `id` comes first, since errors name it. */
class DocumentCheck {
  #id = ''
  /** Number of the paragraph whose fields are checked; −1 outside of paragraphs. */
  #paragraphAt = NO_PARAGRAPH

  /** A value that a getter may refuse to give. */
  read<T>(field: string, get: () => T): T {
    try {
      return get()
    } catch (error) {
      if (error instanceof IndexError) throw error
      const reason = error instanceof Error ? `: ${error.message}` : ''
      throw this.#refused(field, `cannot be read${reason}.`)
    }
  }

  id(value: unknown): string {
    if (typeof value !== 'string' || value === '') {
      // Any other value may be long, or have no text at all.
      this.#id = typeof value === 'number' ? String(value) : kindOf(value)
      throw this.#expected('id', 'a text that is not empty', value)
    }
    this.#id = value
    const text = this.#short('id', value)
    if (LONE_SURROGATE.test(text)) throw this.#refused('id', 'has half of a surrogate pair.')
    return text
  }

  text(field: string, value: unknown): string | undefined {
    if (value === undefined) return undefined
    if (typeof value !== 'string') throw this.#expected(field, 'a text', value)
    return this.#short(field, value)
  }

  meta(value: unknown): Record<string, MetaValue> | undefined {
    if (value === undefined) return undefined
    if (!isRecord(value)) throw this.#expected('meta', 'an object', value)
    const names = this.read('meta', () => Object.keys(value as object))
    // A key `__proto__` is a key like any other.
    return Object.fromEntries(
      names.map((name) => {
        const field = `meta.${name}`
        const item: unknown = this.read(field, () => (value as Record<string, unknown>)[name])
        return [name, this.#metaValue(field, item)]
      }),
    )
  }

  paragraphs(value: unknown): SourceParagraph[] {
    if (!isArray(value)) throw this.#expected('paragraphs', 'an array', value)
    // Array.from also visits holes.
    const items: unknown[] = this.read('paragraphs', () => Array.from(value))
    const paragraphs = items.map((item, i) => {
      this.#paragraphAt = i
      return this.#paragraph(item)
    })
    this.#paragraphAt = NO_PARAGRAPH
    return paragraphs
  }

  /** Names of fields are put together for messages only: there are many paragraphs. */
  #paragraph(value: unknown): SourceParagraph {
    if (!isRecord(value)) throw this.#expected('text', 'a text', value)
    const paragraph = value as Partial<SourceParagraph>
    const text = this.text('text', this.#part(paragraph, 'text'))
    if (text === undefined) throw this.#expected('text', 'a text', undefined)
    const heading = this.#heading('heading', this.#part(paragraph, 'heading'))
    const anchor = this.text('anchor', this.#part(paragraph, 'anchor'))
    const weight = this.#weight('weight', this.#part(paragraph, 'weight'))
    const copy: { -readonly [Name in keyof SourceParagraph]: SourceParagraph[Name] } = { text }
    if (heading !== undefined) copy.heading = heading
    if (anchor !== undefined) copy.anchor = anchor
    if (weight !== undefined) copy.weight = weight
    return copy
  }

  #part(paragraph: Partial<SourceParagraph>, name: keyof SourceParagraph): unknown {
    try {
      return paragraph[name]
    } catch (error) {
      return this.read(name, () => {
        throw error
      })
    }
  }

  #weight(field: string, value: unknown): number | undefined {
    if (value === undefined) return undefined
    const isNumber = typeof value === 'number'
    if (!isNumber) throw this.#expected(field, `a number from 0 to ${MOST_WEIGHT}`, value)
    if (value >= 0 && value <= MOST_WEIGHT) return value
    throw this.#refused(field, `must be from 0 to ${MOST_WEIGHT}, found ${value}.`)
  }

  #heading(field: string, value: unknown): string[] | undefined {
    if (value === undefined) return undefined
    const heading = this.#texts(field, value, 'an array of texts')
    if (heading.length <= MAX_HEADINGS) return heading
    throw this.#refused(field, `must have at most ${MAX_HEADINGS} levels, found ${heading.length}.`)
  }

  #metaValue(field: string, value: unknown): MetaValue {
    const expected = 'a text, a finite number or an array of texts'
    if (typeof value === 'string') return this.#short(field, value)
    if (typeof value === 'number' && Number.isFinite(value)) return value
    return this.#texts(field, value, expected)
  }

  #texts(field: string, value: unknown, expected: string): string[] {
    if (!isArray(value)) throw this.#expected(field, expected, value)
    const items: unknown[] = this.read(field, () => Array.from(value))
    for (const item of items) {
      if (typeof item !== 'string') throw this.#expected(field, expected, value)
      this.#short(field, item)
    }
    return items as string[]
  }

  #short(field: string, text: string): string {
    if (text.length <= MAX_TEXT_UNITS) return text
    throw this.#refused(
      field,
      `has ${text.length} UTF-16 units; ${MAX_TEXT_UNITS} is the most. Split it.`,
    )
  }

  #expected(field: string, expected: string, found: unknown): IndexError {
    return this.#refused(field, `must be ${expected}, found ${kindOf(found)}.`)
  }

  #refused(field: string, why: string): IndexError {
    const name = this.#id.length > 100 ? `${this.#id.slice(0, 100)}…` : this.#id
    const at = this.#paragraphAt
    const place = at === NO_PARAGRAPH ? field : `paragraphs[${at}].${field}`
    return new IndexError('BAD_DOCUMENT', `Document ${JSON.stringify(name)}: ${place} ${why}`)
  }
}

const NO_PARAGRAPH = -1

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !isArray(value)
}

/** False for a proxy that was revoked, which `Array.isArray` refuses to look at. */
function isArray(value: unknown): value is unknown[] {
  try {
    return Array.isArray(value)
  } catch {
    return false
  }
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  return isArray(value) ? 'an array' : typeof value
}
