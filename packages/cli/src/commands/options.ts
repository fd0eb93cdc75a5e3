/** Readers of option values: text from the command line to what a command works with. */
import type { FilterChoice } from '@wenxun/core'
import { InvalidArgumentError } from 'commander'

/** A whole number of at least `least`. */
export const wholeNumber =
  (least: number) =>
  (text: string): number => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || value < least || !Number.isSafeInteger(value)) {
      throw new InvalidArgumentError(`Expected a whole number of at least ${least}.`)
    }
    return value
  }

/** A size such as `200MB`, `1.5 GB` or `64000000`, in bytes; units count in thousands. */
export function byteSize(text: string): number {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?) ?(|b|kb|mb|gb)$/i.exec(text.trim()) ?? []
  const power = ['', 'kb', 'mb', 'gb'].indexOf(unit.toLowerCase().replace(/^b$/, ''))
  const bytes = Math.floor(Number(number) * 1000 ** power)
  if (number === '' || bytes < 1 || !Number.isSafeInteger(bytes)) {
    throw new InvalidArgumentError('Expected a size such as 200MB or 1GB.')
  }
  return bytes
}

/** `key=value`, gathered over repeated options: values of one key are alternatives. */
export function keyValues(text: string, gathered: Record<string, string[]> = {}) {
  const at = text.indexOf('=')
  if (at <= 0) throw new InvalidArgumentError('Expected field=value, such as city=洛阳市.')
  const key = text.slice(0, at).trim()
  const values = Object.hasOwn(gathered, key) ? (gathered[key] ?? []) : []
  return { ...gathered, [key]: [...values, text.slice(at + 1)] }
}

/** `2024..2025`, `2024..`, `..2025` as a range; everything else as it is. */
export function filterValue(text: string): FilterChoice {
  const [, from = '', to = ''] = /^(.*?)\.\.(.*)$/su.exec(text) ?? []
  if (from + to === '') return text
  return { ...(from !== '' && { from }), ...(to !== '' && { to }) }
}

/** Comma-separated names. */
export function nameList(text: string): string[] {
  const names = text.split(',').map((name) => name.trim())
  if (names.some((name) => name === '')) {
    throw new InvalidArgumentError('Expected names with commas between them, such as id,title.')
  }
  return names
}

/** `field:asc` or `field:desc`, or `relevance`. */
export function sortOrder(text: string): string {
  if (text !== 'relevance' && !/^[^:]+:(asc|desc)$/.test(text)) {
    throw new InvalidArgumentError('Expected field:asc or field:desc, such as date:desc.')
  }
  return text
}

/** `ours=theirs` pairs with commas between them, as one mapping. */
export function fieldMapping(text: string, gathered: Record<string, string> = {}) {
  const pairs = text.split(',').map((pair) => pair.split('='))
  const isMapping = pairs.every((pair) => pair.length === 2 && pair.every((name) => name.trim()))
  if (!isMapping)
    throw new InvalidArgumentError('Expected ours=theirs, such as text=body,id=docno.')
  const named = pairs.map(([ours = '', theirs = '']) => [ours.trim(), theirs.trim()])
  return { ...gathered, ...Object.fromEntries(named) } as Record<string, string>
}
