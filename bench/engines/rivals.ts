/** The engines that every comparison runs beside Wenxun. */
import type { EngineKind } from './engine.js'
import { flexsearchCjk, flexsearchTokens } from './flexsearch.js'
import { minisearchIntl, minisearchTokens } from './minisearch.js'
import { orama } from './orama.js'
import { sqliteTrigram } from './sqlite.js'
import { wenxun } from './wenxun.js'

export const rivals: readonly EngineKind[] = [
  flexsearchCjk,
  flexsearchTokens,
  minisearchIntl,
  minisearchTokens,
  orama,
  sqliteTrigram,
]

/** The engine of a name, ours included. */
export function engineNamed(name: string): EngineKind {
  const found = [wenxun, ...rivals].find((kind) => kind.name === name)
  if (found === undefined) throw new Error(`There is no engine "${name}".`)
  return found
}

/**
 * The rivals that a `--rivals` option names: parts of names, any case, comma between them; `all`,
 * or `none`. Fails when a part names none.
 */
export function chooseRivals(option: string): EngineKind[] {
  if (option === 'none') return []
  if (option === 'all') return [...rivals]
  const parts = option.split(',').map((part) => part.trim().toLowerCase())
  const named = (part: string) => rivals.filter(({ name }) => name.toLowerCase().includes(part))
  const unknown = parts.find((part) => part === '' || named(part).length === 0)
  if (unknown !== undefined) {
    const names = rivals.map(({ name }) => name).join(', ')
    throw new Error(`--rivals takes all, none, or parts of ${names}; "${unknown}" is in none.`)
  }
  return rivals.filter((kind) => parts.some((part) => named(part).includes(kind)))
}
