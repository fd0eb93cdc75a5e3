/** Refuses documents that cannot be indexed, with a message that names the field. */

import { IndexError } from '../errors.js'
import type { SourceDocument } from '../model.js'

export function checkDocument(document: SourceDocument): void {
  if (!isRecord(document)) {
    throw new IndexError('BAD_DOCUMENT', 'A document must be an object with id and paragraphs.')
  }
  const { id, title, url, date, meta, paragraphs } = document
  if (typeof id !== 'string' || id === '') {
    throw bad(String(id), 'id', 'a text that is not empty', id)
  }
  for (const [name, value] of Object.entries({ title, url, date })) {
    if (value !== undefined && typeof value !== 'string') throw bad(id, name, 'a text', value)
  }
  if (!Array.isArray(paragraphs)) throw bad(id, 'paragraphs', 'an array', paragraphs)
  for (const [i, paragraph] of paragraphs.entries()) {
    if (typeof paragraph?.text !== 'string') {
      throw bad(id, `paragraphs[${i}].text`, 'a text', paragraph?.text)
    }
    const { heading, anchor } = paragraph
    if (heading !== undefined && !isTexts(heading)) {
      throw bad(id, `paragraphs[${i}].heading`, 'an array of texts', heading)
    }
    if (anchor !== undefined && typeof anchor !== 'string') {
      throw bad(id, `paragraphs[${i}].anchor`, 'a text', anchor)
    }
  }
  if (meta !== undefined && !isRecord(meta)) throw bad(id, 'meta', 'an object', meta)
  for (const [name, value] of Object.entries(meta ?? {})) {
    const known = typeof value === 'string' || Number.isFinite(value) || isTexts(value)
    if (!known) throw bad(id, `meta.${name}`, 'a text, a finite number or an array of texts', value)
  }
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function bad(id: string, field: string, expected: string, found: unknown): IndexError {
  return new IndexError(
    'BAD_DOCUMENT',
    `Document ${JSON.stringify(id)}: ${field} must be ${expected}, found ${kindOf(found)}.`,
  )
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'an array' : typeof value
}
