/** YAML front matter of a Markdown file. */
import type { MetaValue } from '@wenxun/core'
import { parse } from 'yaml'
import { isoDate } from '../iso-date.js'
import { metaValueOf } from '../meta-value.js'

export interface FrontMatter {
  readonly fields: {
    readonly id?: string
    readonly title?: string
    readonly url?: string
    readonly date?: string
    readonly meta?: Record<string, MetaValue>
  }
  /** The text after the front matter. */
  readonly body: string
}

const fence = /^\ufeff?---[ \t]*\r?\n([\s\S]*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/

/** Splits a file; a block between dashes that is no YAML mapping stays in the body. */
export function splitFrontMatter(text: string): FrontMatter {
  const match = fence.exec(text)
  if (!match) return { fields: {}, body: text }
  let parsed: unknown
  try {
    parsed = parse(match[1]!)
  } catch {
    return { fields: {}, body: text }
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    return { fields: {}, body: text }
  }
  const values = new Map(
    Object.entries(parsed).map(([key, value]) => [key, metaValueOf(key, value)]),
  )
  const take = (key: string) => {
    const value = values.get(key)
    values.delete(key)
    return value === undefined ? undefined : String(value)
  }
  const own = { id: take('id'), title: take('title'), url: take('url') }
  const date = isoDate(take('date') ?? '') ?? undefined
  const rest = [...values].filter((entry): entry is [string, MetaValue] => entry[1] !== undefined)
  const meta = rest.length > 0 ? Object.fromEntries(rest) : undefined
  const fields = Object.fromEntries(
    Object.entries({ ...own, date, meta }).filter(([, value]) => value !== undefined),
  )
  return { fields, body: text.slice(match[0].length) }
}
