/** Values of metadata fields as they are stored: dates and years in one form. */
import type { MetaValue } from '@wenxun/core'
import { isoDate } from './iso-date.js'

// By the field's name only: a version such as 2024.3.5 is no date.
const dateField = /date$|time$|^(?:created|published|updated|modified|issued)$|日期$|时间$/i
const yearField = /^year$|年份$|年度$/i
const yearAlone = /^(\d{4})年?$/

function textValue(field: string, text: string): MetaValue {
  if (dateField.test(field)) return isoDate(text) ?? text
  const year = yearField.test(field) ? yearAlone.exec(text.trim()) : null
  return year ? Number(year[1]) : text
}

/**
 * The value of a field in JSON, YAML or a table; undefined where it has no form that a field can
 * hold. In fields named so, dates become ISO 8601 and years numbers, if they are understood.
 */
export function metaValueOf(field: string, value: unknown): MetaValue | undefined {
  if (typeof value === 'string') return textValue(field, value)
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return String(value)
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (!Array.isArray(value)) return undefined
  if (value.some((item) => typeof item === 'object' && item !== null)) return undefined
  return value.map((item) => String(textValue(field, String(item))))
}
